/**
 * Finds where records begin in a file in which some are torn: a full disk or a crash leaves a part of one, and all that
 * follow are out of step with it.
 * Promise: what follows a torn record is read, from the first place on where two records in a row make sense.
 */
import type { Framing } from "../bytes/framing.js";
import { endOf, faultOf, isPlausible, recordBytes } from "./accounting-record.js";

/** What may have to be seen after the start of a record to tell whether it is torn: the two records after it. */
export const contextBytes = 3 * recordBytes;

/**
 * How many bytes at `start` belong to a torn record: 0 where a whole record begins there, or one that is odd but in
 * step. In: `end`, up to where the bytes are known.
 */
function tornBytesAt(bytes: Buffer, start: number, end: number): number {
  const next = start + recordBytes;
  const isNextKnown = next + recordBytes <= end;
  if (isPlausible(bytes, start) && (!isNextKnown || isPlausible(bytes, next))) return 0;
  for (let place = start + 1; place < next && place + recordBytes <= end; place++) {
    const after = place + recordBytes;
    const isAfterKnown = after + recordBytes <= end;
    if (isPlausible(bytes, place) && (!isAfterKnown || isPlausible(bytes, after))) return place - start;
  }
  return 0;
}

/** Units are records, and what is left of torn ones. What `wholeLength` gives is either whole records or one torn one. */
export function accountingFraming(): Framing {
  return {
    isTextual: false,
    wholeLength(bytes, lengthBytes) {
      const records = asBuffer(bytes);
      // Where more may follow, a record waits until what comes after it is known.
      const neededBytes = lengthBytes === bytes.length ? contextBytes : recordBytes;
      let whole = 0;
      while (whole + neededBytes <= lengthBytes) {
        const tornBytes = tornBytesAt(records, whole, lengthBytes);
        if (tornBytes > 0) return whole === 0 ? tornBytes : whole;
        whole += recordBytes;
      }
      return whole;
    },
    boundaryIn(bytes, offsetBytes) {
      const records = asBuffer(bytes);
      for (let place = 1; place <= recordBytes && place + contextBytes <= bytes.length; place++)
        if (isPlausible(records, place) && isPlausible(records, place + recordBytes)) return place;
      const boundary = recordBytes - (offsetBytes % recordBytes);
      return boundary <= bytes.length ? boundary : undefined;
    },
    endOf: (bytes, start) => (start + recordBytes <= bytes.length ? start + recordBytes : undefined),
    timestampOf(bytes) {
      const record = asBuffer(bytes);
      return faultOf(record) === undefined ? endOf(record) : undefined;
    },
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
