/** Where things lie in the state directory. Promise: every name that belongs to a commit begins with its number. */
import { join } from "node:path";

export interface Layout {
  readonly directory: string;
  readonly lock: string;
  readonly state: string;
  /** The state before the last commit. */
  readonly previousState: string;
  /** Mails that wait. */
  readonly spool: string;
  /** Mails that were refused. */
  readonly failed: string;
  /** Reports that a later run will finish. */
  readonly unfinished: string;
  /** All lines of reports that had to be cut, compressed. */
  readonly full: string;
}

export function layoutOf(stateDirectory: string): Layout {
  return {
    directory: stateDirectory,
    lock: join(stateDirectory, "lock"),
    state: join(stateDirectory, "state.json"),
    previousState: join(stateDirectory, "state.json.prev"),
    spool: join(stateDirectory, "spool"),
    failed: join(stateDirectory, "failed"),
    unfinished: join(stateDirectory, "unfinished"),
    full: join(stateDirectory, "full"),
  };
}

/** `00000042`: file names sort as their commits do. */
export function commitPrefix(commitNumber: number): string {
  return String(commitNumber).padStart(8, "0");
}

/** The commit that a file name begins with; undefined for names that nobody here has given. */
export function commitNumberOf(name: string): number | undefined {
  const digits = /^(\d{8,15})[.-]/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
