/**
 * The store: positions, unfinished report and spooled mails, stored together.
 * Promise: a commit happens whole or not at all, at the moment when the name `state.json` shows the new state;
 * whatever a crash leaves of an uncommitted commit is removed, and its lines are read again.
 */
import { join } from "node:path";
import { isTemporary, keepAs, placeFile } from "../std/atomic-file.js";
import type { Disk } from "../std/disk.js";
import type { Notice } from "../std/notice.js";
import type { Message } from "../outlets/mail/message.js";
import type { Position } from "../sources/source.js";
import { addReportFile, expireReportFiles, reportFilePath, type ReportFileLimits } from "./report-files.js";
import { commitNumberOf, layoutOf, type Layout } from "./layout.js";
import { newestStored, loadState, unfinishedPath, type LoadedState } from "./load.js";
import { Spool } from "./spool.js";
import { encodeState, seal } from "./state-file.js";
import type { State } from "./state.js";

export interface StoreLimits {
  /** Above it `isFull` says so, and the walk stops committing: nothing is dropped. */
  readonly spoolBytes: number;
  readonly reportFiles: ReportFileLimits;
}

export const defaultStoreLimits: StoreLimits = {
  spoolBytes: 512_000_000,
  reportFiles: { keptDays: 30, maxBytes: 2 ** 30 },
};

/** What one commit stores. */
export interface Commit {
  /** Of all sources: what is not named is forgotten. */
  readonly positions: Readonly<Record<string, Position>>;
  /** A report that the next commit or run goes on with. Left out: the report is finished. */
  readonly openReport?: Uint8Array;
  readonly messages: readonly Message[];
  /** Every line of a report that had to be cut: gzip, one or more members. */
  readonly reportFile?: Uint8Array;
  /** Left out: as before. */
  readonly lastSuccess?: Date;
  readonly toldNotices: Readonly<Record<string, string>>;
}

export interface OpenedStore {
  readonly store: Store;
  /** "lost": positions are gone though there were some; look back further than on a first run. */
  readonly origin: LoadedState["origin"];
  readonly notices: readonly Notice[];
}

/**
 * Opens the state directory, and makes it where there is none. The caller holds its lock.
 * Removes temporary files and what an uncommitted commit left. Throws a DiskError where the disk fails,
 * or where a name in the directory is not ours.
 */
export function openStore(
  stateDirectory: string,
  disk: Disk,
  now: Date,
  limits: StoreLimits = defaultStoreLimits,
): OpenedStore {
  const layout = layoutOf(stateDirectory);
  for (const directory of directoriesOf(layout)) disk.ensurePrivateDirectory(directory);
  const recalled = loadState(disk, layout);
  const notices = [...recalled.notices];
  const newest = newestStored(disk, layout);
  const { commitNumber } = recalled.state;
  let state = recalled.state;
  if (recalled.origin === "lost" || newest > commitNumber + 1) {
    // A run writes one commit at a time. What lies beyond the next one was committed: this state is an old one.
    state = { ...state, commitNumber: Math.max(commitNumber, newest) };
    if (newest > commitNumber + 1 && recalled.origin !== "lost")
      notices.push({
        where: layout.state,
        what: `is at commitNumber ${commitNumber}, the mails beside it at ${newest}: it comes from a backup`,
        done: "kept the mails, lines may be reported again",
      });
    removeLeftovers(disk, layout, Infinity);
  } else removeLeftovers(disk, layout, commitNumber);
  notices.push(...expireReportFiles(disk, layout, limits.reportFiles, now));
  return { store: new Store(disk, layout, limits, { ...recalled, state }), origin: recalled.origin, notices };
}

export class Store {
  readonly spool: Spool;
  readonly #disk: Disk;
  readonly #layout: Layout;
  readonly #limits: StoreLimits;
  #state: State;
  #openReport: Uint8Array | undefined;
  /** Whether the name `state.json` shows a whole state, fit to be kept as the one before. */
  #isStateFileWhole: boolean;

  constructor(disk: Disk, layout: Layout, limits: StoreLimits, recalled: LoadedState) {
    this.#disk = disk;
    this.#layout = layout;
    this.#limits = limits;
    this.#state = recalled.state;
    this.#openReport = recalled.openReport;
    this.#isStateFileWhole = recalled.origin === "current";
    this.spool = new Spool(disk, layout);
  }

  /** As last committed. */
  get state(): State {
    return this.#state;
  }

  /** The commit that the next commit makes: mails are composed with it. */
  get nextCommitNumber(): number {
    return this.#state.commitNumber + 1;
  }

  /** The unfinished report, there exactly when `state.hasOpenReport`. */
  openReport(): Uint8Array | undefined {
    return this.#openReport;
  }

  /** Where the next commit puts its report file: the report names it. */
  nextReportFilePath(now: Date): string {
    return reportFilePath(this.#layout, this.nextCommitNumber, now);
  }

  /** Whether the spool has reached its cap. */
  isFull(): boolean {
    return this.spool.sizeBytes() >= this.#limits.spoolBytes;
  }

  /**
   * Stores everything, the state last. Once it returns the commit is durable; when it throws (a DiskError), stop the run:
   * the next one finds the old state or the new one, and removes what is left of the other.
   */
  commit(next: Commit, now: Date): void {
    const { positions, openReport, messages, reportFile, lastSuccess, toldNotices } = next;
    const commitNumber = this.nextCommitNumber;
    const disk = this.#disk;
    this.spool.add(commitNumber, messages);
    if (reportFile) addReportFile(disk, this.nextReportFilePath(now), this.#layout, reportFile);
    if (openReport) {
      placeFile(disk, unfinishedPath(this.#layout, commitNumber), seal(openReport));
      disk.syncDirectory(this.#layout.unfinished);
    }
    const lastSuccessText = lastSuccess?.toISOString() ?? this.#state.lastSuccess;
    const state: State = {
      commitNumber,
      hostId: this.#state.hostId,
      positions,
      ...(lastSuccessText !== undefined && { lastSuccess: lastSuccessText }),
      hasOpenReport: openReport !== undefined,
      toldNotices,
    };
    if (this.#isStateFileWhole) keepAs(disk, this.#layout.state, this.#layout.previousState);
    placeFile(disk, this.#layout.state, encodeState(state));
    disk.syncDirectory(this.#layout.directory);
    this.#state = state;
    this.#openReport = openReport;
    this.#isStateFileWhole = true;
    this.#forgetUnfinishedBefore(commitNumber - 1);
  }

  /** The report of the commit before stays: `state.json.prev` goes with it. */
  #forgetUnfinishedBefore(commitNumber: number): void {
    for (const name of this.#disk.list(this.#layout.unfinished))
      if ((commitNumberOf(name) ?? Infinity) < commitNumber)
        this.#disk.unlink(join(this.#layout.unfinished, name));
  }
}

function directoriesOf({ directory, spool, failed, unfinished, full }: Layout): readonly string[] {
  return [directory, spool, failed, unfinished, full];
}

/** Removes temporary files, and all of commits that were never committed, durably: none may come back later. */
function removeLeftovers(disk: Disk, layout: Layout, committed: number): void {
  const { spool, full, unfinished } = layout;
  for (const place of directoriesOf(layout)) {
    const holdsCommits = place === spool || place === full || place === unfinished;
    const leftovers = disk
      .list(place)
      .filter((name) => isTemporary(name) || (holdsCommits && (commitNumberOf(name) ?? 0) > committed));
    for (const name of leftovers) disk.unlink(join(place, name));
    if (leftovers.length > 0) disk.syncDirectory(place);
  }
}
