/**
 * The walk of a line, from its log to the desk that reports it. Read this first.
 * Promise: a line that was read is either ignored by a named rule or stands in what is stored together with the
 * position after it, in one commit. Whatever happens before that commit, the line is read again.
 */
import type { LineJudge } from "../rules/classifier.js";
import { addLedgers, checkLedger } from "../report/ledger.js";
import { createReportFile } from "../report/report-file.js";
import type { LedgerRow } from "../report/document.js";
import { fromInput, InputError } from "../sources/input-error.js";
import type { Position, ResumableReader, Source } from "../sources/source.js";
import type { Notice } from "../std/notice.js";

/** What the walk asks of a judge of lines. A verdict is a layer and its rule, or logcheck's sections. */
export type LineSieve<Verdict> = Pick<
  LineJudge<Verdict>,
  "chunk" | "sift" | "siftLine" | "isSelected" | "unselectedCount"
>;

/** A line that remains. The bytes are the chunk's: they change with the next one. */
export interface SelectedLine<Verdict> {
  readonly source: string;
  /** With its newline, if it has one. */
  readonly bytes: Uint8Array;
  /** More than `bytes` has when the line was cut. */
  readonly trueLengthBytes: number;
  readonly verdict: Verdict;
}

/** Where the lines that remain are gathered for the report. */
export interface Desk<Verdict> {
  /**
   * Whether the line's words will be in the report ("reported"), or only its count ("counted"); "ignored" where it was
   * selected to be looked at, and its rule drops it; "duplicate" where the report tells of its event by a line of
   * another source.
   */
  take(line: SelectedLine<Verdict>): "reported" | "counted" | "ignored" | "duplicate";
}

export interface Walk<Verdict> {
  readonly sources: readonly Source[];
  readonly sieve: LineSieve<Verdict>;
  readonly desk: Desk<Verdict>;
  /** Where each source was left. */
  readonly positions: Readonly<Record<string, Position>>;
  /** After so many bytes `store` is called: a kill costs no more than that. */
  readonly storeEveryBytes: number;
  /** Makes durable what the desk holds, together with the positions after it. */
  readonly store: (progress: Progress) => void;
}

/** What has been read since the walk began; the report file holds what came since the last store. */
export interface Progress {
  /** Of all sources, also of those that were not read. */
  readonly positions: Readonly<Record<string, Position>>;
  readonly ledger: readonly LedgerRow[];
  readonly notices: readonly Notice[];
  /** The sources that could not be read to their end. */
  readonly failed: readonly string[];
  /** The counted lines, gzipped, if there are any. */
  readonly reportFile?: Uint8Array;
}

/** Reads all sources to their ends, in their order. A source that fails is named; the others are read all the same. */
export async function walk<Verdict>({
  sources,
  sieve,
  desk,
  storeEveryBytes,
  store,
  ...given
}: Walk<Verdict>): Promise<Progress> {
  const positions: Record<string, Position> = { ...given.positions };
  const notices: Notice[] = [];
  const failed: string[] = [];
  let ledger: readonly LedgerRow[] = [];
  let reportFile = createReportFile();
  let bytesSinceStore = 0;

  /** `noticed`: what the source that is being read has noticed so far. */
  const progress = (noticed: readonly Notice[]): Progress => {
    checkLedger(ledger);
    const rest = reportFile.close();
    reportFile = createReportFile();
    bytesSinceStore = 0;
    return {
      positions: { ...positions },
      ledger,
      notices: [...notices, ...noticed],
      failed: [...failed],
      ...(rest && { reportFile: rest }),
    };
  };

  /** Reads from a source until it ends or it is time to store. */
  const readOn = async (source: string, reader: ResumableReader): Promise<"ended" | "time to store"> => {
    const unselectedBefore = sieve.unselectedCount();
    const account = { source, read: 0, ignored: 0, reported: 0, counted: 0, duplicate: 0 };
    const take = (bytes: Uint8Array, trueLengthBytes: number, verdict: Verdict): void => {
      const showing = desk.take({ source, bytes, trueLengthBytes, verdict });
      account[showing] += 1;
      if (showing === "counted") reportFile.add(bytes);
    };
    try {
      for (;;) {
        const chunk = await fromInput(reader.read(sieve.chunk));
        if (chunk.kind === "end") return "ended";
        if (chunk.kind === "lines") {
          const sifted = sieve.sift(chunk.lengthBytes);
          const { chunk: bytes } = sieve;
          account.read += sifted.lineCount;
          for (let line = 0; line < sifted.selectedCount; line++) {
            // Within selectedCount both arrays are filled.
            const lineBytes = bytes.subarray(sifted.starts[line]!, sifted.ends[line]!);
            take(lineBytes, lineBytes.length, sifted.verdict(line));
          }
          bytesSinceStore += chunk.lengthBytes;
        } else {
          account.read += 1;
          const verdict = sieve.siftLine(chunk.bytes);
          if (sieve.isSelected(verdict)) take(chunk.bytes, chunk.trueLengthBytes, verdict);
          bytesSinceStore += chunk.trueLengthBytes;
        }
        if (bytesSinceStore >= storeEveryBytes) return "time to store";
      }
    } finally {
      account.ignored += sieve.unselectedCount() - unselectedBefore;
      ledger = addLedgers(ledger, [account]);
      positions[source] = reader.position();
    }
  };

  for (const source of sources) {
    let reader: ResumableReader | undefined;
    try {
      reader = await fromInput(source.open(positions[source.name]));
      while ((await readOn(source.name, reader)) === "time to store") store(progress(reader.notices()));
    } catch (error) {
      // What goes wrong after the door stops the run: lines are between a position and the report then.
      if (!(error instanceof InputError)) throw error;
      failed.push(source.name);
      notices.push({
        where: source.name,
        what: error.message,
        done: "not read further, the next run tries again",
      });
    } finally {
      notices.push(...(reader?.notices() ?? []));
      await reader?.close();
    }
  }
  return progress([]);
}
