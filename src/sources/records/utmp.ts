/**
 * Logins as a source: each record of wtmp or btmp (utmp(5)) is a line for the rules.
 * Promise: one record is one line, whatever its texts hold; a name that no account has is not shown.
 */
import { basename } from "node:path";
import { traditionalTime } from "../../entry/traditional-time.js";
import type { Notice } from "../../std/notice.js";
import type { Source } from "../source.js";
import { addressText } from "./address-text.js";
import { fieldText } from "../../std/text/field-text.js";
import { recordFile, type RecordFileSettings, type RecordKind, type RecordLines } from "./record-file.js";
import { isUserName } from "./users.js";
import { utmpLayouts, type UtmpLayout, type UtmpRecord } from "./utmp-layout.js";

export interface UtmpSettings extends RecordFileSettings {
  /** Whether names are shown that no account of this host has. They may be passwords. */
  readonly showsUnknownUsers: boolean;
}

/** The source of one file such as /var/log/wtmp, and what it was rotated to. One named btmp… holds failed logins. */
export function utmpFile(path: string, { showsUnknownUsers, ...settings }: UtmpSettings): Source {
  const { hostname } = settings.context;
  return recordFile(path, settings, loginRecords(path, hostname, showsUnknownUsers));
}

/** What its records are. */
export function loginRecords(
  path: string,
  hostname: string,
  showsUnknownUsers: boolean,
): RecordKind<UtmpLayout> {
  const isFailures = basename(path).startsWith("btmp");
  return {
    kind: "wtmp",
    layouts: utmpLayouts,
    makeLines: () => new UtmpLines(hostname, isFailures, showsUnknownUsers),
  };
}

const [runLevel, loginProcess, userProcess] = [1, 6, 7];

/** By their numbers in utmp(5). */
const events = ["empty", "runlevel", "boot", "new-time", "old-time", "init", "getty", "login", "logout"];

/** What stands in the place of a name that is not shown. */
const unknownUser = "UNKNOWN";

/** Of all that is not of the record: its words and numbers. */
const frameBytes = 160;
/** Texts of 320 bytes, each escaped. */
const textsLimitBytes = 4 * 320;

class UtmpLines implements RecordLines<UtmpLayout> {
  readonly lineLimitBytes: number;
  private readonly isFailures: boolean;
  private readonly afterTime: string;
  private readonly showsUnknownUsers: boolean;

  constructor(hostname: string, isFailures: boolean, showsUnknownUsers: boolean) {
    this.isFailures = isFailures;
    this.showsUnknownUsers = showsUnknownUsers;
    this.afterTime = ` ${hostname} ${isFailures ? "btmp" : "wtmp"}: `;
    this.lineLimitBytes = this.afterTime.length + frameBytes + textsLimitBytes;
  }

  write(record: Buffer, layout: UtmpLayout, into: Buffer, start: number): number {
    const parsed = layout.parse(record);
    const { line, host, address, processId, epochSeconds } = parsed;
    const event = this.eventOf(parsed);
    const text =
      `${traditionalTime(epochSeconds)}${this.afterTime}${event} user=${this.userOf(parsed)} ` +
      `line=${fieldText(line)} host=${fieldText(host)} address=${addressText(address) ?? "-"} pid=${processId}\n`;
    if (start + text.length > into.length) throw new Error("bug: a record's line is longer than its room");
    return start + into.write(text, start, "latin1");
  }

  notices(): readonly Notice[] {
    return [];
  }

  private eventOf({ type, user }: UtmpRecord): string {
    // sshd and login write a failure as a process that waits for a login.
    if (this.isFailures && (type === loginProcess || type === userProcess)) return "failed";
    if (type === runLevel && user === "shutdown") return "shutdown";
    return events[type] ?? `type-${type}`;
  }

  private userOf({ user }: UtmpRecord): string {
    const isHidden = this.isFailures && !this.showsUnknownUsers && user !== "" && !isUserName(user);
    return isHidden ? unknownUser : fieldText(user);
  }
}
