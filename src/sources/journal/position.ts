/**
 * The position in a journal: the cursor of the last entry that was read.
 * Promise: what is no cursor is no position, and never an error.
 */
import type { Position } from "../source.js";

/** What the system's journal is called among the sources. */
export const systemJournalName = "journal";

export interface JournalPosition extends Position {
  readonly kind: "cursor";
  /** Empty: the journal held nothing when it was read, so that everything in it is new. */
  readonly cursor: string;
}

export function positionOf(cursor: string): JournalPosition {
  return { kind: "cursor", cursor };
}

/** The cursor of a stored position; undefined when it is none of a journal. */
export function cursorIn(position: Position): string | undefined {
  if (position.kind !== "cursor") return undefined;
  const { cursor } = position as { readonly cursor?: unknown };
  return typeof cursor === "string" ? cursor : undefined;
}
