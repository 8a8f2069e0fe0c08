/**
 * The position in a journal: how far each of its sequences was read.
 * Promise: what is no position of a journal is none, and never an error.
 *
 * A journal has no total order: after the clock was set back, or with one file for each host, journalctl puts entries that
 * nobody has read before a cursor. Only within a sequence, the numbers that one writer gave, one entry follows another.
 */
import type { Position } from "../source.js";

/** What the system's journal is called among the sources. */
export const systemJournalName = "journal";

/** Of each sequence, by its id: the last entry that was read, such as "i=1a;t=6442dab64f000", as a cursor has it. */
export type Sequences = Readonly<Record<string, string>>;

export interface JournalPosition extends Position {
  readonly kind: "cursor";
  /** Of the entry that was read last. Empty: the journal held nothing when it was read, so that all in it is new. */
  readonly cursor: string;
  /** Left out: the position was stored when there was one cursor for all, or journalctl does not tell of its files. */
  readonly sequences?: Sequences;
}

export function positionOf(cursor: string, sequences?: Sequences): JournalPosition {
  return { kind: "cursor", cursor, ...(sequences && { sequences }) };
}

/** The cursor of a stored position; undefined when it is none of a journal. */
export function cursorIn(position: Position): string | undefined {
  if (position.kind !== "cursor") return undefined;
  const { cursor } = position as { readonly cursor?: unknown };
  return typeof cursor === "string" ? cursor : undefined;
}

/** The sequences of a stored position, if it has any that can be understood. */
export function sequencesIn(position: Position): Sequences | undefined {
  const { sequences } = position as { readonly sequences?: unknown };
  if (typeof sequences !== "object" || sequences === null) return undefined;
  const entries = Object.entries(sequences);
  return entries.every(([id, at]) => sequenceId.test(id) && placeForm.test(String(at)))
    ? Object.fromEntries(entries)
    : undefined;
}

const sequenceId = /^[0-9a-f]{32}$/;
const placeForm = /^i=[0-9a-f]+;t=[0-9a-f]+$/;
const cursorForm = /^s=([0-9a-f]{32});i=([0-9a-f]+);.*\bt=([0-9a-f]+)/;

/** A place in a sequence. */
export interface SequencePlace {
  readonly sequence: string;
  readonly number: bigint;
  /** In microseconds since the epoch. */
  readonly realtime: bigint;
}

/** The place that a cursor says; undefined where it is none of journalctl's. */
export function placeOfCursor(cursor: string): SequencePlace | undefined {
  const [, sequence, number, realtime] = cursorForm.exec(cursor) ?? [];
  if (sequence === undefined) return undefined;
  return { sequence, number: BigInt(`0x${number}`), realtime: BigInt(`0x${realtime}`) };
}

/** A place as it is stored. */
export function storedPlace({ number, realtime }: Omit<SequencePlace, "sequence">): string {
  return `i=${number.toString(16)};t=${realtime.toString(16)}`;
}

/** The place that is stored of a sequence. */
export function placeIn(sequences: Sequences, sequence: string): SequencePlace | undefined {
  const stored = sequences[sequence];
  return stored === undefined ? undefined : placeOfCursor(`s=${sequence};${stored}`);
}
