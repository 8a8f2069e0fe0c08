/**
 * Reads on in each sequence of a journal from where it was left.
 * Promise: a sequence that was never seen is read whole, whatever times its entries bear; an entry that is missing is
 * said to be.
 */
import type { Notice } from "../../std/notice.js";
import type { Journal } from "./one-journal.js";
import { beginning, firstStretches, pathsOf, sinceSeconds, stretchFrom } from "./first-run.js";
import { tailOf, type JournalListing, type JournalSequence } from "./journal-files.js";
import type { JournalStart, OpenStretch, Stretch } from "./journal-reader.js";
import { placeIn, placeOfCursor, storedPlace, type SequencePlace, type Sequences } from "./position.js";
import { gapNotice, lookingBack, readingOn } from "./whole-journal.js";

/** Of a sequence that is gone and was written to this recently, a run may have missed entries. */
const recentMs = 72 * 3_600_000;

/** In: where the journal was left, in the form of today. `isPartial`: some of its files may not be read now. */
export function resumeSequences(
  journal: Journal,
  cursor: string,
  sequences: Sequences,
  listing: JournalListing,
  isPartial: boolean,
): JournalStart {
  const stretches: Stretch[] = [];
  const notices: Notice[] = [];
  const places: Record<string, string> = {};
  for (const sequence of listing.sequences) {
    const place = placeIn(sequences, sequence.id);
    if (place) places[sequence.id] = storedPlace(place);
    const stretch = place ? stretchAfter(journal, sequence, place) : stretchFrom(journal, sequence, []);
    if (stretch) stretches.push(stretch);
  }
  for (const id of Object.keys(sequences)) {
    if (id in places) continue;
    const place = placeIn(sequences, id);
    if (isPartial && place) places[id] = storedPlace(place);
    else if (place && isRecent(place, journal.now))
      notices.push(gapNotice(journal.name, "entries that came after it may be lost"));
  }
  return { stretches, notices, cursor, sequences: places };
}

/** In: a position from when there was one cursor for all sequences. What was before it was read as far as it was seen. */
export function resumeCursor(journal: Journal, cursor: string, listing: JournalListing): JournalStart {
  const place = placeOfCursor(cursor);
  const isThere = listing.sequences.some(({ id }) => id === place?.sequence);
  const stretches: Stretch[] = [];
  const places: Record<string, string> = {};
  for (const sequence of listing.sequences) {
    const isOwn = place?.sequence === sequence.id;
    places[sequence.id] = isOwn ? storedPlace(place) : beginning();
    const stretch = isOwn
      ? stretchAfter(journal, sequence, place)
      : afterCursor(journal, sequence, cursor, isThere);
    if (stretch) stretches.push(stretch);
  }
  const notices = isThere ? [] : [gapNotice(journal.name, readingOn)];
  return { stretches, notices, cursor, sequences: places };
}

function isRecent({ realtime }: SequencePlace, now: Date): boolean {
  return Math.abs(now.getTime() - Number(realtime / 1000n)) < recentMs;
}

/** The entries after a place; undefined where there are none. */
function stretchAfter(
  journal: Journal,
  sequence: JournalSequence,
  place: SequencePlace,
): Stretch | undefined {
  if (place.number === 0n)
    return stretchFrom(journal, sequence, sinceSeconds(Number(place.realtime / 1_000_000n)));
  const tail = tailOf(sequence).number;
  if (tail === place.number || tail === 0n) return undefined;
  return { sequence: sequence.id, open: async () => openAfter(journal, sequence, place) };
}

async function openAfter(
  journal: Journal,
  listed: JournalSequence,
  place: SequencePlace,
): Promise<OpenStretch> {
  const seek = [`--cursor=s=${place.sequence};i=${place.number.toString(16)}`];
  let sequence: JournalSequence | undefined = listed;
  for (let isRetry = false; sequence; isRetry = true) {
    // Those that end before the place hold nothing new. The one that holds it is among the others.
    const files = sequence.files.filter(({ tail }) => tail >= place.number);
    if (files.length === 0) break;
    const entries = journal.startFiles(pathsOf({ ...sequence, files }), seek);
    const first = await entries.next();
    const found = first && placeOfCursor(first.cursor);
    if (found?.sequence === place.sequence && found.number === place.number) return { entries };
    if (first && isRetry) return { entries, first, notices: [gapNotice(journal.name, readingOn)] };
    await entries.close();
    if (isRetry) break;
    // The files may have been rotated since they were listed.
    sequence = (await journal.list()).sequences.find(({ id }) => id === place.sequence);
  }
  return openLookBack(journal, listed, [gapNotice(journal.name, lookingBack)]);
}

/** What a first run would read of the sequence. */
async function openLookBack(
  journal: Journal,
  sequence: JournalSequence,
  notices: readonly Notice[],
): Promise<OpenStretch> {
  const { stretches } = firstStretches(journal, journal.lookBack, { sequences: [sequence], complaints: [] });
  const opened = await stretches[0]?.open();
  return { ...opened, notices };
}

/** The entries of another sequence that journalctl puts after a cursor. */
function afterCursor(journal: Journal, sequence: JournalSequence, cursor: string, isThere: boolean): Stretch {
  return {
    sequence: sequence.id,
    end: storedPlace(tailOf(sequence)),
    async open() {
      const entries = journal.startFiles(pathsOf(sequence), [`--cursor=${cursor}`]);
      const first = await entries.next().catch(() => undefined);
      if (first) return { entries, first };
      await entries.close();
      return isThere ? {} : openLookBack(journal, sequence, []);
    },
  };
}
