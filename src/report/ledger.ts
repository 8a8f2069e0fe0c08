/**
 * Keeps each source's account of lines.
 * Promise: read = ignored + duplicate + reported + counted, or the run fails loudly.
 */
import type { LedgerRow } from "./document.js";

/** A row that is filled while its source is read. */
export type OpenRow = { -readonly [Column in keyof LedgerRow]: LedgerRow[Column] };

export function emptyRow(source: string): OpenRow {
  return { source, read: 0, ignored: 0, duplicate: 0, reported: 0, counted: 0 };
}

/** Adds the accounts of two batches, source by source; a source keeps the place where it first appears. */
export function addLedgers(one: readonly LedgerRow[], other: readonly LedgerRow[]): LedgerRow[] {
  const sums = new Map<string, LedgerRow>();
  for (const row of [...one, ...other]) {
    const sum = sums.get(row.source);
    sums.set(row.source, sum ? addRows(sum, row) : row);
  }
  return [...sums.values()];
}

/** All sources together, as a row of the source "total". */
export function totalOf(ledger: readonly LedgerRow[]): LedgerRow {
  return ledger.reduce<LedgerRow>(addRows, emptyRow("total"));
}

/** The sums of two rows, under the name of the first. */
export function addRows(one: LedgerRow, other: LedgerRow): LedgerRow {
  return {
    source: one.source,
    read: one.read + other.read,
    ignored: one.ignored + other.ignored,
    duplicate: one.duplicate + other.duplicate,
    reported: one.reported + other.reported,
    counted: one.counted + other.counted,
  };
}

/** Throws when a line is unaccounted for: that is always a bug of this program. */
export function checkLedger(rows: readonly LedgerRow[]): void {
  for (const { source, read, ignored, duplicate, reported, counted } of rows) {
    const accountedFor = ignored + duplicate + reported + counted;
    if (read !== accountedFor) {
      throw new Error(
        `bug: ${source}: read ${read} lines, but ${ignored} ignored + ${duplicate} duplicate + ` +
          `${reported} reported + ${counted} counted make ${accountedFor}`,
      );
    }
  }
}
