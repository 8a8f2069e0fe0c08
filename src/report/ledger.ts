/**
 * Keeps each source's account of lines.
 * Promise: read = ignored + reported + counted, or the run fails loudly.
 */
import type { LedgerRow } from "./document.js";

/** Adds the accounts of two batches, source by source; a source keeps the place where it first appears. */
export function addLedgers(one: readonly LedgerRow[], other: readonly LedgerRow[]): LedgerRow[] {
  const sums = new Map<string, LedgerRow>();
  for (const row of [...one, ...other]) {
    const sum = sums.get(row.source);
    sums.set(row.source, sum ? addRows(sum, row) : row);
  }
  return [...sums.values()];
}

function addRows(one: LedgerRow, other: LedgerRow): LedgerRow {
  const duplicate = (one.duplicate ?? 0) + (other.duplicate ?? 0);
  return {
    source: one.source,
    read: one.read + other.read,
    ignored: one.ignored + other.ignored,
    ...(duplicate > 0 && { duplicate }),
    reported: one.reported + other.reported,
    counted: one.counted + other.counted,
  };
}

/** Throws when a line is unaccounted for: that is always a bug of this program. */
export function checkLedger(rows: readonly LedgerRow[]): void {
  for (const { source, read, ignored, reported, counted } of rows) {
    if (read !== ignored + reported + counted) {
      throw new Error(
        `bug: ${source}: read ${read} lines, but ${ignored} ignored + ${reported} reported + ${counted} counted ` +
          `make ${ignored + reported + counted}`,
      );
    }
  }
}
