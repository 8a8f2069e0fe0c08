/**
 * The position in a table of logins: the row that was read last.
 * Promise: what is no position of a table is none, and never an error.
 */
import { isCount } from "../../std/json-shape.js";
import type { Position } from "../source.js";

export interface RowPosition extends Position {
  readonly kind: "row";
  /** 0: none was there. */
  readonly row: number;
  /** As the table states it, to tell whether the row is still the same. */
  readonly time: number;
}

export const beforeAllRows: RowPosition = { kind: "row", row: 0, time: 0 };

/** A stored position; undefined when it is none of a table. */
export function rowPositionIn(position: Position): RowPosition | undefined {
  const { row, time } = position as Partial<Record<"row" | "time", unknown>>;
  if (position.kind !== "row" || !isCount(row) || !isCount(time)) return undefined;
  return { kind: "row", row, time };
}

/** Such as "up to row 12"; undefined when it is no position of a table. */
export function describeRowPosition(position: Position): string | undefined {
  const known = rowPositionIn(position);
  return known && `up to row ${known.row}`;
}
