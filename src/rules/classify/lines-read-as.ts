/**
 * The selected lines of a chunk of another form, which the rules read in the traditional one.
 * Promise: what is handed out are the lines as they were, whatever the rules read in their place.
 */
import { newline } from "../../std/text/line-text.js";
import type { ClassifiedLines, LinesChunk } from "./classified-lines.js";

interface ReadLine<Verdict> {
  readonly bytes: Uint8Array;
  readonly readAs: Uint8Array | undefined;
  readonly leadingNulBytes: number;
  readonly verdict: Verdict;
}

/**
 * In: a chunk, and a copy of its bytes, since walking a line may replace the buffer; the verdict on a line and on what is
 * read in its place.
 */
export function linesReadAs<Verdict>(
  { readAs = [], leadingNulBytes }: Extract<LinesChunk, { kind: "lines" }>,
  bytes: Uint8Array,
  verdictOf: (line: Uint8Array, readAs: Uint8Array | undefined) => Verdict,
  isSelected: (verdict: Verdict) => boolean,
): ClassifiedLines<Verdict> {
  const selected: ReadLine<Verdict>[] = [];
  let lineCount = 0;
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(newline, start);
    const end = found === -1 ? bytes.length : found + 1;
    const line = bytes.subarray(start, end);
    const read = readAs[lineCount++];
    const verdict = verdictOf(line, read);
    if (isSelected(verdict))
      selected.push({
        bytes: line,
        readAs: read,
        leadingNulBytes: leadingNulBytes?.get(start) ?? 0,
        verdict,
      });
    start = end;
  }
  const at = (index: number): ReadLine<Verdict> => {
    const line = selected[index];
    if (!line) throw new RangeError(`bug: line ${index} of ${selected.length} selected`);
    return line;
  };
  return {
    lineCount,
    selectedCount: selected.length,
    line: (index) => at(index).bytes,
    trueLengthBytes: (index) => at(index).bytes.length,
    leadingNulBytes: (index) => at(index).leadingNulBytes,
    readAs: (index) => at(index).readAs,
    verdict: (index) => at(index).verdict,
    compact: () => Buffer.concat(selected.map((line) => line.bytes)),
  };
}
