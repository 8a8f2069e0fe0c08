/**
 * Turns records of process accounting (acct(5), version 3) into lines, byte by byte.
 * Promise: one record is one line, whatever bytes its command name holds.
 */
import { traditionalTime } from "../../entry/traditional-time.js";
import type { RecordLayout } from "./record-framing.js";
import { hasName, userName } from "./users.js";

export const recordBytes = 64;

/** The byte of the version also says in which byte order the rest is. */
const bigEndianBit = 0x80;
const supportedVersion = 3;

const versionOffset = 1;
const ttyOffset = 2;
const statusOffset = 4;
const uidOffset = 8;
const startOffset = 24;
const elapsedOffset = 28;
const commandOffset = 48;

const flagLetters: readonly (readonly [number, string])[] = [
  [0x01, "F"],
  [0x02, "S"],
  [0x08, "D"],
  [0x10, "X"],
];

const [space, equals, backslash, lastPrintable] = [0x20, 0x3d, 0x5c, 0x7e];

/** Each byte of a command name as it is written: what could pass for another field or line is escaped. */
const commandTexts: readonly Buffer[] = Array.from({ length: 256 }, (_, byte) => {
  const isPlain = byte > space && byte <= lastPrintable && byte !== equals && byte !== backslash;
  return Buffer.from(isPlain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`);
});

/** Why the record cannot be read, or undefined when it can. */
export function faultOf(record: Buffer): string | undefined {
  const version = (record[versionOffset] ?? 0) & ~bigEndianBit;
  return version === supportedVersion ? undefined : `record of unknown version ${version}`;
}

/** Flags that the kernel has ever set. */
const knownFlags = 0x3f;
/** A clock that was never set, or wrong by decades, is no reason to doubt a record: 1970 to 2100. */
const latestStart = 4_102_444_800;

/**
 * Whether a record may begin at a place, whatever comes before it: version, flags, times, and a name that ends in
 * nothing but NUL, as the kernel fills it up.
 */
function isPlausible(bytes: Buffer, start: number): boolean {
  const version = bytes[start + versionOffset] ?? 0;
  if ((version & ~bigEndianBit) !== supportedVersion || (bytes[start] ?? 0) > knownFlags) return false;
  const isBig = (version & bigEndianBit) !== 0;
  const [startPlace, elapsedPlace] = [start + startOffset, start + elapsedOffset];
  if ((isBig ? bytes.readUInt32BE(startPlace) : bytes.readUInt32LE(startPlace)) > latestStart) return false;
  const elapsed = isBig ? bytes.readFloatBE(elapsedPlace) : bytes.readFloatLE(elapsedPlace);
  if (!(elapsed >= 0 && elapsed < Infinity)) return false;
  let hasEnded = false;
  for (let place = start + commandOffset; place < start + recordBytes; place++) {
    if (bytes[place] === 0) hasEnded = true;
    else if (hasEnded) return false;
  }
  return bytes[start + commandOffset] !== 0;
}

/** When the process ended, in ms since the epoch: that is when its record was written. */
export function endOf(record: Buffer): number {
  const isBig = isBigEndian(record);
  const start = isBig ? record.readUInt32BE(startOffset) : record.readUInt32LE(startOffset);
  return start * 1000 + elapsedHundredths(record, isBig) * 10;
}

export const accountingLayout: RecordLayout = {
  recordBytes,
  isPlausible,
  timestampOf: (record) => (faultOf(record) === undefined ? endOf(record) : undefined),
};

/** Writes the lines of records. Keeps what many records share as bytes. */
export class RecordWriter {
  private readonly afterTime: Buffer;
  private readonly users = new Map<number, Buffer>();
  /** Those that were written and have no name. */
  readonly namelessUids = new Set<number>();
  private readonly ttys = new Map<number, Buffer>();
  private readonly flags = new Map<number, Buffer>();
  private time = Buffer.alloc(0);
  private timeSeconds = -1;

  constructor(hostname: string) {
    this.afterTime = Buffer.from(` ${hostname} acct: command=`);
  }

  private userText(uid: number): string {
    if (!hasName(uid)) this.namelessUids.add(uid);
    return ` uid=${uid} user=${userName(uid)} tty=`;
  }

  /** No line is longer. */
  get lineLimitBytes(): number {
    return this.afterTime.length + 320;
  }

  /** Writes the line of a record, with its newline. Gives where it ends. */
  write(record: Buffer, into: Buffer, start: number): number {
    const isBig = isBigEndian(record);
    const uid = isBig ? record.readUInt32BE(uidOffset) : record.readUInt32LE(uidOffset);
    const tty = isBig ? record.readUInt16BE(ttyOffset) : record.readUInt16LE(ttyOffset);
    const exit = isBig ? record.readUInt32BE(statusOffset) : record.readUInt32LE(statusOffset);
    const seconds = isBig ? record.readUInt32BE(startOffset) : record.readUInt32LE(startOffset);
    let end = start;
    const put = (bytes: Buffer): void => {
      // A loop beats set() and copy() for pieces as short as these.
      for (let index = 0; index < bytes.length; index++) into[end++] = bytes[index] ?? 0;
    };
    put(this.timeOf(seconds));
    put(this.afterTime);
    for (let index = commandOffset; index < recordBytes; index++) {
      const byte = record[index] ?? 0;
      if (byte === 0) break;
      put(commandTexts[byte] ?? commandTexts[0]!); // All 256 bytes have a text.
    }
    put(cached(this.users, uid, (key) => this.userText(key)));
    put(cached(this.ttys, tty, ttyName));
    put(cached(this.flags, record[0] ?? 0, flagsText));
    end = putNumber(into, end, exit >>> 8);
    put(elapsedText);
    const hundredths = elapsedHundredths(record, isBig);
    end = putNumber(into, end, Math.floor(hundredths / 100));
    into[end++] = 0x2e;
    into[end++] = 0x30 + (Math.floor(hundredths / 10) % 10);
    into[end++] = 0x30 + (hundredths % 10);
    into[end++] = 0x0a;
    return end;
  }

  private timeOf(seconds: number): Buffer {
    if (seconds !== this.timeSeconds) {
      this.time = Buffer.from(traditionalTime(seconds));
      this.timeSeconds = seconds;
    }
    return this.time;
  }
}

const elapsedText = Buffer.from(" elapsed=");

function isBigEndian(record: Buffer): boolean {
  return ((record[versionOffset] ?? 0) & bigEndianBit) !== 0;
}

function elapsedHundredths(record: Buffer, isBig: boolean): number {
  const elapsed = isBig ? record.readFloatBE(elapsedOffset) : record.readFloatLE(elapsedOffset);
  // A damaged record may hold anything: it is still a line.
  return Number.isFinite(elapsed) && elapsed > 0 ? Math.min(Math.floor(elapsed), Number.MAX_SAFE_INTEGER) : 0;
}

function cached(texts: Map<number, Buffer>, key: number, textOf: (key: number) => string): Buffer {
  let text = texts.get(key);
  if (text === undefined) texts.set(key, (text = Buffer.from(textOf(key))));
  return text;
}

/** The terminal of a device number, 16 bits: the major number in the upper half. */
function ttyName(device: number): string {
  const [major, minor] = [device >> 8, device & 0xff];
  if (device === 0) return "-";
  // Unix 98 terminals have eight major numbers of 256 each (devices.txt of Linux).
  if (major >= 136 && major <= 143) return `pts/${(major - 136) * 256 + minor}`;
  if (major === 4) return minor < 64 ? `tty${minor}` : `ttyS${minor - 64}`;
  return `${major}:${minor}`;
}

function flagsText(flags: number): string {
  const letters = flagLetters.filter(([bit]) => (flags & bit) !== 0).map(([, letter]) => letter);
  return ` flags=${letters.join("") || "-"} status=`;
}

function putNumber(into: Buffer, start: number, value: number): number {
  if (value < 10) {
    into[start] = 0x30 + value;
    return start + 1;
  }
  return start + into.write(String(value), start, "latin1");
}
