/**
 * Looks in a file that nobody has read for lines that were read before: a log that was set back to an older copy, cut,
 * or edited.
 * Promise: a line that may be new is none of them; a file that holds none costs little.
 */
import { ArchiveError } from "../../bytes/compressed.js";
import type { Notice } from "../../../std/notice.js";
import type { ByteStream } from "../../bytes/byte-stream.js";
import type { Framing } from "../../bytes/framing.js";
import { leadingNulsIn } from "../../bytes/leading-nuls.js";
import { StreamUnits } from "../../bytes/stream-units.js";
import { MissingToolError } from "../../bytes/tool.js";
import { headOf, skipTo, streamContent, type Content } from "../content.js";
import { isStrong, startsWithFingerprint } from "../fingerprints.js";
import { longestDigestedLine, type LineDigests } from "./line-digests.js";
import { digestOf } from "./line-history.js";
import { LineMatcher, type Matched } from "./line-matcher.js";
import type { KnownLines, Part } from "../part.js";
import { wholeArchive, type Segment } from "../segment.js";

interface LineSearch {
  readonly digests: LineDigests;
  readonly framing: Framing;
  /** All that is known of the log. */
  readonly known: readonly Segment[];
  /** Whether what was read last of the log is in no file any more. */
  readonly isLastMissing: boolean;
}

/** How far a file is searched that begins as one that was read. A digest takes 1 µs. */
const searchedBytes = 1024 * 1024 * 1024;
/** How far any other is searched where the last file is missing, and how far a line is followed by no known one. */
const patienceBytes = 64 * 1024 * 1024;
/** How far it is searched after an ordinary rotation, which every run may see. */
const glanceBytes = 64 * 1024;

/** So many different lines, and half of all that are known, show that a file is the log though it begins otherwise. */
const evidentLines = 8;

const nothingKnown: Matched = { ranges: [], lineCount: 0 };

const bufferBytes = 256 * 1024;

/** The parts with the lines that were read before, and what is to be said of them. Throws on input errors. */
export async function withKnownLines(
  parts: readonly Part[],
  search: LineSearch,
): Promise<{ readonly parts: readonly Part[]; readonly notices: readonly Notice[] }> {
  const notices: Notice[] = [];
  const searched: Part[] = [];
  for (const part of parts) {
    const { content, segment } = part;
    const { offsetBytes = 0, passedBytes = 0, knownUntilBytes = 0 } = segment ?? {};
    const isBegun = offsetBytes > 0 || passedBytes > 0;
    if (isBegun && knownUntilBytes <= offsetBytes) {
      searched.push(part);
      continue;
    }
    // What was found before is there still, or new.
    const isLastMissing = search.isLastMissing || isBegun;
    const found = await knownLinesIn(content, { ...search, isLastMissing }, offsetBytes);
    const { ranges, lineCount } = found;
    searched.push(ranges.length > 0 ? { ...part, known: asKnown(content, search, found) } : part);
    if (lineCount > 0 && !isBegun) notices.push(setBack(content.file.path, lineCount));
  }
  return { parts: searched, notices };
}

function asKnown(content: Content, search: LineSearch, { ranges }: Matched): KnownLines {
  return {
    ranges,
    async find(digests, fromBytes) {
      const next = { ...search, digests, isLastMissing: true };
      return asKnown(content, next, await knownLinesIn(content, next, fromBytes));
    },
  };
}

function setBack(where: string, lineCount: number): Notice {
  const what = `was set back or edited: ${lineCount === 1 ? "a line of it was" : `${lineCount} lines of it were`} read before`;
  return {
    where,
    what,
    done: "reading the others; lines written to it before may be lost",
    isEvent: true,
    about: "lost lines",
  };
}

/** The lines from an offset on that were read before. What cannot be read of an archive is new. */
async function knownLinesIn(content: Content, search: LineSearch, fromBytes: number): Promise<Matched> {
  const { digests, framing, known, isLastMissing } = search;
  if (digests.dense === "" && digests.sparse === "") return nothingKnown;
  const matcher = new LineMatcher(digests);
  try {
    const head = await headOf(content);
    const isHeadKnown = known.some((one) => isStrong(one) && startsWithFingerprint(head, one.head));
    const limitBytes = isHeadKnown ? searchedBytes : isLastMissing ? patienceBytes : glanceBytes;
    const endBytes = (): number =>
      matcher.hasMatch ? matcher.lastEndBytes + patienceBytes : fromBytes + limitBytes;
    await eachUnit({ content, framing, fromBytes, endBytes }, (unit, start) => {
      const digest = digestOf(digests.salt, unit);
      matcher.add(start, start + unit.length, digest, () => framing.timestampOf(unit));
    });
    if (!isLastMissing && !isHeadKnown && !matcher.hasOlder) return nothingKnown;
    // What stands before them, in a file that is no longer than it was, was read before them.
    const isBeginningKnown = isHeadKnown || (matcher.foundCount >= evidentLines && matcher.foundShare >= 0.5);
    return matcher.finish(fromBytes === 0 && isBeginningKnown && matcher.lastEndBytes <= longestOf(known));
  } catch (error) {
    if (error instanceof ArchiveError || error instanceof MissingToolError) return nothingKnown;
    throw error;
  }
}

/** How far any of the files was read. */
function longestOf(known: readonly Segment[]): number {
  const offsets = known.map(({ offsetBytes }) => offsetBytes).filter((offset) => offset !== wholeArchive);
  return Math.max(0, ...offsets);
}

interface Stretch {
  readonly content: Content;
  readonly framing: Framing;
  readonly fromBytes: number;
  /** Asked again as the search goes on. */
  readonly endBytes: () => number;
}

/** Calls `take` with each whole unit of the stretch that may have a digest. */
async function eachUnit(
  { content, framing, fromBytes, endBytes }: Stretch,
  take: (unit: Uint8Array, start: number) => void,
): Promise<void> {
  const stream = streamContent(content);
  try {
    if (!(await skipTo(stream, fromBytes))) return;
    const units = new StreamUnits(boundedStream(stream, fromBytes, endBytes), framing, false);
    const buffer = new Uint8Array(bufferBytes);
    for (let start = fromBytes; ;) {
      const chunk = await units.next(buffer);
      if (chunk.kind === "end" || chunk.kind === "unfinished") return;
      if (chunk.kind === "long line") {
        start += chunk.trueLengthBytes + (chunk.leadingNulBytes ?? 0);
        continue;
      }
      const lines = buffer.subarray(0, chunk.lengthBytes);
      let place = 0;
      for (let end = framing.endOf(lines, 0); end !== undefined; end = framing.endOf(lines, place)) {
        if (start + place > endBytes()) return;
        if (end - place <= longestDigestedLine) take(lines.subarray(place, end), start + place);
        place = end;
      }
      start += lines.length;
    }
  } finally {
    await stream.close();
  }
}

/** A unit that no buffer holds must not be read beyond the end of the stretch, nor a hole at all: it may have terabytes. */
function boundedStream(stream: ByteStream, fromBytes: number, endBytes: () => number): ByteStream {
  let place = fromBytes;
  return {
    async read(into) {
      // The end moves with the units that are found, which may still be in a buffer.
      if (place > endBytes() + 4 * bufferBytes) return 0;
      const lengthBytes = await stream.read(into);
      if (leadingNulsIn(into.subarray(0, lengthBytes)) === lengthBytes) return 0;
      place += lengthBytes;
      return lengthBytes;
    },
    close: () => stream.close(),
  };
}
