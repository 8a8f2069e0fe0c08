/**
 * Reads a journal as one, where journalctl does not tell of its files: in journalctl's own order, from cursor to cursor.
 * Promise: where the entry that was read last is not there, that is said, and what is there is read.
 */
import type { Notice } from "../../std/notice.js";
import { MissingToolError } from "../bytes/tool.js";
import type { LookBack } from "../source.js";
import { firstRunNotice, seekOf } from "./first-run.js";
import type { Journal } from "./one-journal.js";
import type { OpenStretch, Stretch } from "./journal-reader.js";

/** In: the cursor of the entry that was read last; empty, that there was none; undefined for a first run. */
export function wholeStretch(journal: Journal, cursor: string | undefined, lookBack: LookBack): Stretch {
  return {
    async open() {
      if (cursor === undefined) return firstRun(journal, lookBack, []);
      if (cursor === "") return { entries: journal.start([]) };
      return resume(journal, cursor);
    },
  };
}

export function gapNotice(where: string, done: string): Notice {
  return {
    where,
    what: "the entry that was read last is not in it any more",
    done,
    isEvent: true,
    about: "lost lines",
  };
}

export const readingOn = "reading on from the next entry that is there; entries may be missing before it";
export const lookingBack = "reading the look back of a first run again";

/** Reads on after the entry with the cursor, which the export begins with if the journal still holds it. */
async function resume(journal: Journal, cursor: string): Promise<OpenStretch> {
  const entries = journal.start([`--cursor=${cursor}`]);
  const first = await entries.next().catch((error: unknown) => {
    if (error instanceof MissingToolError) throw error;
    return undefined;
  });
  if (first?.cursor === cursor) return { entries };
  if (first) return { entries, first, notices: [gapNotice(journal.name, readingOn)] };
  await entries.close();
  return firstRun(journal, journal.lookBack, [gapNotice(journal.name, lookingBack)]);
}

async function firstRun(
  journal: Journal,
  lookBack: LookBack,
  before: readonly Notice[],
): Promise<OpenStretch> {
  const notices = [...before, firstRunNotice(journal, lookBack)];
  const entries = journal.start(seekOf(lookBack, journal.now).seek);
  if (lookBack.kind !== "none") return { entries, notices };
  const newest = await entries.next();
  return { entries, notices, ...(newest && { cursor: newest.cursor }) };
}
