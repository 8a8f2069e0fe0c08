/**
 * Remembers that a run began, until it has ended.
 * Promise: a run that was killed, or that a fault of the program ended, is known afterwards; one that goes on is not taken
 * for such a one. Never stops a run: where the record cannot be written, the run goes on without it.
 */
import { readFileSync } from "node:fs";
import { removeLeftover, replaceFile } from "../std/atomic-file.js";
import type { Disk } from "../std/disk.js";
import { hasFields, isCount, isInstant, isString } from "../std/json-shape.js";
import type { Layout } from "./layout.js";
import { seal, unseal } from "./state-file.js";
import { decodeStored, encodeStored } from "./stored.js";

/** What is known of the last run that began. */
export type LastRun =
  | { readonly kind: "ended" }
  /** `startedAt`: ISO 8601; left out where the record cannot be understood. */
  | { readonly kind: "running" | "not ended"; readonly startedAt?: string };

interface RunRecord {
  readonly startedAt: string;
  readonly pid: number;
  /** The process' start in the kernel's words, so that a number that is used again is not taken for it. */
  readonly processStart: string;
}

const kind = "run";
const version = 1;

const isRecord = hasFields<RunRecord>({ startedAt: isInstant, pid: isCount, processStart: isString });

/** The caller holds the lock. A file of this name that is not ours stays as it is. */
export function recordBegin(disk: Disk, { run }: Layout, now: Date): void {
  const { pid } = process;
  const data: RunRecord = { startedAt: now.toISOString(), pid, processStart: startOf(pid) ?? "" };
  try {
    const before = disk.read(run);
    if (before !== undefined && unseal(before) === undefined) return;
    removeLeftover(disk, run);
    replaceFile(disk, run, seal(encodeStored({ kind, version, data })));
  } catch {
    // See the promise: a full disk stops a run where it cannot commit, not here.
  }
}

/** The caller holds the lock still. */
export function recordEnd(disk: Disk, { run, directory }: Layout): void {
  try {
    const before = disk.read(run);
    if (before === undefined || unseal(before) === undefined) return;
    disk.unlink(run);
    disk.syncDirectory(directory);
  } catch {
    // As above; `status` then says that the run did not end.
  }
}

/** Needs no lock. Throws a DiskError where the file is not to be read. */
export function lastRun(disk: Disk, { run }: Layout): LastRun {
  const sealed = disk.read(run);
  const content = sealed && unseal(sealed);
  if (content === undefined) return { kind: "ended" };
  const { data } = decodeStored(content);
  if (!isRecord(data)) return { kind: "not ended" };
  const { startedAt, pid, processStart } = data;
  const isAlive = processStart !== "" && startOf(pid) === processStart;
  return { kind: isAlive ? "running" : "not ended", startedAt };
}

/** The boot, and the process' start since then in clock ticks (proc(5)); undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The second field is the command in parentheses, whatever characters it has; the start is the 22nd.
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return ticks === undefined ? undefined : `${boot} ${ticks}`;
  } catch {
    return undefined;
  }
}
