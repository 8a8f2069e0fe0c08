/**
 * Condenses a journal's export (systemd's JOURNAL_EXPORT_FORMATS) to the fields that a line is made of.
 * Promise: whatever an entry holds, no more of it than the budget is kept, and what is left out is counted.
 */
import { Transform } from "node:stream";

/** The fields that a line is made of; a field may come more than once. */
const wanted: ReadonlySet<string> = new Set([
  "__CURSOR",
  "__REALTIME_TIMESTAMP",
  "_SOURCE_REALTIME_TIMESTAMP",
  "_HOSTNAME",
  "SYSLOG_IDENTIFIER",
  "_COMM",
  "_PID",
  "SYSLOG_PID",
  "MESSAGE",
]);

/** Stands for a field: how many bytes of the entry's wanted values were left out. No field of a journal has this name. */
export const leftOutField = "left out";

/** What is kept of one entry. journald takes fields of 768 MiB, and any number of them, from any user. */
export interface EntryBudget {
  /** Of its message; of each other field 4 KiB. */
  readonly bytes: number;
  /** Values of one field. */
  readonly pieces: number;
}

export const usualEntryBudget: EntryBudget = { bytes: 16 * 1024 * 1024, pieces: 64 };

/** The longest name above. A longer one is unwanted, so that no more of it needs to be kept. */
const longestNameBytes = Math.max(...[...wanted].map((name) => name.length));

/** Each field has a budget of its own: no message pushes the cursor or the host out. */
const headerBytes = 4096;

const [newline, equals] = [0x0a, 0x3d];
const escapedNewline = Buffer.from("\\x0a");

/**
 * The next bytes are: a field's name; the value of a text field, up to a newline; the 8 bytes of a binary field's
 * length; its value; the newline after it.
 */
type Expected = "name" | "text" | "length" | "binary" | "end of binary";

/**
 * In: an export. Out: its entries as lines "NAME=value", newlines of values written as `\x0a`, and an empty line after
 * each entry. Where something was left out, the entry's last line says how many bytes.
 */
export class CondensedExport extends Transform {
  private readonly budget: EntryBudget;
  private expected: Expected = "name";
  private name = "";
  private isNameTooLong = false;
  private isWanted = false;
  private isKept = false;
  private lengthBytesSeen = 0;
  private valueBytesLeft = 0n;
  private readonly length = Buffer.alloc(8);
  private readonly keptBytes = new Map<string, number>();
  private readonly pieces = new Map<string, number>();
  private leftOutBytes = 0;
  private isEntryBegun = false;
  private out: Buffer[] = [];

  constructor(budget: EntryBudget = usualEntryBudget) {
    super();
    this.budget = budget;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    for (let start = 0; start < chunk.length;) start = this.takePiece(chunk, start);
    const out = Buffer.concat(this.out);
    this.out = [];
    if (out.length > 0) this.push(out);
    done();
  }

  /** Takes the next piece of the chunk. Gives where the one after it begins. */
  private takePiece(chunk: Buffer, start: number): number {
    switch (this.expected) {
      case "name":
        return this.takeName(chunk, start);
      case "text":
        return this.takeText(chunk, start);
      case "length":
        return this.takeLength(chunk, start);
      case "binary":
        return this.takeBinary(chunk, start);
      case "end of binary":
        this.endField();
        return start + 1;
    }
  }

  private takeName(chunk: Buffer, start: number): number {
    let end = start;
    while (end < chunk.length && chunk[end] !== newline && chunk[end] !== equals) end++;
    if (this.name.length <= longestNameBytes)
      this.name += chunk.toString("latin1", start, Math.min(end, start + longestNameBytes + 1));
    else this.isNameTooLong = true;
    if (end === chunk.length) return end;
    if (chunk[end] === equals) this.beginValue("text");
    else if (this.name !== "") {
      this.beginValue("length");
      this.lengthBytesSeen = 0;
    } else this.endEntry();
    return end + 1;
  }

  private beginValue(expected: Expected): void {
    this.expected = expected;
    this.isEntryBegun = true;
    this.isWanted = !this.isNameTooLong && wanted.has(this.name);
    if (!this.isWanted) return;
    const pieces = (this.pieces.get(this.name) ?? 0) + 1;
    this.pieces.set(this.name, pieces);
    this.isKept = pieces <= this.budget.pieces;
    if (this.isKept) this.out.push(Buffer.from(`${this.name}=`, "latin1"));
  }

  private takeText(chunk: Buffer, start: number): number {
    const found = chunk.indexOf(newline, start);
    const end = found === -1 ? chunk.length : found;
    this.takeValue(chunk.subarray(start, end));
    if (found === -1) return end;
    this.endField();
    return end + 1;
  }

  private takeLength(chunk: Buffer, start: number): number {
    const count = Math.min(this.length.length - this.lengthBytesSeen, chunk.length - start);
    chunk.copy(this.length, this.lengthBytesSeen, start, start + count);
    this.lengthBytesSeen += count;
    if (this.lengthBytesSeen === this.length.length) {
      this.valueBytesLeft = this.length.readBigUInt64LE();
      this.expected = this.valueBytesLeft > 0n ? "binary" : "end of binary";
    }
    return start + count;
  }

  private takeBinary(chunk: Buffer, start: number): number {
    const available = chunk.length - start;
    const count = this.valueBytesLeft < BigInt(available) ? Number(this.valueBytesLeft) : available;
    this.takeValue(chunk.subarray(start, start + count));
    this.valueBytesLeft -= BigInt(count);
    if (this.valueBytesLeft === 0n) this.expected = "end of binary";
    return start + count;
  }

  /** Keeps as much of a value as the budget allows. What is unwanted counts for nothing: no line would show it. */
  private takeValue(value: Buffer): void {
    if (!this.isWanted) return;
    const keptBytes = this.keptBytes.get(this.name) ?? 0;
    const limit = this.name === "MESSAGE" ? this.budget.bytes : headerBytes;
    const room = this.isKept ? Math.max(0, limit - keptBytes) : 0;
    const written = escapedUpTo(value.subarray(0, room), room);
    this.keptBytes.set(this.name, keptBytes + written.bytes.length);
    this.leftOutBytes += value.length - written.takenBytes;
    this.out.push(written.bytes);
  }

  private endField(): void {
    if (this.isKept) this.out.push(Buffer.from("\n"));
    this.name = "";
    this.isNameTooLong = false;
    this.isWanted = false;
    this.isKept = false;
    this.expected = "name";
  }

  private endEntry(): void {
    if (!this.isEntryBegun) return;
    const leftOut = this.leftOutBytes > 0 ? `${leftOutField}=${this.leftOutBytes}\n` : "";
    this.out.push(Buffer.from(`${leftOut}\n`));
    this.keptBytes.clear();
    this.pieces.clear();
    this.leftOutBytes = 0;
    this.isEntryBegun = false;
  }
}

/** The value with its newlines escaped, as far as it has room, and how many of its bytes that is. */
function escapedUpTo(
  value: Buffer,
  roomBytes: number,
): { readonly bytes: Buffer; readonly takenBytes: number } {
  if (!value.includes(newline)) return { bytes: value, takenBytes: value.length };
  const bytes = Buffer.alloc(Math.min(roomBytes, escapedNewline.length * value.length));
  let [end, takenBytes] = [0, 0];
  for (const byte of value) {
    const isNewline = byte === newline;
    if (end + (isNewline ? escapedNewline.length : 1) > bytes.length) break;
    if (isNewline) end += escapedNewline.copy(bytes, end);
    else bytes[end++] = byte;
    takenBytes++;
  }
  return { bytes: bytes.subarray(0, end), takenBytes };
}
