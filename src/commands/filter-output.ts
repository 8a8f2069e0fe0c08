/**
 * How `filter` prints the lines that remain: as they are, coloured, explained, as JSON, counted or in groups.
 * Promise: as they are means byte for byte; only lines that would run into each other get a newline between them.
 */
import type { SiftedLines } from "../classify/sieve.js";
import type { Verdict } from "../classify/layer.js";
import { lineText } from "./line-text.js";
import { writeAll, writeText } from "./output.js";

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
    chunk(_source, chunk, { listedCount, starts, ends }) {
      let length = 0;
      for (let line = 0; line < listedCount; line++) {
        // Within listedCount both arrays are filled.
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

/** Prints each line as a text of its own, in one write a chunk. The line comes without its newline, bytes as latin1. */
export function textPrinter(
  textOf: (source: string, line: string, verdict: Verdict) => string,
  write: (text: string) => void = writeText,
): LinePrinter {
  return {
    chunk(source, chunk, sifted) {
      let text = "";
      for (let line = 0; line < sifted.listedCount; line++) {
        // Within listedCount both arrays are filled.
        const bytes = chunk.subarray(sifted.starts[line]!, sifted.ends[line]!);
        text += textOf(source, lineText(bytes), sifted.verdict(line));
      }
      if (text !== "") write(text);
    },
    line: (source, line, verdict) => write(textOf(source, lineText(line), verdict)),
    end() {},
  };
}

/** Only how many lines remain, at the end. */
export function countPrinter(write: (text: string) => void = writeText): LinePrinter {
  let count = 0;
  return {
    chunk(_source, _chunk, { listedCount }) {
      count += listedCount;
    },
    line() {
      count += 1;
    },
    end: () => write(`${count}\n`),
  };
}
