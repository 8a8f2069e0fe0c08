/**
 * How the C libraries lay out the records of wtmp and btmp (utmp(5)).
 * Promise: read alike on every machine, whichever machine wrote them: four layouts, told by what stands in them.
 */
import { endianness } from "node:os";
import { arch } from "node:process";
import type { RecordLayout } from "./record-framing.js";

/** A record as it is stored, its texts as bytes up to the first NUL. */
export interface UtmpRecord {
  readonly type: number;
  readonly processId: number;
  readonly line: string;
  readonly user: string;
  readonly host: string;
  readonly epochSeconds: number;
  /** The 16 bytes of an IPv6 address, or the four of an IPv4 address and twelve zeros. */
  readonly address: Buffer;
}

export interface UtmpLayout extends RecordLayout {
  parse(record: Buffer): UtmpRecord;
}

const [lineOffset, lineBytes] = [8, 32];
const [userOffset, userBytes] = [44, 32];
const [hostOffset, hostBytes] = [76, 256];
const addressBytes = 16;

/** A clock that was never set, or wrong by decades, is no reason to doubt a record: 1970 to 2100. */
const latestSeconds = 4_102_444_800;
const lastType = 9;

/**
 * `isLong`: the session and the time are long integers, as glibc has them on arm64 and RISC-V, and musl everywhere.
 * Elsewhere glibc keeps the layout that 32-bit programs know.
 */
function layoutOf(isLong: boolean, isBig: boolean): UtmpLayout {
  const [recordBytes, timeOffset, addressOffset] = isLong ? [400, 344, 360] : [384, 340, 348];
  const number16 = (bytes: Buffer, place: number): number =>
    isBig ? bytes.readInt16BE(place) : bytes.readInt16LE(place);
  const number32 = (bytes: Buffer, place: number): number =>
    isBig ? bytes.readInt32BE(place) : bytes.readInt32LE(place);
  const unsigned32 = (bytes: Buffer, place: number): number => number32(bytes, place) >>> 0;
  const long = (bytes: Buffer, place: number): number =>
    isBig
      ? number32(bytes, place) * 2 ** 32 + unsigned32(bytes, place + 4)
      : number32(bytes, place + 4) * 2 ** 32 + unsigned32(bytes, place);
  const secondsOf = (bytes: Buffer, start: number): number =>
    isLong ? long(bytes, start + timeOffset) : unsigned32(bytes, start + timeOffset);
  const microsecondsOf = (bytes: Buffer, start: number): number =>
    isLong ? long(bytes, start + timeOffset + 8) : number32(bytes, start + timeOffset + 4);
  return {
    recordBytes,
    isPlausible(bytes, start) {
      const type = number16(bytes, start);
      const [seconds, microseconds] = [secondsOf(bytes, start), microsecondsOf(bytes, start)];
      return (
        type >= 1 &&
        type <= lastType &&
        seconds >= 0 &&
        seconds <= latestSeconds &&
        microseconds >= 0 &&
        microseconds < 1_000_000 &&
        isText(bytes, start + lineOffset, lineBytes) &&
        isText(bytes, start + userOffset, userBytes)
      );
    },
    timestampOf(record) {
      const seconds = secondsOf(record, 0);
      return seconds > 0 && seconds <= latestSeconds ? seconds * 1000 : undefined;
    },
    parse: (record) => ({
      type: number16(record, 0),
      processId: number32(record, 4),
      line: textAt(record, lineOffset, lineBytes),
      user: textAt(record, userOffset, userBytes),
      host: textAt(record, hostOffset, hostBytes),
      epochSeconds: Math.max(0, Math.min(secondsOf(record, 0), latestSeconds)),
      address: record.subarray(addressOffset, addressOffset + addressBytes),
    }),
  };
}

const hasLongTimes = ["arm64", "riscv64", "loong64"].includes(arch);
const isBigEndian = endianness() === "BE";

/** This machine's own first. */
export const utmpLayouts: readonly [UtmpLayout, ...UtmpLayout[]] = [
  layoutOf(hasLongTimes, isBigEndian),
  layoutOf(!hasLongTimes, isBigEndian),
  layoutOf(hasLongTimes, !isBigEndian),
  layoutOf(!hasLongTimes, !isBigEndian),
];

/** Whether the field ends in nothing but NUL, after bytes that are no controls. */
function isText(bytes: Buffer, start: number, lengthBytes: number): boolean {
  let hasEnded = false;
  for (let place = start; place < start + lengthBytes; place++) {
    const byte = bytes[place] ?? 0;
    if (byte === 0) hasEnded = true;
    else if (hasEnded || byte < 0x20) return false;
  }
  return true;
}

function textAt(record: Buffer, start: number, lengthBytes: number): string {
  const end = record.indexOf(0, start);
  return record.toString(
    "latin1",
    start,
    end === -1 ? start + lengthBytes : Math.min(end, start + lengthBytes),
  );
}
