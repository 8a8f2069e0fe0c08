/** Runs programs, disturbed or not. Promise: nothing that they say gets into the test's output. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

const deadlineMs = 30_000;

/** A program to run. */
export interface Command {
  readonly argv: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** Runs a program with its output unseen, for half a minute at most. Out: its exit status, 137 for one that was killed. */
export async function statusOf({ argv, environment }: Command): Promise<number> {
  const [program = "", ...rest] = argv;
  // A group of its own, so that a program that hangs is stopped with its children.
  const child = spawn(program, rest, { stdio: "ignore", detached: true, env: environment });
  const deadline = setTimeout(() => process.kill(-(child.pid ?? NaN), "SIGKILL"), deadlineMs);
  const [status, signal] = (await once(child, "exit")) as [number | null, string | null];
  clearTimeout(deadline);
  return signal === null ? (status ?? 0) : 137;
}

/** The same program under strace. */
export function traced({ argv, environment }: Command, options: readonly string[]): Command {
  return { argv: ["strace", "-f", "-qq", ...options, ...argv], environment };
}

/** Runs a program in which one system call, counted per name and thread, is tampered with as `strace -e inject` says. */
export function statusWithInjection(command: Command, name: string, injection: string): Promise<number> {
  // Not with --seccomp-bpf, though it is faster: strace 6.1 then injects errors but no signals.
  const options = ["-o", "/dev/null", "-e", `trace=${name}`, "-e", `inject=${name}:${injection}`];
  return statusOf(traced(command, options));
}

/** Whether this machine lets a process trace another. */
export function canTrace(): boolean {
  return spawnSync("strace", ["-qq", "-o", "/dev/null", "true"]).status === 0;
}
