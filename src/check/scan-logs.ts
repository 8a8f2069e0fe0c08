/**
 * Reads the logs once more, beside the runs.
 * Promise: bounded in bytes and time; moves no position; a source that fails costs only its own lines.
 */
import type { Classifier } from "../rules/classify/classifier.js";
import type { Discovery, LookBack, Source } from "../sources/source.js";
import type { Text } from "../std/text/byte-string.js";

export interface ScanLimits {
  readonly bytes: number;
  readonly milliseconds: number;
}

/** An archive is unpacked at about 100 MB/s. */
const usualScanLimits: ScanLimits = { bytes: 2 ** 28, milliseconds: 10_000 };

/** A line that the classifier selected. The bytes are its buffer's: they change with the next chunk. */
export interface ScannedLine<Verdict> {
  readonly source: Text;
  /** With its newline, if it has one. */
  readonly bytes: Uint8Array;
  /** What the rules read in its place. */
  readonly readAs: Uint8Array | undefined;
  readonly trueLengthBytes: number;
  readonly verdict: Verdict;
}

/**
 * In: how far back to look, each in its turn, and the sources of all settings, made so that a first run on them looks back
 * so far. Out: whether all was read.
 */
export async function scanLogs<Verdict>(
  classifier: Classifier<Verdict>,
  looksBackMs: readonly number[],
  discover: (lookBack: LookBack) => Promise<Discovery>,
  take: (line: ScannedLine<Verdict>) => void,
  limits: ScanLimits = usualScanLimits,
): Promise<boolean> {
  const endMs = performance.now() + limits.milliseconds;
  let bytesLeft = limits.bytes;
  const isOver = (): boolean => bytesLeft <= 0 || performance.now() >= endMs;
  const scan = async (source: Source): Promise<void> => {
    const reader = await source.open(undefined);
    try {
      while (!isOver()) {
        const chunk = await reader.read(classifier.buffer);
        if (chunk.kind === "end") return;
        bytesLeft -= chunk.kind === "lines" ? chunk.lengthBytes : chunk.bytes.length;
        const lines = classifier.classify(chunk, source.name);
        for (let index = 0; index < lines.selectedCount; index++)
          take({
            source: source.name,
            bytes: lines.line(index),
            readAs: lines.readAs(index),
            trueLengthBytes: lines.trueLengthBytes(index),
            verdict: lines.verdict(index),
          });
      }
    } finally {
      await reader.close();
    }
  };
  for (const milliseconds of looksBackMs) {
    const { sources } = await discover({ kind: "duration", milliseconds });
    for (const source of sources) {
      if (isOver()) return false;
      try {
        await scan(source);
      } catch {
        // The run reads it too, and says what is wrong with it.
      }
    }
  }
  return !isOver();
}
