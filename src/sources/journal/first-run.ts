/**
 * Decides where the first run on a journal begins, in each of its sequences.
 * Promise: years of history are never mailed, also where the first run is cut short.
 */
import type { Notice } from "../../std/notice.js";
import type { LookBack } from "../source.js";
import type { Journal } from "./one-journal.js";
import { tailOf, type JournalListing, type JournalSequence } from "./journal-files.js";
import type { Stretch } from "./journal-reader.js";
import { storedPlace, type Sequences } from "./position.js";

/** A look back in bytes counts an entry as so many. */
const usualEntryBytes = 256;

export interface Seek {
  /** Arguments of journalctl that say where to begin. */
  readonly seek: readonly string[];
  /** What is read, in words. */
  readonly extent: string;
}

export function seekOf(lookBack: LookBack, now: Date): Seek {
  switch (lookBack.kind) {
    case "all":
      return { seek: [], extent: "all of it" };
    case "none":
      return { seek: ["--lines=1"], extent: "nothing of it" };
    case "bytes": {
      const entryCount = entriesIn(lookBack.bytes);
      return { seek: [`--lines=${entryCount}`], extent: `its last ${entryCount} entries` };
    }
    case "duration": {
      const seek = sinceSeconds(Math.floor((now.getTime() - lookBack.milliseconds) / 1000));
      return { seek, extent: `the last ${lookBack.milliseconds / 3_600_000}h` };
    }
  }
}

export function firstRunNotice({ name, now }: Journal, lookBack: LookBack): Notice {
  return { where: name, what: "first run", done: `reading ${seekOf(lookBack, now).extent}` };
}

/** What is read of the sequences, and the places in them before it. */
export function firstStretches(
  journal: Journal,
  lookBack: LookBack,
  listing: JournalListing,
): { readonly stretches: readonly Stretch[]; readonly sequences: Sequences } {
  const stretches: Stretch[] = [];
  const sequences: Record<string, string> = {};
  const entryCounts =
    lookBack.kind === "bytes" ? newestEntries(listing, entriesIn(lookBack.bytes)) : undefined;
  for (const sequence of listing.sequences) {
    const seek = seekIn(sequence, lookBack, entryCounts?.get(sequence.id) ?? 0, journal.now);
    sequences[sequence.id] = seek ? beginning(seek.sinceSeconds) : storedPlace(tailOf(sequence));
    if (seek) stretches.push(stretchFrom(journal, sequence, seek.arguments));
  }
  return { stretches, sequences };
}

/** A sequence from where the arguments of journalctl say. */
export function stretchFrom(journal: Journal, sequence: JournalSequence, seek: readonly string[]): Stretch {
  return {
    sequence: sequence.id,
    end: storedPlace(tailOf(sequence)),
    open: async () => ({ entries: journal.startFiles(pathsOf(sequence), seek) }),
  };
}

/** The arguments for a place that stands for the time from which on a sequence is new. */
export function sinceSeconds(seconds: number): readonly string[] {
  return seconds > 0 ? [`--since=@${seconds}`] : [];
}

/** The place in a sequence of which nothing was read yet. */
export function beginning(seconds = 0): string {
  return storedPlace({ number: 0n, realtime: BigInt(Math.max(0, seconds)) * 1_000_000n });
}

export function pathsOf({ files }: JournalSequence): readonly string[] {
  return files.map(({ path }) => path);
}

function entriesIn(bytes: number): number {
  return Math.ceil(bytes / usualEntryBytes);
}

interface SequenceSeek {
  readonly arguments: readonly string[];
  readonly sinceSeconds?: number;
}

/** Where to begin in a sequence; undefined where all of it is old. */
function seekIn(
  sequence: JournalSequence,
  lookBack: LookBack,
  entryCount: number,
  now: Date,
): SequenceSeek | undefined {
  switch (lookBack.kind) {
    case "all":
      return { arguments: [] };
    case "none":
      return undefined;
    case "bytes":
      return entryCount > 0 ? { arguments: [`--lines=${entryCount}`] } : undefined;
    case "duration": {
      const seconds = Math.floor((now.getTime() - lookBack.milliseconds) / 1000);
      const isOld = tailOf(sequence).realtime < BigInt(seconds) * 1_000_000n;
      return isOld ? undefined : { arguments: sinceSeconds(seconds), sinceSeconds: seconds };
    }
  }
}

/** How many entries of each sequence are among the newest ones, going by when it was last written to. */
function newestEntries({ sequences }: JournalListing, wanted: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  let left = wanted;
  for (const sequence of sequences.toSorted((one, other) =>
    Number(tailOf(other).realtime - tailOf(one).realtime),
  )) {
    counts.set(sequence.id, left);
    left = Math.max(0, left - sequence.files.reduce((sum, { entries }) => sum + entries, 0));
  }
  return counts;
}
