/**
 * A report in logcheck's place that is not finished yet, as it is stored between two commits of a run.
 * Promise: what one run began and could not finish, the next one reports, also where it cannot be understood whole.
 */
import { salvageLines, salvageNotices } from "../report/salvage.js";
import { hasFields, isListOf, isRecordOf, isString } from "../std/json-shape.js";
import { isNotice, type Notice } from "../std/notice.js";
import type { Store } from "../store/store.js";
import { unknownReportNotice, type Stored } from "../store/stored.js";

/** Plain JSON. */
export interface OpenLogcheckReport {
  /** Lines by log, in order, without their newlines; bytes as latin1. */
  readonly lines: Readonly<Record<string, readonly string[]>>;
  readonly notices: readonly Notice[];
}

const kind = "logcheck report";
/** Version 1 had neither kind nor version, and the same content. */
const version = 2;

export function encodeOpenReport(data: OpenLogcheckReport): Stored {
  return { kind, version, data };
}

const isOpenReport = hasFields<OpenLogcheckReport>({
  lines: isRecordOf(isListOf(isString)),
  notices: isListOf(isNotice),
});

/** The report that an earlier run began. Of one that cannot be understood, what can be shown is shown, and it is kept. */
export function takeUpReport(store: Store): OpenLogcheckReport {
  const stored = store.openReport();
  if (stored === undefined) return { lines: {}, notices: [] };
  const isKnown =
    stored.kind === "" ? stored.version === 1 : stored.kind === kind && stored.version === version;
  if (isKnown && isOpenReport(stored.data)) return stored.data;
  const found = salvageLines(stored.data);
  const lines = new Map<string, string[]>();
  for (const { source, line } of found) {
    const ofSource = lines.get(source) ?? [];
    lines.set(source, ofSource);
    ofSource.push(line);
  }
  const notice = unknownReportNotice("unfinished report", stored, found.length, store.keepOpenReport());
  return { lines: Object.fromEntries(lines), notices: [...salvageNotices(stored.data), notice] };
}
