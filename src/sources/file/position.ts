/**
 * The position in a log file: how far each of its segments was read.
 * Promise: each form that was ever stored is read; anything else is no position, and never an error.
 */
import { isLineDigests, type LineDigests } from "../rotation/known/line-digests.js";
import type { Fingerprint, Segment } from "../rotation/segment.js";
import { fingerprintLimitBytes } from "../bytes/trace.js";
import type { Position } from "../source.js";
import { isBoolean, isCount, isInstant, isString } from "../../std/json-shape.js";

export interface FilePosition extends Position {
  readonly kind: "offset";
  /** Newest first. */
  readonly segments: readonly Segment[];
  /** The lines that were read last, of whichever file. */
  readonly lines?: LineDigests;
  /** The day of the last run that looked for the log, such as "2026-11-25". */
  readonly seen?: string;
}

/** What nobody looked for in this time is forgotten. */
export const forgottenAfterMs = 400 * 24 * 3_600_000;

export function positionOf(segments: readonly Segment[], lines?: LineDigests): FilePosition {
  return { kind: "offset", segments, ...(lines && { lines }) };
}

/** What each position was found to hold: a run asks for it several times, of thousands of logs. */
const checked = new WeakMap<Position, readonly Segment[]>();

/** The segments of a stored position; undefined when it is none of a file. */
export function segmentsIn(position: Position): readonly Segment[] | undefined {
  const known = checked.get(position);
  if (known) return known;
  const segments = checkedSegments(position);
  if (segments) checked.set(position, segments);
  return segments;
}

function checkedSegments(position: Position): readonly Segment[] | undefined {
  if (position.kind !== "offset") return undefined;
  // Until version 0.1.0 they were stored as "generations".
  const stored = fieldOf(position, "segments") ?? fieldOf(position, "generations");
  return Array.isArray(stored) && stored.every(isSegment) ? stored : undefined;
}

/** What a position says of the lines that were read last; undefined when it says nothing, or nothing that makes sense. */
export function digestsIn(position: Position): LineDigests | undefined {
  const lines = fieldOf(position, "lines");
  return isLineDigests(lines) ? lines : undefined;
}

/** Whether it is the position of a log of which no file is left. */
export function isOfNothing(position: Position): boolean {
  return segmentsIn(position)?.length === 0;
}

/** The day that a position says it was last looked for; undefined when it says none. */
export function seenOn(position: Position): Date | undefined {
  const seen = fieldOf(position, "seen");
  const day = isString(seen) ? new Date(seen) : undefined;
  return day && !Number.isNaN(day.getTime()) ? day : undefined;
}

/** The position of a file with the day when it was last looked for; any other as it is. */
export function withSeen(position: Position, day: Date): Position {
  if (segmentsIn(position) === undefined) return position;
  const seen: Pick<FilePosition, "seen"> = { seen: day.toISOString().slice(0, 10) };
  return { ...position, ...seen };
}

/** Such as "8120 bytes, and 1 rotated"; undefined when it is no position of a file. */
export function describeFilePosition(position: Position): string | undefined {
  const segments = segmentsIn(position);
  if (!segments) return undefined;
  const older = segments.length - 1;
  return `${segments[0]?.offsetBytes ?? 0} bytes${older > 0 ? `, and ${older} rotated` : ""}`;
}

function isSegment(value: unknown): value is Segment {
  const isOptional = (name: string, isFit: (field: unknown) => boolean): boolean =>
    fieldOf(value, name) === undefined || isFit(fieldOf(value, name));
  const [offsetBytes, tail] = [fieldOf(value, "offsetBytes"), fieldOf(value, "tail")];
  return (
    ["device", "inode", "birthtimeMs"].every((name) => Number.isFinite(fieldOf(value, name))) &&
    isCount(offsetBytes) &&
    isFingerprint(fieldOf(value, "head")) &&
    isFingerprint(tail) &&
    // The tail's bytes come before the offset.
    tail.lengthBytes <= offsetBytes &&
    isOptional("unfinishedSince", isInstant) &&
    isOptional("rotatedSince", isInstant) &&
    isOptional("writtenAt", isInstant) &&
    isOptional("settledMs", Number.isFinite) &&
    isOptional("flushedBytes", isCount) &&
    isOptional("passedBytes", isCount) &&
    isOptional("knownUntilBytes", isCount) &&
    isOptional("isLineGiven", isBoolean)
  );
}

function isFingerprint(value: unknown): value is Fingerprint {
  const lengthBytes = fieldOf(value, "lengthBytes");
  return isCount(lengthBytes) && lengthBytes <= fingerprintLimitBytes && isString(fieldOf(value, "sha256"));
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
