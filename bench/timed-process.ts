/**
 * Runs a program and says what it took.
 * Promise: GNU time tells the processor time (to 10 ms) and the peak of memory of the program alone, its start included.
 */
import { spawnSync } from "node:child_process";

export interface Measurement {
  readonly seconds: number;
  /** User and system together. Unknown where only a part of the process was timed. */
  readonly processorSeconds?: number;
  readonly peakMegabytes?: number;
}

export interface TimedProcess {
  /** None of them may have a quote in it. */
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The file that its standard output goes to. */
  readonly output: string;
}

/** Throws with what the program said where it was ended by a signal, or could not be run. */
export function timedProcess({ command, env, cwd, output }: TimedProcess): Measurement {
  const quoted = command.map((word) => `'${word}'`).join(" ");
  const start = performance.now();
  const { stderr } = spawnSync("sh", ["-c", `exec /usr/bin/time -f '%U %S %M' ${quoted} > '${output}'`], {
    env,
    encoding: "utf8",
    ...(cwd !== undefined && { cwd }),
  });
  const seconds = (performance.now() - start) / 1000;
  const figures = stderr.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  const [user = NaN, system = NaN, kilobytes = NaN] = figures;
  if (Number.isNaN(user + system + kilobytes)) throw new Error(`${command.join(" ")}: ${stderr}`);
  return { seconds, processorSeconds: user + system, peakMegabytes: kilobytes / 1000 };
}
