/**
 * Where one unit of a log ends and the next begins: a line's newline, a record's size.
 * Promise: nothing is ever given or counted as read that is less than a whole unit.
 */
import { newline } from "../../std/text/line-text.js";

export interface Framing {
  /** How many of the first `lengthBytes` make whole units. More may follow only where they fill `bytes`. */
  wholeLength(bytes: Uint8Array, lengthBytes: number): number;
  /** The first index above 0 at which a unit may begin, if it is seen, given where in its file `bytes` begins. */
  boundaryIn(bytes: Uint8Array, offsetBytes: number): number | undefined;
  /** The index after the unit that begins at `start`, or undefined when it is not whole. */
  endOf(bytes: Uint8Array, start: number): number | undefined;
  /** The time that a whole unit states, in ms since the epoch, if it states one. */
  timestampOf(unit: Uint8Array): number | undefined;
  /** Whether an unfinished last unit is worth giving: a line is, a cut record is not. */
  readonly isTextual: boolean;
}

/** Lines, each up to and with its newline. */
export function lineFraming(timestampOf: (line: Uint8Array) => number | undefined): Framing {
  return {
    isTextual: true,
    wholeLength: (bytes, lengthBytes) =>
      lengthBytes === 0 ? 0 : bytes.lastIndexOf(newline, lengthBytes - 1) + 1,
    boundaryIn(bytes) {
      const end = bytes.indexOf(newline);
      return end === -1 ? undefined : end + 1;
    },
    endOf(bytes, start) {
      const end = bytes.indexOf(newline, start);
      return end === -1 ? undefined : end + 1;
    },
    timestampOf,
  };
}
