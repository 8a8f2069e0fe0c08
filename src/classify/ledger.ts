/**
 * Keeps each source's account of lines.
 * Promise: read = ignored + reported + capped, or the run fails loudly.
 */
import type { LedgerRow } from "../report/report.js";

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
  const toldElsewhere = (one.toldElsewhere ?? 0) + (other.toldElsewhere ?? 0);
  return {
    source: one.source,
    read: one.read + other.read,
    ignored: one.ignored + other.ignored,
    ...(toldElsewhere > 0 && { toldElsewhere }),
    reported: one.reported + other.reported,
    capped: one.capped + other.capped,
  };
}

/** Throws when a line is unaccounted for: that is always a bug of this program. */
export function checkLedger(rows: readonly LedgerRow[]): void {
  for (const { source, read, ignored, reported, capped } of rows) {
    if (read !== ignored + reported + capped) {
      throw new Error(
        `bug: ${source}: read ${read} lines, but ${ignored} ignored + ${reported} reported + ${capped} capped ` +
          `make ${ignored + reported + capped}`,
      );
    }
  }
}
