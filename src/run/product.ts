/**
 * The contract of a product: what is asked of the lines that a run reads, and what is made of them.
 * Promise: a product knows nothing of locks, commits and deliveries, and the run nothing of rules and reports.
 */
import type { ToldNotices } from "../memory/told-notices.js";
import type { Classifier } from "../rules/classify/classifier.js";
import type { LedgerRow } from "../report/document.js";
import type { Position, Source } from "../sources/source.js";
import type { ArchivedLines } from "../store/archive-file.js";
import type { WholeReport } from "../store/report-files.js";
import type { OpenedStore } from "../store/store.js";
import type { Stored } from "../store/stored.js";
import type { Notice } from "../std/notice.js";
import type { Words } from "../std/text/byte-string.js";

/** What earlier runs left. */
export type Memory = Pick<OpenedStore, "store" | "origin">;

/** Made once; a run that follows its sources keeps it. */
export interface Prepared<Verdict, Report> {
  readonly classifier: Classifier<Verdict>;
  /** Begins a pass over the sources. What is wrong with one of them is a notice in the report, never an error. */
  begin(memory: Memory): Promise<Pass<Verdict, Report>>;
}

/** One pass: what is read now, and where it is gathered. */
export interface Pass<Verdict, Report> {
  readonly sources: readonly Source[];
  /** Positions that are taken over from elsewhere, for sources that have none in the state. */
  readonly positions?: Readonly<Record<string, Position>>;
  readonly collector: Collector<Verdict, Report>;
  /** The keys of the paths and globs that the sources were looked for by. */
  readonly settings?: readonly string[];
}

/** A line that is selected. The bytes are the chunk's: they change with the next one. */
export interface SelectedLine<Verdict> {
  /** The name and the kind of its source. */
  readonly source: string;
  readonly sourceKind: string;
  /** With its newline, if it has one. */
  readonly bytes: Uint8Array;
  /** More than `bytes` has when the line was cut. */
  readonly trueLengthBytes: number;
  /** The NUL bytes that stood before it, in neither `bytes` nor the length. Left out: none. */
  readonly leadingNulBytes?: number;
  /** What the rules read in its place. Left out: they read it as it is. */
  readonly readAs?: Uint8Array;
  readonly verdict: Verdict;
}

/** Where the selected lines of a run are gathered. */
export interface Collector<Verdict, Report> {
  /**
   * "reported": the line's text will be in the report. "counted": the report has only its number, the report file the
   * line. "duplicate": the report tells of its event by a line of another source. "ignored": it was selected to be looked
   * at, and its rule drops it. A line that its own verdict ignores may be told all the same.
   */
  accept(line: SelectedLine<Verdict>): "reported" | "counted" | "duplicate" | "ignored";
  /**
   * Called once, after everything was read: a look at what stood around the lines that were told. Takes the sources and
   * where each was left before the run. Bounded, and never throws for what a source gets wrong. Left out: nobody looks.
   */
  lookAround?(sources: readonly Source[], from: Readonly<Record<string, Position>>): Promise<void>;
  /**
   * What is to be remembered from now on beside the report, by name: what changed since the run began. It is stored in
   * the commit of the report. `isLast`: the report is finished. Left out: nothing is.
   */
  toRemember?(isLast: boolean): Readonly<Record<string, Stored>>;
  /**
   * What the archive is to have of the lines that were told since the last call; asked for after each commit. Left out:
   * the product archives nothing.
   */
  takeTold?(): ArchivedLines;
  /** What is to be stored of a report that goes on. */
  checkpoint(progress: Progress<Verdict>): Stored;
  finish(progress: Progress<Verdict>, ending: Ending): Finished<Report> | Promise<Finished<Report>>;
}

/** What has been read since the run began. */
export interface Progress<Verdict> {
  /** Of all sources, also of those that were not read. */
  readonly positions: Readonly<Record<string, Position>>;
  readonly ledger: readonly LedgerRow[];
  /** Lines by verdict. */
  readonly counts: ReadonlyMap<Verdict, number>;
  /** What the sources noticed. */
  readonly notices: readonly Notice[];
  /** The sources that could not be read to their ends. */
  readonly failed: readonly string[];
  /** The report files of this run so far: the counted lines, as paths. */
  readonly reportFiles: readonly string[];
}

/** What a report must know of the run that it ends. */
export interface Ending {
  /** What the run itself noticed: about the store, then about refused deliveries. */
  readonly notices: readonly Notice[];
  readonly toldNotices: ToldNotices;
  /** Where the lines go that the report counts. It is among `progress.reportFiles` if lines are in it already. */
  readonly reportFile: string;
  readonly now: Date;
}

export interface Finished<Report> {
  /** Left out: there is nothing worth saying yet. */
  readonly report?: Report;
  /** Without a report: what the next run goes on with, stored as an unfinished report is. Left out: nothing waits. */
  readonly waiting?: Stored;
  /** That it waits, and until when, in words. */
  readonly waits?: Words;
  /** With a report: it goes once the time for the digest has come. */
  readonly isDigest?: true;
  /** The notices that the report tells. */
  readonly told: readonly Notice[];
  /** Lines that found no room in the report, without their newlines: they go to the report file. */
  readonly counted: readonly Uint8Array[];
  /** Makes what is to be read later. Left out: there is nothing worth saying, or the product keeps none. */
  readonly whole?: () => WholeReport;
}
