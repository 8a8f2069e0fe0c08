/**
 * The walk of a line, from its log to the desk that reports it. Read this first.
 * Promise: a line that was read is either ignored by a named rule or stands in what is stored together with the
 * position behind it, in one commit. Whatever happens before that commit, the line is read again.
 */
import type { LineJudge } from "./automata/line-judge.js";
import { addLedgers, checkLedger } from "./classify/ledger.js";
import { createFullSet } from "./report/full-set.js";
import type { LedgerRow } from "./report/report.js";
import { fromInput, InputError } from "./sources/input-error.js";
import type { Position, Reader, Source } from "./sources/source.js";
import type { Notice } from "./std/notice.js";

/** What the walk asks of a judge of lines. A verdict is a layer and its rule, or logcheck's sections. */
export type LineSieve<Verdict> = Pick<
  LineJudge<Verdict>,
  "chunk" | "sift" | "siftLine" | "isListed" | "unlistedCount"
>;

/** A line that remains. The bytes are the chunk's: they change with the next one. */
export interface ListedLine<Verdict> {
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
   * Whether the line's words will be in the report ("reported"), or only its count ("capped"); "ignored" where it was
   * listed to be looked at, and its rule drops it; "told elsewhere" where the report tells of its event by a line of
   * another source.
   */
  take(line: ListedLine<Verdict>): "reported" | "capped" | "ignored" | "told elsewhere";
}

export interface Walk<Verdict> {
  readonly sources: readonly Source[];
  readonly sieve: LineSieve<Verdict>;
  readonly desk: Desk<Verdict>;
  /** Where each source was left. */
  readonly positions: Readonly<Record<string, Position>>;
  /** After so many bytes `store` is called: a kill costs no more than that. */
  readonly storeEveryBytes: number;
  /** Makes durable what the desk holds, together with the positions behind it. */
  readonly store: (progress: Progress) => void;
}

/** What has been read since the walk began; the full set holds what came since the last store. */
export interface Progress {
  /** Of all sources, also of those that were not read. */
  readonly positions: Readonly<Record<string, Position>>;
  readonly ledger: readonly LedgerRow[];
  readonly notices: readonly Notice[];
  /** The sources that could not be read to their end. */
  readonly failed: readonly string[];
  /** The capped lines, gzipped, if there are any. */
  readonly fullSet?: Uint8Array;
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
  let fullSet = createFullSet();
  let bytesSinceStore = 0;

  /** `noticed`: what the source that is being read has noticed so far. */
  const progress = (noticed: readonly Notice[]): Progress => {
    checkLedger(ledger);
    const rest = fullSet.close();
    fullSet = createFullSet();
    bytesSinceStore = 0;
    return {
      positions: { ...positions },
      ledger,
      notices: [...notices, ...noticed],
      failed: [...failed],
      ...(rest && { fullSet: rest }),
    };
  };

  /** Reads from a source until it ends or it is time to store. */
  const readOn = async (source: string, reader: Reader): Promise<"ended" | "time to store"> => {
    const unlistedBefore = sieve.unlistedCount();
    const account = { source, read: 0, ignored: 0, reported: 0, capped: 0, "told elsewhere": 0 };
    const take = (bytes: Uint8Array, trueLengthBytes: number, verdict: Verdict): void => {
      const showing = desk.take({ source, bytes, trueLengthBytes, verdict });
      account[showing] += 1;
      if (showing === "capped") fullSet.add(bytes);
    };
    try {
      for (;;) {
        const chunk = await fromInput(reader.read(sieve.chunk));
        if (chunk.kind === "end") return "ended";
        if (chunk.kind === "lines") {
          const sifted = sieve.sift(chunk.lengthBytes);
          const { chunk: bytes } = sieve;
          account.read += sifted.lineCount;
          for (let line = 0; line < sifted.listedCount; line++) {
            // Within listedCount both arrays are filled.
            const lineBytes = bytes.subarray(sifted.starts[line]!, sifted.ends[line]!);
            take(lineBytes, lineBytes.length, sifted.verdict(line));
          }
          bytesSinceStore += chunk.lengthBytes;
        } else {
          account.read += 1;
          const verdict = sieve.siftLine(chunk.bytes);
          if (sieve.isListed(verdict)) take(chunk.bytes, chunk.trueLengthBytes, verdict);
          bytesSinceStore += chunk.trueLengthBytes;
        }
        if (bytesSinceStore >= storeEveryBytes) return "time to store";
      }
    } finally {
      const { "told elsewhere": toldElsewhere, ...counts } = account;
      const ignored = counts.ignored + sieve.unlistedCount() - unlistedBefore + toldElsewhere;
      ledger = addLedgers(ledger, [{ ...counts, ignored, ...(toldElsewhere > 0 && { toldElsewhere }) }]);
      positions[source] = reader.position();
    }
  };

  for (const source of sources) {
    let reader: Reader | undefined;
    try {
      reader = await fromInput(source.open(positions[source.name]));
      while ((await readOn(source.name, reader)) === "time to store") store(progress(reader.notices()));
    } catch (error) {
      // What goes wrong behind the door stops the run: lines are between a position and the report then.
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
