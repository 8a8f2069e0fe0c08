/**
 * Finds the newest state that is whole, together with the unfinished report that belongs to it.
 * Promise: a damaged file is never trusted and never silently passed over. Changes nothing on the disk.
 */
import { randomBytes } from "node:crypto";
import { basename, join } from "node:path";
import { DiskError, type Disk } from "../std/disk.js";
import type { Notice } from "../std/notice.js";
import {
  commitOfMemory,
  commitOfPayload,
  commitOfReportFile,
  commitOfUnfinished,
  commitPrefix,
  type Layout,
} from "./layout.js";
import { decodeState, unseal } from "./state-file.js";
import type { State } from "./state.js";
import { decodeStored, type Stored } from "./stored.js";

export interface LoadedState {
  readonly state: State;
  /** The unfinished report, there exactly when `state.hasOpenReport`. */
  readonly openReport?: Stored;
  /** Where that report is stored. */
  readonly openReportPath?: string;
  /** Files that are there and cannot be used: to be kept for people to look at. */
  readonly unusable: readonly string[];
  /** "new": nothing was ever stored. "lost": what was stored cannot be read, so lines may be reported again. */
  readonly origin: "current" | "previous" | "new" | "lost";
  readonly notices: readonly Notice[];
}

export function unfinishedPath(layout: Layout, commitNumber: number): string {
  return join(layout.unfinished, `${commitPrefix(commitNumber)}.json`);
}

/** Throws a DiskError where the disk fails, or where the file is not ours or of a later version: guessing would lose lines. */
export function loadState(disk: Disk, layout: Layout): LoadedState {
  const notices: Notice[] = [];
  const current = readCandidate(disk, layout, layout.state);
  if (current.kind === "whole") return { ...current, unusable: [], origin: "current", notices };
  const previous = readCandidate(disk, layout, layout.previousState);
  // The first commit writes commit 1 before there is a state; anything beyond had one.
  if (current.kind === "missing" && previous.kind === "missing" && newestStored(disk, layout) <= 1)
    return { state: freshState(), unusable: [], origin: "new", notices };
  const unusable = [
    ...(current.kind === "damaged" ? [layout.state] : []),
    ...(previous.kind === "damaged" ? [layout.previousState] : []),
  ];
  const what = current.kind === "missing" ? "is missing" : current.reason;
  if (previous.kind === "whole") {
    notices.push({ where: layout.state, what, done: `went back to "${basename(layout.previousState)}"` });
    return { ...previous, unusable, origin: "previous", notices };
  }
  const openReport = newestUnfinished(disk, layout);
  const done = "began anew, lines may be reported again";
  notices.push({ where: layout.state, what: `${what}, and so is what was before it`, done });
  return {
    state: { ...freshState(), hasOpenReport: openReport !== undefined },
    ...openReport,
    unusable,
    origin: "lost",
    notices,
  };
}

/** The newest commit that a mail, a report file or what is remembered belongs to, 0 without any. */
export function newestStored(disk: Disk, { spool, failed, full, memory }: Layout): number {
  return Math.max(
    0,
    ...[spool, failed].flatMap((place) => disk.list(place)).map((name) => commitOfPayload(name) ?? 0),
    ...disk.list(full).map((name) => commitOfReportFile(name) ?? 0),
    ...disk.list(memory).map((name) => commitOfMemory(name) ?? 0),
  );
}

function freshState(): State {
  const hostId = randomBytes(6).toString("hex");
  return { commitNumber: 0, hostId, positions: {}, hasOpenReport: false, toldNotices: {} };
}

/** An unfinished report, and where it is stored. */
interface FoundReport {
  readonly openReport: Stored;
  readonly openReportPath: string;
}

type Candidate =
  | ({ readonly kind: "whole"; readonly state: State } & Partial<FoundReport>)
  | { readonly kind: "damaged"; readonly reason: string }
  | { readonly kind: "missing" };

function readCandidate(disk: Disk, layout: Layout, path: string): Candidate {
  const bytes = disk.read(path);
  if (bytes === undefined) return { kind: "missing" };
  const decoded = decodeState(bytes);
  if (decoded.kind === "newer")
    throw new DiskError(path, "was written by a later version of logwinnow: refused");
  if (decoded.kind === "damaged") return { kind: "damaged", reason: "is damaged (its checksum is wrong)" };
  if (decoded.kind === "misshapen")
    return { kind: "damaged", reason: `cannot be understood (its "${decoded.field}" is missing or wrong)` };
  const { state } = decoded;
  if (!state.hasOpenReport) return { kind: "whole", state };
  const report = readUnfinished(disk, unfinishedPath(layout, state.commitNumber));
  // Positions without the report that they were moved for would lose its lines.
  if (report === undefined) return { kind: "damaged", reason: "has lost its unfinished report" };
  return { kind: "whole", state, ...report };
}

function readUnfinished(disk: Disk, openReportPath: string): FoundReport | undefined {
  const sealed = disk.read(openReportPath);
  const bytes = sealed && unseal(sealed);
  return bytes && { openReport: decodeStored(bytes), openReportPath };
}

/** With no state left to say whether it was mailed, the last unfinished report is taken up: twice is better than never. */
function newestUnfinished(disk: Disk, layout: Layout): FoundReport | undefined {
  const names = disk.list(layout.unfinished).filter((name) => commitOfUnfinished(name) !== undefined);
  for (const name of names.reverse()) {
    const report = readUnfinished(disk, join(layout.unfinished, name));
    if (report) return report;
  }
  return undefined;
}
