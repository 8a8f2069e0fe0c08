/**
 * Looks addresses up in tables that are texts, one range of addresses a line, in ascending order.
 * Promise: nothing is read but the lines that a search in halves comes to, so that a table of 20 MB costs a run nothing
 * where few addresses are asked for. A table that is not in order, or not whole, gives no answer, never a wrong one.
 */
import { isBefore, type AddressNumber } from "./address.js";
import type { OriginRow, RowReader } from "./text-rows.js";

const newline = 0x0a;
/** Longer than any row. */
const longestRow = 1024;

export class TextTable {
  private readonly bytes: Buffer;
  private readonly start: number;
  private readonly readRow: RowReader;

  private constructor(bytes: Buffer, start: number, readRow: RowReader) {
    this.bytes = bytes;
    this.start = start;
    this.readRow = readRow;
  }

  /** In: a file, and the forms that its rows may have. Out: undefined where its first or its last row has none. */
  static of(bytes: Buffer, readers: readonly RowReader[]): TextTable | undefined {
    const start = firstRow(bytes);
    for (const readRow of readers) {
      const table = new TextTable(bytes, start, readRow);
      const end = bytes.at(-1) === newline ? bytes.length - 1 : bytes.length;
      if (start < end && table.rowAt(start) && table.rowAt(table.rowStart(end - 1))) return table;
    }
    return undefined;
  }

  /** The row of the range that has the address. */
  find(address: AddressNumber): OriginRow | undefined {
    let [from, to] = [this.start, this.bytes.length];
    while (from < to) {
      const start = Math.max(from, this.rowStart((from + to) >>> 1));
      const row = this.rowAt(start);
      if (row === undefined) return undefined;
      if (isBefore(address, row.first)) to = start;
      else if (isBefore(row.last, address)) from = this.rowEnd(start) + 1;
      else return row;
    }
    return undefined;
  }

  private rowAt(start: number): OriginRow | undefined {
    const end = this.rowEnd(start);
    if (end - start > longestRow) return undefined;
    return this.readRow(this.bytes.toString("latin1", start, end).trimEnd());
  }

  /** Of the row that the byte is in. */
  private rowStart(index: number): number {
    return this.bytes.lastIndexOf(newline, index - 1) + 1;
  }

  private rowEnd(start: number): number {
    const end = this.bytes.indexOf(newline, start);
    return end < 0 ? this.bytes.length : end;
  }
}

/** After the comments that a table begins with. */
function firstRow(bytes: Uint8Array): number {
  let start = 0;
  while (bytes[start] === 0x23 || bytes[start] === newline) {
    const end = bytes.indexOf(newline, start);
    if (end < 0) return bytes.length;
    start = end + 1;
  }
  return start;
}
