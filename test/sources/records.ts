/** Makes records of process accounting. Promise: laid out as acct(5) says, whatever the code under test believes. */
import { traditionalTime } from "../../src/entry/traditional-time.js";

export interface RecordFields {
  readonly command: string;
  readonly pid?: number;
  readonly uid?: number;
  readonly tty?: number;
  readonly flags?: number;
  readonly exit?: number;
  readonly startSeconds?: number;
  readonly elapsedTicks?: number;
  readonly version?: number;
  readonly isBigEndian?: boolean;
}

const noonSeconds = Date.parse("2026-11-22T12:00:00Z") / 1000;

/** The 64 bytes of a record; each character of the command is one byte. */
export function recordOf(fields: RecordFields): Buffer {
  const record = Buffer.alloc(64);
  const isBig = fields.isBigEndian ?? false;
  const put32 = (value: number, offset: number) =>
    isBig ? record.writeUInt32BE(value, offset) : record.writeUInt32LE(value, offset);
  record[0] = fields.flags ?? 0;
  record[1] = (fields.version ?? 3) | (isBig ? 0x80 : 0);
  if (isBig) record.writeUInt16BE(fields.tty ?? 0, 2);
  else record.writeUInt16LE(fields.tty ?? 0, 2);
  put32(fields.exit ?? 0, 4);
  put32(fields.uid ?? 0, 8);
  put32(fields.pid ?? 1, 16);
  put32(fields.startSeconds ?? noonSeconds, 24);
  if (isBig) record.writeFloatBE(fields.elapsedTicks ?? 0, 28);
  else record.writeFloatLE(fields.elapsedTicks ?? 0, 28);
  record.write(fields.command.slice(0, 16), 48, "latin1");
  return record;
}

/** The line of a record that root's program of a plain name made, if nothing else is said. */
export function lineOf(fields: RecordFields, host = "web1"): string {
  const time = traditionalTime(fields.startSeconds ?? noonSeconds);
  return `${time} ${host} acct: command=${fields.command} uid=0 user=root tty=- flags=- status=0 elapsed=0.00\n`;
}
