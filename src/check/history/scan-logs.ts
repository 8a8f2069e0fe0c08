/**
 * Reads the logs once more, beside the runs.
 * Promise: bounded in bytes and time; moves no position; a source that fails costs only its own lines.
 */
import type { Classifier } from "../../rules/classify/classifier.js";
import type { LinesChunk } from "../../rules/classify/classified-lines.js";
import type { Discovery, LookBack, Source } from "../../sources/source.js";
import type { Text } from "../../std/text/byte-string.js";
import { newline } from "../../std/text/line-text.js";

/** What is left of what a scan may cost. */
export class ScanBudget {
  private bytesLeft: number;
  private readonly endMs: number;

  constructor({ bytes, milliseconds }: { readonly bytes: number; readonly milliseconds: number }) {
    this.bytesLeft = bytes;
    this.endMs = performance.now() + milliseconds;
  }

  get isOver(): boolean {
    return this.bytesLeft <= 0 || performance.now() >= this.endMs;
  }

  spend(bytes: number): void {
    this.bytesLeft -= bytes;
  }
}

/** An archive is unpacked at about 100 MB/s. */
export const usualScan = { bytes: 2 ** 28, milliseconds: 10_000 };

/** Takes lines as a reader gives them. */
export interface LineSink {
  /** Where the next lines are put, from its start. */
  readonly buffer: Uint8Array;
  take(chunk: LinesChunk, source: Pick<Source, "name" | "kind">): void;
}

/** A line that a classifier selected. The bytes are its buffer's: they change with the next chunk. */
export interface ScannedLine<Verdict> {
  readonly source: Text;
  /** With its newline, if it has one. */
  readonly bytes: Uint8Array;
  /** What the rules read in its place. */
  readonly readAs: Uint8Array | undefined;
  readonly trueLengthBytes: number;
  readonly verdict: Verdict;
}

/** Hands on the lines that a classifier selects. */
export function selectedBy<Verdict>(
  classifier: Classifier<Verdict>,
  take: (line: ScannedLine<Verdict>) => void,
): LineSink {
  return {
    get buffer() {
      return classifier.buffer;
    },
    take(chunk, { name }) {
      const lines = classifier.classify(chunk, name);
      for (let index = 0; index < lines.selectedCount; index++)
        take({
          source: name,
          bytes: lines.line(index),
          readAs: lines.readAs(index),
          trueLengthBytes: lines.trueLengthBytes(index),
          verdict: lines.verdict(index),
        });
    },
  };
}

/** The times of the first and the last line that was read of a source, ms since the epoch. */
export interface ReadSpan {
  readonly fromMs: number;
  /** Infinity where it was read to its end. */
  readonly toMs: number;
}

export interface ScanOptions {
  readonly budget: ScanBudget;
  readonly timestampOf?: (line: Uint8Array) => number | undefined;
}

/**
 * In: how far back to look, each in its turn, and the sources of all settings, made so that a first run on them looks back
 * so far. Out: what was read of each source, as far as its lines state their times.
 */
export async function scanLogs(
  sink: LineSink,
  looksBackMs: readonly number[],
  discover: (lookBack: LookBack) => Promise<Discovery>,
  { budget, timestampOf }: ScanOptions,
): Promise<ReadonlyMap<Text, ReadSpan>> {
  const spans = new Map<Text, ReadSpan>();
  const scan = async (source: Source): Promise<void> => {
    const { name } = source;
    const reader = await source.open(undefined);
    let fromMs: number | undefined;
    try {
      while (!budget.isOver) {
        const chunk = await reader.read(sink.buffer);
        if (chunk.kind === "end") {
          spans.set(name, { fromMs: fromMs ?? -Infinity, toMs: Infinity });
          return;
        }
        const bytes = chunk.kind === "lines" ? sink.buffer.subarray(0, chunk.lengthBytes) : chunk.bytes;
        budget.spend(bytes.length);
        const [first, last] = [timestampOf?.(firstLine(bytes)), timestampOf?.(lastLine(bytes))];
        fromMs ??= first;
        if (fromMs !== undefined && last !== undefined) spans.set(name, { fromMs, toMs: last });
        sink.take(chunk, source);
      }
    } finally {
      await reader.close();
    }
  };
  for (const milliseconds of looksBackMs) {
    const { sources } = await discover({ kind: "duration", milliseconds });
    for (const source of sources) {
      if (budget.isOver) return spans;
      try {
        await scan(source);
      } catch {
        // The run reads it too, and says what is wrong with it.
      }
    }
  }
  return spans;
}

function firstLine(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(newline);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

function lastLine(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(bytes.lastIndexOf(newline, -2) + 1);
}
