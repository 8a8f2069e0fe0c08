/**
 * How `filter` prints the lines that remain: as they are, coloured, explained, as JSON, counted or in groups.
 * Promise: as they are means byte for byte; only lines that would run into each other get a newline between them.
 */
import type { SiftedLines } from "../rules/rule-classifier.js";
import type { Verdict } from "../rules/layer.js";
import { lineText } from "../std/line-text.js";
import { writeAll, writeText } from "../std/standard-output.js";

/** Takes what remains of the inputs, in their order. */
export interface LinePrinter {
  chunk(source: string, chunk: Uint8Array, sifted: SiftedLines): void;
  line(source: string, line: Uint8Array, verdict: Verdict): void;
  /** After the last input. */
  end(): void;
}

const newline = 0x0a;

/** Byte for byte: the lines of a chunk are moved together and written at once. */
export function plainPrinter(write: (bytes: Uint8Array) => void = writeAll): LinePrinter {
  let isLineOpen = false;
  const put = (bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    if (isLineOpen) write(Uint8Array.of(newline));
    write(bytes);
    isLineOpen = bytes[bytes.length - 1] !== newline;
  };
  return {
    chunk(_source, chunk, { selectedCount, starts, ends }) {
      let length = 0;
      for (let line = 0; line < selectedCount; line++) {
        // Within selectedCount both arrays are filled.
        const start = starts[line]!;
        const end = ends[line]!;
        if (start !== length) chunk.copyWithin(length, start, end);
        length += end - start;
      }
      put(chunk.subarray(0, length));
    },
    line: (_source, line) => put(line),
    end() {},
  };
}

/** Prints each line as words of its own, in one write a chunk. Line and words are bytes as latin1, without a newline. */
export function wordPrinter(
  wordsOf: (source: string, line: string, verdict: Verdict) => string,
  write: (bytes: Uint8Array) => void = writeAll,
): LinePrinter {
  return {
    chunk(source, chunk, sifted) {
      let words = "";
      for (let index = 0; index < sifted.selectedCount; index++) {
        // Within selectedCount both arrays are filled.
        const line = chunk.subarray(sifted.starts[index]!, sifted.ends[index]!);
        words += `${wordsOf(source, lineText(line), sifted.verdict(index))}\n`;
      }
      write(Buffer.from(words, "latin1"));
    },
    line: (source, line, verdict) =>
      write(Buffer.from(`${wordsOf(source, lineText(line), verdict)}\n`, "latin1")),
    end() {},
  };
}

/** Only how many lines remain, at the end. */
export function countPrinter(write: (text: string) => void = writeText): LinePrinter {
  let count = 0;
  return {
    chunk(_source, _chunk, { selectedCount }) {
      count += selectedCount;
    },
    line() {
      count += 1;
    },
    end: () => write(`${count}\n`),
  };
}
