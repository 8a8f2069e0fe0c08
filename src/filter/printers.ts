/**
 * How `filter` prints the lines that remain: byte for byte, as words of its own, or only counted.
 * Promise: as they are means byte for byte; only lines that would run into each other get a newline between them.
 */
import type { ClassifiedLines } from "../rules/classifier.js";
import type { Verdict } from "../rules/layer.js";
import { lineText } from "../std/line-text.js";
import { writeAll, writeText } from "../std/standard-output.js";

/** Takes what remains of the inputs, in their order. */
export interface LinePrinter {
  print(source: string, lines: ClassifiedLines<Verdict>): void;
  /** After the last input. */
  end(): void;
}

const newline = 0x0a;

/** Byte for byte: the lines of a chunk are moved together and written at once. */
export function plainPrinter(write: (bytes: Uint8Array) => void = writeAll): LinePrinter {
  let isLineOpen = false;
  return {
    print(_source, lines) {
      const bytes = lines.compact();
      if (bytes.length === 0) return;
      if (isLineOpen) write(Uint8Array.of(newline));
      write(bytes);
      isLineOpen = bytes[bytes.length - 1] !== newline;
    },
    end() {},
  };
}

/** Prints each line as words of its own, in one write a chunk. Line and words are bytes as latin1, without a newline. */
export function wordPrinter(
  wordsOf: (source: string, line: string, verdict: Verdict) => string,
  write: (bytes: Uint8Array) => void = writeAll,
): LinePrinter {
  return {
    print(source, lines) {
      let words = "";
      for (let index = 0; index < lines.selectedCount; index++)
        words += `${wordsOf(source, lineText(lines.line(index)), lines.verdict(index))}\n`;
      write(Buffer.from(words, "latin1"));
    },
    end() {},
  };
}

/** Only how many lines remain, at the end. */
export function countPrinter(write: (text: string) => void = writeText): LinePrinter {
  let count = 0;
  return {
    print(_source, { selectedCount }) {
      count += selectedCount;
    },
    end: () => write(`${count}\n`),
  };
}
