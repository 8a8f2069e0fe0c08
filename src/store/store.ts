/**
 * The store: positions, unfinished report and spooled mails, stored together.
 * Promise: a commit happens whole or not at all, at the moment when the name `state.json` shows the new state;
 * whatever a crash leaves of an uncommitted commit is removed, and its lines are read again.
 */
import { join } from "node:path";
import { keepAs, placeFile } from "../std/atomic-file.js";
import { DiskError, type Disk } from "../std/disk.js";
import type { Notice } from "../std/notice.js";
import type { Position } from "../sources/source.js";
import { addToArchive, usualArchiveLimits, type ArchiveLimits } from "./archive.js";
import type { ArchivedLines } from "./archive-file.js";
import {
  addReportFile,
  addWholeReport,
  expireReportFiles,
  reportFilePath,
  type ReportFileLimits,
  type WholeReport,
} from "./report-files.js";
import { commitOfUnfinished, keptName, layoutOf, type Layout } from "./layout.js";
import { keepUnusable, removeLeftovers } from "./leftovers.js";
import { newestStored, loadState, unfinishedPath, type LoadedState } from "./load.js";
import { forgetMemory, placeMemory, readMemory, type MemoryRead } from "./memory-files.js";
import type { Payload } from "./spool/payload.js";
import { Spool } from "./spool/spool.js";
import { encodeState, seal } from "./state-file.js";
import type { State } from "./state.js";
import { encodeStored, type Stored } from "./stored.js";

export interface StoreLimits {
  /** Above it `isFull` says so, and runs read nothing more: nothing is dropped. */
  readonly spoolBytes: number;
  readonly reportFiles: ReportFileLimits;
  readonly archive: ArchiveLimits;
}

export const defaultStoreLimits: StoreLimits = {
  spoolBytes: 512_000_000,
  reportFiles: { keptDays: 30, maxBytes: 2 ** 30 },
  archive: usualArchiveLimits,
};

/** What one commit stores. */
export interface Commit {
  /** Of all sources: what is not named is forgotten. */
  readonly positions: Readonly<Record<string, Position>>;
  /** A report that the next commit or run goes on with, or that waits. Left out: the report is finished. */
  readonly openReport?: Stored;
  readonly payloads: readonly Payload[];
  /** Every line of a report that had to be cut: gzip, one or more members. */
  readonly reportFile?: Uint8Array;
  /** To be read later, by its id. */
  readonly wholeReport?: WholeReport;
  /** Left out: as before. */
  readonly lastSuccess?: Date;
  /** Left out: as before. */
  readonly lastDigest?: Date;
  readonly toldNotices: Readonly<Record<string, string>>;
  /** What is remembered anew, by name, such as the keys that are first seen in the report. What is not named is remembered as before. */
  readonly memory?: Readonly<Record<string, Stored>>;
  /** The sources that could not be read to their ends. Left out: as before. */
  readonly failedSources?: readonly string[];
  /** When each path or glob was first run to its end, ISO 8601. Left out: as before. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** What a run needs of the place where it keeps things. */
export interface Store {
  /** As last committed. */
  readonly state: State;
  /** The number that the next commit gets: payloads are rendered with it. */
  readonly nextCommitNumber: number;
  readonly spool: Spool;
  /** Whether `commit` refuses, so that nothing may be delivered either: a dry run. */
  readonly isReadOnly: boolean;
  /** What was remembered under a name, read from the disk. */
  memory(name: string): MemoryRead;
  /** The unfinished report, there exactly when `state.hasOpenReport`. */
  openReport(): Stored | undefined;
  /** Keeps the file of the unfinished report, which nobody understands, beyond the next commit. Out: the path it is kept as. */
  keepOpenReport(): string;
  /** Where the next commit puts its report file: the report names it. */
  nextReportFilePath(now: Date): string;
  /** Whether the spool has reached its cap. */
  isFull(): boolean;
  /**
   * Stores everything, the state last. Once it returns true the commit is durable; false: a read-only store refused.
   * When it throws (a DiskError), stop the run: the next one finds the old state or the new one, and removes what is
   * left of the other.
   */
  commit(next: Commit, now: Date): boolean;
  /**
   * Archives lines of the last commit, and deletes what the archive has too much of. Not part of the commit, and after it:
   * nothing that goes wrong with it may hold a report back. Out: what went wrong, if something did.
   */
  archive(lines: ArchivedLines, now: Date): Notice | undefined;
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
  const loaded = loadState(disk, layout);
  const notices = loaded.notices.map((notice) => keepUnusable(disk, layout, loaded.unusable, notice));
  const newest = newestStored(disk, layout);
  const { commitNumber } = loaded.state;
  let state = loaded.state;
  if (loaded.origin === "lost" || newest > commitNumber + 1) {
    // A run writes one commit at a time. What lies beyond the next one was committed: this state is an old one.
    state = { ...state, commitNumber: Math.max(commitNumber, newest) };
    if (newest > commitNumber + 1 && loaded.origin !== "lost")
      notices.push({
        where: layout.state,
        what: `is at commit ${commitNumber}, the mails beside it at ${newest}: it comes from a backup`,
        done: "kept the mails, lines may be reported again",
      });
    removeLeftovers(disk, layout, Infinity);
  } else removeLeftovers(disk, layout, commitNumber);
  notices.push(...expireReportFiles(disk, layout, limits.reportFiles, now));
  return { store: new DiskStore(disk, layout, limits, { ...loaded, state }), origin: loaded.origin, notices };
}

class DiskStore implements Store {
  readonly isReadOnly = false;
  readonly spool: Spool;
  readonly #disk: Disk;
  readonly #layout: Layout;
  readonly #limits: StoreLimits;
  #state: State;
  #openReport: Stored | undefined;
  readonly #openReportPath: string | undefined;
  /** Whether the name `state.json` shows a whole state, fit to be kept as the one before. */
  #isStateFileWhole: boolean;

  constructor(disk: Disk, layout: Layout, limits: StoreLimits, loaded: LoadedState) {
    this.#disk = disk;
    this.#layout = layout;
    this.#limits = limits;
    this.#state = loaded.state;
    this.#openReport = loaded.openReport;
    this.#openReportPath = loaded.openReportPath;
    this.#isStateFileWhole = loaded.origin === "current";
    this.spool = new Spool(disk, layout);
  }

  get state(): State {
    return this.#state;
  }

  memory(name: string): MemoryRead {
    return readMemory(this.#disk, this.#layout, name, this.#state.memory?.[name]);
  }

  get nextCommitNumber(): number {
    return this.#state.commitNumber + 1;
  }

  openReport(): Stored | undefined {
    return this.#openReport;
  }

  keepOpenReport(): string {
    if (this.#openReportPath === undefined) throw new Error("bug: there is no unfinished report");
    const path = keptName(this.#openReportPath);
    keepAs(this.#disk, this.#openReportPath, path);
    this.#disk.syncDirectory(this.#layout.unfinished);
    return path;
  }

  nextReportFilePath(now: Date): string {
    return reportFilePath(this.#layout, this.nextCommitNumber, now);
  }

  isFull(): boolean {
    return this.spool.sizeBytes() >= this.#limits.spoolBytes;
  }

  commit(next: Commit, now: Date): boolean {
    const { positions, openReport, payloads, reportFile, lastSuccess, toldNotices, failedSources } = next;
    const settings = next.settings ?? this.#state.settings;
    const commitNumber = this.nextCommitNumber;
    const disk = this.#disk;
    const before = this.#state;
    this.spool.add(commitNumber, payloads);
    if (reportFile) addReportFile(disk, this.nextReportFilePath(now), this.#layout, reportFile);
    if (next.wholeReport) addWholeReport(disk, this.#layout, commitNumber, now, next.wholeReport);
    if (openReport) {
      placeFile(disk, unfinishedPath(this.#layout, commitNumber), seal(encodeStored(openReport)));
      disk.syncDirectory(this.#layout.unfinished);
    }
    const memory = placeMemory(disk, this.#layout, commitNumber, next.memory ?? {}, this.#state.memory);
    const lastDigest = next.lastDigest?.toISOString() ?? this.#state.lastDigest;
    const lastSuccessText = lastSuccess?.toISOString() ?? this.#state.lastSuccess;
    const failed = failedSources ?? this.#state.failedSources ?? [];
    const state: State = {
      commitNumber,
      hostId: this.#state.hostId,
      positions,
      ...(lastSuccessText !== undefined && { lastSuccess: lastSuccessText }),
      ...(lastDigest !== undefined && { lastDigest }),
      ...(failed.length > 0 && { failedSources: failed }),
      ...(settings && { settings }),
      hasOpenReport: openReport !== undefined,
      ...(memory && { memory }),
      toldNotices,
    };
    if (this.#isStateFileWhole) keepAs(disk, this.#layout.state, this.#layout.previousState);
    placeFile(disk, this.#layout.state, encodeState(state));
    disk.syncDirectory(this.#layout.directory);
    forgetMemory(disk, this.#layout, [before, state]);
    this.#state = state;
    this.#openReport = openReport;
    this.#isStateFileWhole = true;
    this.#forgetUnfinishedBefore(commitNumber - 1);
    return true;
  }

  archive(lines: ArchivedLines, now: Date): Notice | undefined {
    try {
      const { commitNumber } = this.#state;
      addToArchive(this.#disk, this.#layout, commitNumber, now, lines, this.#limits.archive);
      return undefined;
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      const { path, message } = error;
      const done = "these lines are in the report, and not in the archive";
      return { where: path, what: message.slice(path.length + 2), done };
    }
  }

  /** The report of the commit before stays: `state.json.prev` goes with it. */
  #forgetUnfinishedBefore(commitNumber: number): void {
    for (const name of this.#disk.list(this.#layout.unfinished))
      if ((commitOfUnfinished(name) ?? Infinity) < commitNumber)
        this.#disk.unlink(join(this.#layout.unfinished, name));
  }
}

/** What is stored, to look at alone: it makes no directory, needs no lock and refuses to commit. Throws as `loadState` does. */
export function readOnlyStore(stateDirectory: string, disk: Disk): OpenedStore {
  const layout = layoutOf(stateDirectory);
  const loaded = loadState(disk, layout);
  const { state, openReport, openReportPath, origin, notices } = loaded;
  const nextCommitNumber = state.commitNumber + 1;
  return {
    origin,
    notices,
    store: {
      state,
      nextCommitNumber,
      spool: new Spool(disk, layout),
      isReadOnly: true,
      memory: (name) => readMemory(disk, layout, name, state.memory?.[name]),
      openReport: () => openReport,
      keepOpenReport: () => openReportPath ?? "",
      nextReportFilePath: (now) => reportFilePath(layout, nextCommitNumber, now),
      isFull: () => false,
      commit: () => false,
      archive: () => undefined,
    },
  };
}

function directoriesOf({ directory, spool, failed, unfinished, full, memory }: Layout): readonly string[] {
  return [directory, spool, failed, unfinished, full, memory];
}
