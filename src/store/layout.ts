/** Where things lie in the state directory. Promise: every name that belongs to a commit begins with its number. */
import { basename, dirname, join } from "node:path";

export interface Layout {
  readonly directory: string;
  readonly lock: string;
  /** Says that a run began; gone once it ended. */
  readonly run: string;
  readonly state: string;
  /** The state before the last commit. */
  readonly previousState: string;
  /** Mails that wait. */
  readonly spool: string;
  /** Mails that were refused. */
  readonly failed: string;
  /** Reports that a later run will finish. */
  readonly unfinished: string;
  /** What is remembered from run to run beside the state. */
  readonly memory: string;
  /** All lines of reports that had to be cut, and whole reports, compressed. */
  readonly full: string;
  /** Lines that reports told, to be looked into later. */
  readonly archive: string;
}

export function layoutOf(stateDirectory: string): Layout {
  return {
    directory: stateDirectory,
    lock: join(stateDirectory, "lock"),
    run: join(stateDirectory, "run.json"),
    state: join(stateDirectory, "state.json"),
    previousState: join(stateDirectory, "state.json.prev"),
    spool: join(stateDirectory, "spool"),
    failed: join(stateDirectory, "failed"),
    unfinished: join(stateDirectory, "unfinished"),
    memory: join(stateDirectory, "memory"),
    full: join(stateDirectory, "full"),
    archive: join(stateDirectory, "archive"),
  };
}

/** `00000042`: file names sort as their commits do. */
export function commitPrefix(commitNumber: number): string {
  return String(commitNumber).padStart(8, "0");
}

/** `00000042.1.mail`: the name of a payload of a commit, the parts counted from 1. */
export function payloadName(commitNumber: number, part: number, outlet: string): string {
  return `${commitPrefix(commitNumber)}.${part}.${outlet}`;
}

/** `00000042.first-seen.json`: what commit 42 remembered under this name. */
export function memoryName(commitNumber: number, name: string): string {
  return `${commitPrefix(commitNumber)}.${name}.json`;
}

/** The commit of a payload's name. These four give undefined for names that nobody here has given: such files are foreign. */
export function commitOfPayload(name: string): number | undefined {
  return numberIn(/^(\d{8,15})\.\d+\.[a-z0-9-]+$/, name);
}

/** The commit of a report file's name: of counted lines, or of a whole report. */
export function commitOfReportFile(name: string): number | undefined {
  return numberIn(/^(\d{8,15})-\d{4}-\d\d-\d\d(?:\.[0-9a-f]{4,12}\.(?:html|page|txt)|\.log)\.gz$/, name);
}

/** The commit of a remembered document's name. */
export function commitOfMemory(name: string): number | undefined {
  return numberIn(/^(\d{8,15})\.[a-z-]+\.json$/, name);
}

/** The commit of an unfinished report's name. */
export function commitOfUnfinished(name: string): number | undefined {
  return numberIn(/^(\d{8,15})\.json$/, name);
}

function numberIn(form: RegExp, name: string): number | undefined {
  const digits = form.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Where a file is kept that cannot be used. No commit removes names like this one. */
export function keptName(path: string): string {
  return join(dirname(path), `kept-${basename(path)}`);
}
