/**
 * Prints the lines that remain after filtering: byte for byte, as text made from each line, or only their count.
 * Promise: the plain form changes no byte; it only adds a newline between lines that would run together.
 */
import type { ClassifiedLines } from "../rules/classify/classified-lines.js";
import type { Verdict } from "../rules/layer.js";
import type { ByteString } from "../std/text/byte-string.js";
import { lineText, newline } from "../std/text/line-text.js";
import { writeAll, writeText } from "../std/standard-output.js";

/** Takes the lines that remain, in the order of the inputs. */
export interface LinePrinter {
  print(source: string, lines: ClassifiedLines<Verdict>): void;
  /** After the last input. */
  end(): void;
}

/** Byte for byte: moves the lines of a chunk together and writes them at once. */
export function plainPrinter(write: (bytes: Uint8Array) => void = writeAll): LinePrinter {
  let isLineOpen = false;
  return {
    print(_source, lines) {
      const bytes = hasLeadingNuls(lines) ? withLeadingNuls(lines) : lines.compact();
      if (bytes.length === 0) return;
      if (isLineOpen) write(Uint8Array.of(newline));
      write(bytes);
      isLineOpen = bytes[bytes.length - 1] !== newline;
    },
    end() {},
  };
}

function hasLeadingNuls(lines: ClassifiedLines<Verdict>): boolean {
  for (let index = 0; index < lines.selectedCount; index++) if (lines.leadingNulBytes(index) > 0) return true;
  return false;
}

/** No more NUL bytes are written before a line: a hole may be larger than any disk. */
export const mostWrittenNulBytes = 16 * 1024 * 1024;

/** The lines with the NUL bytes that stood before them. */
function withLeadingNuls(lines: ClassifiedLines<Verdict>): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let index = 0; index < lines.selectedCount; index++) {
    const nulBytes = Math.min(lines.leadingNulBytes(index), mostWrittenNulBytes);
    pieces.push(Buffer.alloc(nulBytes), lines.line(index));
  }
  return Buffer.concat(pieces);
}

/** Prints a text for each line, with one write per chunk. All are bytes as latin1, without a newline. */
export function wordPrinter(
  wordsOf: (
    source: string,
    line: ByteString,
    verdict: Verdict,
    leadingNulBytes: number,
    readAs: ByteString | undefined,
  ) => string,
  write: (bytes: Uint8Array) => void = writeAll,
): LinePrinter {
  return {
    print(source, lines) {
      let words = "";
      for (let index = 0; index < lines.selectedCount; index++) {
        const [line, readAs] = [lineText(lines.line(index)), lines.readAs(index)];
        const nulBytes = lines.leadingNulBytes(index);
        words += `${wordsOf(source, line, lines.verdict(index), nulBytes, readAs && lineText(readAs))}\n`;
      }
      write(Buffer.from(words, "latin1"));
    },
    end() {},
  };
}

/** Prints only how many lines remain, at the end. */
export function countPrinter(write: (text: string) => void = writeText): LinePrinter {
  let count = 0;
  return {
    print(_source, { selectedCount }) {
      count += selectedCount;
    },
    end: () => write(`${count}\n`),
  };
}
