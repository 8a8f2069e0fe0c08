/**
 * The report files: every line of a report that had to be cut for the mail, and the whole report as text and as a page,
 * kept compressed on this machine.
 * Promise: none goes before its time in silence.
 */
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { placeFile } from "../std/atomic-file.js";
import type { Disk } from "../std/disk.js";
import type { Notice } from "../std/notice.js";
import { commitOfReportFile, commitPrefix, type Layout } from "./layout.js";

export interface ReportFileLimits {
  /** Older ones are deleted. */
  readonly keptDays: number;
  /** Above it the oldest are deleted before their time, with a notice. */
  readonly maxBytes: number;
}

/** A whole report, in the forms in which it can be read later. */
export interface WholeReport {
  /** Four to twelve hexadecimal digits, as the mail names it. */
  readonly id: string;
  readonly forms: Readonly<Partial<Record<ReportForm, Uint8Array>>>;
}

/** "page" is what a terminal of any width can be shown. */
export type ReportForm = "txt" | "html" | "page";

/** The name carries the date: what a backup brings back keeps its age. */
export function reportFilePath(layout: Layout, commitNumber: number, now: Date): string {
  return `${pathOf(layout, commitNumber, now)}.log.gz`;
}

function pathOf(layout: Layout, commitNumber: number, now: Date): string {
  return join(layout.full, `${commitPrefix(commitNumber)}-${now.toISOString().slice(0, 10)}`);
}

/** Stores a commit's whole report. Durable when it returns. */
export function addWholeReport(
  disk: Disk,
  layout: Layout,
  commitNumber: number,
  now: Date,
  { id, forms }: WholeReport,
): void {
  for (const [form, bytes] of Object.entries(forms))
    placeFile(disk, `${pathOf(layout, commitNumber, now)}.${id}.${form}.gz`, gzipSync(bytes));
  disk.syncDirectory(layout.full);
}

/** A whole report in its forms, each of which is read when it is asked for. */
export interface KeptReport {
  readonly id: string;
  /**
   * Undefined: it is not kept in this form. Throws where the file is damaged, and a DiskError where it cannot be read.
   */
  readonly read: (form: ReportForm) => Uint8Array | undefined;
}

/** The newest whole report that has this id, or that begins so; without one the newest of all. Undefined: there is none. */
export function wholeReport(disk: Disk, layout: Layout, idStart: string): KeptReport | undefined {
  const names = disk.list(layout.full).filter((name) => commitOfReportFile(name) !== undefined);
  const [, stem, id] =
    names
      .toSorted()
      .map((name) => /^([^.]+)\.([0-9a-f]+)\.[a-z]+\.gz$/.exec(name) ?? [])
      .findLast(([, , each]) => each?.startsWith(idStart)) ?? [];
  if (stem === undefined || id === undefined) return undefined;
  return {
    id,
    read(form) {
      const name = `${stem}.${id}.${form}.gz`;
      const bytes = names.includes(name) ? disk.read(join(layout.full, name)) : undefined;
      return bytes && gunzipSync(bytes);
    },
  };
}

/** Stores a commit's report file, one or more gzip members. Durable when it returns. */
export function addReportFile(disk: Disk, path: string, layout: Layout, gzip: Uint8Array): void {
  placeFile(disk, path, gzip);
  disk.syncDirectory(layout.full);
}

/** Deletes what is too old, and the oldest of what is too much; the newest always stays. */
export function expireReportFiles(
  disk: Disk,
  layout: Layout,
  limits: ReportFileLimits,
  now: Date,
): readonly Notice[] {
  const notices: Notice[] = [];
  const sets = disk
    .list(layout.full)
    .filter((name) => commitOfReportFile(name) !== undefined)
    .map((name) => ({
      path: join(layout.full, name),
      sizeBytes: disk.sizeBytes(join(layout.full, name)),
      name,
    }));
  let totalBytes = sets.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  for (const { path, sizeBytes, name } of sets.slice(0, -1)) {
    const writtenOn = Date.parse(/-(\d{4}-\d\d-\d\d)\./.exec(name)?.[1] ?? "");
    const isOld = now.getTime() - writtenOn > (limits.keptDays + 1) * 86_400_000;
    const isTooMuch = totalBytes > limits.maxBytes;
    if (!isOld && !isTooMuch) continue;
    disk.unlink(path);
    totalBytes -= sizeBytes;
    if (!isOld)
      notices.push({
        where: path,
        what: `the report files take more than ${limits.maxBytes} bytes`,
        done: "deleted this one, the oldest",
      });
  }
  return notices;
}
