/** Makes records of wtmp and btmp. Promise: laid out as utmp(5) says, whatever the code under test believes. */
import { traditionalTime } from "../../src/entry/traditional-time.js";

export interface LoginFields {
  readonly type?: number;
  readonly pid?: number;
  readonly line?: string;
  readonly user?: string;
  readonly host?: string;
  /** 4 or 16 bytes. */
  readonly address?: readonly number[];
  readonly seconds?: number;
  readonly microseconds?: number;
}

/** As glibc has it on amd64 and arm, and as it has it on arm64. */
export interface LoginLayout {
  readonly isLong: boolean;
  readonly isBig: boolean;
}

export const amd64: LoginLayout = { isLong: false, isBig: false };

export const layouts: readonly LoginLayout[] = [
  amd64,
  { isLong: true, isBig: false },
  { isLong: false, isBig: true },
  { isLong: true, isBig: true },
];

export const noonSeconds = Date.parse("2026-11-22T12:00:00Z") / 1000;

/** A record; each character of its texts is one byte. Without fields: alice's login at noon. */
export function loginRecord(fields: LoginFields = {}, { isLong, isBig }: LoginLayout = amd64): Buffer {
  const record = Buffer.alloc(isLong ? 400 : 384);
  const put16 = (value: number, offset: number) =>
    isBig ? record.writeInt16BE(value, offset) : record.writeInt16LE(value, offset);
  const put32 = (value: number, offset: number) =>
    isBig ? record.writeUInt32BE(value, offset) : record.writeUInt32LE(value, offset);
  const put64 = (value: number, offset: number) =>
    isBig ? record.writeBigInt64BE(BigInt(value), offset) : record.writeBigInt64LE(BigInt(value), offset);
  const { line = "pts/0", user = "alice", seconds = noonSeconds, microseconds = 0 } = fields;
  put16(fields.type ?? 7, 0);
  put32(fields.pid ?? 42, 4);
  record.write(line.slice(0, 32), 8, "latin1");
  record.write(line.replace(/^\D*/, "").slice(0, 4), 40, "latin1");
  record.write(user.slice(0, 32), 44, "latin1");
  record.write((fields.host ?? "").slice(0, 256), 76, "latin1");
  if (isLong) {
    put64(seconds, 344);
    put64(microseconds, 352);
  } else {
    put32(seconds, 340);
    put32(microseconds, 344);
  }
  record.set(fields.address ?? [], isLong ? 360 : 348);
  return record;
}

/** The line of a login of plain texts, if nothing else is said. */
export function loginLine(fields: LoginFields = {}, event = "login", program = "wtmp"): string {
  const { seconds = noonSeconds, user = "alice", line = "pts/0", host = "", address, pid = 42 } = fields;
  const shown = {
    user: user || "-",
    line: line || "-",
    host: host || "-",
    address: address?.join(".") ?? "-",
  };
  return (
    `${traditionalTime(seconds)} web1 ${program}: ${event} user=${shown.user} line=${shown.line} ` +
    `host=${shown.host} address=${shown.address} pid=${pid}\n`
  );
}
