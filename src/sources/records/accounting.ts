/**
 * Process accounting as a source: each record of a pacct file is a line for the rules.
 * Promise: a record that cannot be read is counted in a notice.
 */
import type { Notice } from "../../std/notice.js";
import type { Source } from "../source.js";
import { accountingLayout, faultOf, RecordWriter } from "./accounting-record.js";
import { recordFile, type RecordFileSettings, type RecordKind, type RecordLines } from "./record-file.js";
import type { RecordLayout } from "./record-framing.js";

/** The source of one accounting file, such as /var/log/account/pacct, and what it was rotated to. */
export function accountingFile(path: string, settings: RecordFileSettings): Source {
  return recordFile(path, settings, accountingRecords(path, settings.context.hostname));
}

/** What its records are. */
export function accountingRecords(path: string, hostname: string): RecordKind<RecordLayout> {
  return {
    kind: "pacct",
    layouts: [accountingLayout],
    makeLines: () => new AccountingLines(path, hostname),
  };
}

/** A container may run as any uid: so many are named. */
const mostNamedUids = 20;

class AccountingLines implements RecordLines<RecordLayout> {
  readonly lineLimitBytes: number;
  private readonly path: string;
  private readonly writer: RecordWriter;
  private readonly faults = new Map<string, number>();

  constructor(path: string, hostname: string) {
    this.path = path;
    this.writer = new RecordWriter(hostname);
    this.lineLimitBytes = this.writer.lineLimitBytes;
  }

  write(record: Buffer, _layout: RecordLayout, into: Buffer, start: number): number {
    const fault = faultOf(record);
    if (fault === undefined) return this.writer.write(record, into, start);
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
    return start;
  }

  notices(): readonly Notice[] {
    const faults: Notice[] = [...this.faults].map(([what, count]) => ({
      where: this.path,
      what,
      done: `${count} records of 64 bytes left out`,
      isEvent: true as const,
    }));
    const uids = [...this.writer.namelessUids].sort((one, other) => one - other);
    const nameless: Notice[] = uids.slice(0, mostNamedUids).map((uid) => ({
      where: this.path,
      what: `uid ${uid} has no name`,
      done: `its commands are held against acct.d/${uid}`,
    }));
    if (uids.length > mostNamedUids)
      nameless.push({ where: this.path, what: "more uids have no name", done: "held against acct.d/UID" });
    return [...faults, ...nameless];
  }
}
