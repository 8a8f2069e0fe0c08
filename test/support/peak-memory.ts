/** Runs a program of ours in a process of its own. Promise: its peak of memory is its own, not the test runner's. */
import { spawnSync } from "node:child_process";

export interface Measured {
  /** What it printed. */
  readonly stdout: string;
  readonly peakMiB: number;
}

/** In: a module's text, which may await. Throws with its standard error where it fails. */
export function measured(program: string, env: NodeJS.ProcessEnv = {}): Measured {
  // Not getrusage's figure: over an exec it keeps that of the parent.
  const telling = `${program}\nprocess.stderr.write("peak " + /VmHWM:\\s+(\\d+)/.exec((await import("node:fs")).readFileSync("/proc/self/status", "latin1"))[1]);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", telling], {
    env: { ...process.env, ...env },
    maxBuffer: 1 << 30,
  });
  const kibibytes = /peak (\d+)$/.exec(stderr.toString())?.[1];
  if (status !== 0 || kibibytes === undefined) throw new Error(`ended with ${status}: ${stderr.toString()}`);
  return { stdout: stdout.toString("latin1"), peakMiB: Number(kibibytes) / 1024 };
}
