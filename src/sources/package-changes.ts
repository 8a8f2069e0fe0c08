/**
 * Reads what packages were installed, upgraded and removed between two times, from dpkg's own log.
 * Promise: bounded work, and none where the log was not written to since; what cannot be read is left out, never an error.
 */
import { closeSync } from "node:fs";
import { readStamp } from "../entry/stamp.js";
import { hasFields, isCount, isOptional, isString } from "../std/json-shape.js";
import { openRegularFile, readAt, type OpenFile } from "./bytes/open.js";

export interface PackageChange {
  readonly action: "installed" | "upgraded" | "removed";
  readonly name: string;
  /** Before; undefined where it was not installed. */
  readonly from?: string;
  /** Since; undefined where it was removed. */
  readonly to?: string;
  /** When it was changed last, ms since the epoch. */
  readonly atMs: number;
}

/** Debian's, and what it was rotated to last. */
const usualPackageLogs: readonly string[] = ["/var/log/dpkg.log", "/var/log/dpkg.log.1"];

/** Of the end of a log: ten thousand packages take less. */
const lookedAtBytes = 4 * 1024 * 1024;

/** Whether a parsed value is one. */
export const isPackageChange = hasFields<PackageChange>({
  action: (value) => value === "installed" || value === "upgraded" || value === "removed",
  name: isString,
  from: isOptional(isString),
  to: isOptional(isString),
  atMs: isCount,
});

/** Each package once, as it was before and is since, in the order of their first changes. */
export function packageChanges(
  fromMs: number,
  toMs: number,
  logs: readonly string[] = usualPackageLogs,
): readonly PackageChange[] {
  const changes = new Map<string, PackageChange>();
  for (const log of logs.toReversed())
    for (const change of changesIn(log, fromMs, toMs)) {
      const before = changes.get(change.name);
      changes.set(change.name, before ? joined(before, change) : change);
    }
  return [...changes.values()].filter(({ from, to }) => from !== to);
}

/** One change where there were two. */
function joined({ name, from }: PackageChange, { to, atMs }: PackageChange): PackageChange {
  const action = from === undefined ? "installed" : to === undefined ? "removed" : "upgraded";
  return { action, name, ...(from !== undefined && { from }), ...(to !== undefined && { to }), atMs };
}

function changesIn(log: string, fromMs: number, toMs: number): readonly PackageChange[] {
  let file: OpenFile;
  try {
    file = openRegularFile(log, false);
  } catch {
    // Not there, or not for this user: nothing is known of packages.
    return [];
  }
  try {
    if (file.modifiedMs < fromMs) return [];
    const bytes = Buffer.alloc(Math.min(lookedAtBytes, file.sizeBytes));
    const lengthBytes = readAt(file.descriptor, bytes, file.sizeBytes - bytes.length);
    const lines = bytes.toString("latin1", 0, lengthBytes).split("\n");
    return lines.flatMap((line) => changeIn(line, fromMs, toMs) ?? []);
  } catch {
    return [];
  } finally {
    closeSync(file.descriptor);
  }
}

/** As dpkg's names and versions are made. A name's architecture is left out. */
const action =
  /^(install|upgrade|remove|purge) ([a-z0-9][-+.a-z0-9]*)(?::[a-z0-9-]+)? (<none>|[-+~.:A-Za-z0-9]+) (<none>|[-+~.:A-Za-z0-9]+)$/;

function changeIn(line: string, fromMs: number, toMs: number): PackageChange | undefined {
  // Most lines are of states.
  if (line.startsWith("status ", 20)) return undefined;
  const stamp = readStamp(line, new Date(toMs));
  if (!stamp || stamp.timestampMs < fromMs || stamp.timestampMs > toMs) return undefined;
  const [, verb, name, before, after] = action.exec(line.slice(stamp.length + 1)) ?? [];
  if (name === undefined) return undefined;
  const from = before === "<none>" ? undefined : before;
  // What is removed has no version since; a purge after it says the same again.
  const to = verb === "remove" || verb === "purge" || after === "<none>" ? undefined : after;
  const kind = to === undefined ? "removed" : from === undefined ? "installed" : "upgraded";
  if (from === undefined && to === undefined) return undefined;
  const versions = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return { action: kind, name, ...versions, atMs: stamp.timestampMs };
}
