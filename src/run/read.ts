/**
 * The walk of a line, from its log to the collector that reports it.
 * Promise: a line that was read is either ignored by a named rule or handed to the collector, before the position moves
 * past it. Whatever happens before the next commit, the line is read again.
 */
import type { LedgerRow } from "../report/document.js";
import { addRows, checkLedger, emptyRow } from "../report/ledger.js";
import { createReportFile } from "../report/report-file.js";
import type { LinesChunk } from "../rules/classify/classified-lines.js";
import type { Classifier } from "../rules/classify/classifier.js";
import { fromInput, InputError } from "../sources/input-error.js";
import type { Position, ResumableReader, Source } from "../sources/source.js";
import { newline } from "../std/text/line-text.js";
import type { Notice } from "../std/notice.js";
import type { Collector, Progress } from "./product.js";

export interface Walk<Verdict> {
  readonly sources: readonly Source[];
  readonly classifier: Classifier<Verdict>;
  readonly collector: Pick<Collector<Verdict, never>, "accept">;
  /** Where each source was left. */
  readonly positions: Readonly<Record<string, Position>>;
  /** After so many bytes `store` is called: a kill costs no more than that. */
  readonly storeEveryBytes: number;
  /** Makes durable what was collected, together with the positions after it. */
  readonly store: (part: ReadPart<Verdict>) => void;
  /** The path of the report file that the next commit writes. */
  readonly reportFilePath: () => string;
  /** An abort ends the walk after the chunk in hand. */
  readonly signal?: AbortSignal;
  readonly limits?: SourceLimits;
}

/** How much of one source a run reads: no source keeps the others, or the report, waiting. */
export interface SourceLimits {
  readonly bytes: number;
  readonly milliseconds: number;
}

/** A unit's run may take 30 minutes, and an hour's log that is larger than this is one that nobody rotates in time. */
const usualSourceLimits: SourceLimits = { bytes: 16 * 2 ** 30, milliseconds: 5 * 60_000 };

/** What has been read, and the counted lines since the last part, gzipped, if there are any. */
export interface ReadPart<Verdict> extends Progress<Verdict> {
  readonly reportFile?: Uint8Array;
}

/** Reads all sources to their ends, in their order. A source that fails is named; the others are read all the same. */
export async function walk<Verdict>({
  sources,
  classifier,
  collector,
  storeEveryBytes,
  store,
  reportFilePath,
  signal,
  limits = usualSourceLimits,
  ...given
}: Walk<Verdict>): Promise<ReadPart<Verdict>> {
  const positions: Record<string, Position> = { ...given.positions };
  const notices: Notice[] = [];
  const failed: string[] = [];
  const counts = new Map<Verdict, number>();
  const reportFiles: string[] = [];
  const ledger = new Map<string, LedgerRow>();
  let reportFile = createReportFile();
  let bytesSinceStore = 0;

  /** `noticed`: what the source that is being read has noticed so far. */
  const part = (noticed: readonly Notice[]): ReadPart<Verdict> => {
    const rows = [...ledger.values()];
    checkLedger(rows);
    const counted = reportFile.close();
    reportFile = createReportFile();
    bytesSinceStore = 0;
    if (counted) reportFiles.push(reportFilePath());
    return {
      positions: { ...positions },
      ledger: rows,
      counts: new Map(counts),
      notices: [...notices, ...noticed],
      failed: [...failed],
      reportFiles: [...reportFiles],
      ...(counted && { reportFile: counted }),
    };
  };

  /** The lines since the last call that a rule ignored, as the automaton counted them, but for those that are told all the same. */
  const takeIgnored = (overruled: ReadonlyMap<Verdict, number>): number => {
    let ignored = 0;
    for (const [verdict, counted] of classifier.takeCounts()) {
      const lines = counted - (overruled.get(verdict) ?? 0);
      counts.set(verdict, (counts.get(verdict) ?? 0) + lines);
      if (classifier.isIgnored(verdict)) ignored += lines;
    }
    return ignored;
  };

  /** Reads from a source until it ends, it is time to store, it has had its share, or the run is to end. */
  const readOn = async (
    { name, kind }: Source,
    reader: ResumableReader,
    share: Share,
  ): Promise<"ended" | "time to store" | "share used up"> => {
    const row = emptyRow(name);
    /** Lines of an ignored verdict that the collector told: parts of something that is no routine. */
    const overruled = new Map<Verdict, number>();
    try {
      for (;;) {
        if (signal?.aborted) return "ended";
        const chunk = await fromInput(reader.read(classifier.buffer));
        if (chunk.kind === "end") return "ended";
        // Counted by its newlines: what the automaton counts is held against it.
        row.read += linesIn(chunk, classifier.buffer);
        const lines = classifier.classify(chunk, name);
        for (let index = 0; index < lines.selectedCount; index++) {
          const bytes = lines.line(index);
          const trueLengthBytes = lines.trueLengthBytes(index);
          const leadingNulBytes = lines.leadingNulBytes(index);
          const readAs = lines.readAs(index);
          const verdict = lines.verdict(index);
          const outcome = collector.accept({
            source: name,
            sourceKind: kind,
            bytes,
            trueLengthBytes,
            ...(leadingNulBytes > 0 && { leadingNulBytes }),
            ...(readAs && { readAs }),
            verdict,
          });
          if (outcome !== "ignored") {
            row[outcome] += 1;
            if (classifier.isIgnored(verdict)) overruled.set(verdict, (overruled.get(verdict) ?? 0) + 1);
          }
          if (outcome === "counted") reportFile.add(bytes);
        }
        const readBytes =
          chunk.kind === "lines" ? chunk.lengthBytes + (chunk.passedBytes ?? 0) : chunk.trueLengthBytes;
        bytesSinceStore += readBytes;
        if (share.isUsedUp(readBytes)) return "share used up";
        if (bytesSinceStore >= storeEveryBytes) return "time to store";
      }
    } finally {
      row.ignored = takeIgnored(overruled);
      const before = ledger.get(name);
      ledger.set(name, before ? addRows(before, row) : row);
      positions[name] = reader.position();
    }
  };

  // What was counted before this walk is none of its lines.
  classifier.takeCounts();
  for (const source of sources) {
    if (signal?.aborted) break;
    let reader: ResumableReader | undefined;
    try {
      reader = await fromInput(source.open(positions[source.name]));
      const share = new Share(limits);
      for (;;) {
        const end = await readOn(source, reader, share);
        if (end === "share used up" && reader.unreadBytes?.() !== 0)
          notices.push(share.notice(source.name, reader));
        if (end !== "time to store") break;
        store(part(reader.notices()));
      }
    } catch (error) {
      // What goes wrong inside the program stops the run: lines are between a position and the report then.
      if (!(error instanceof InputError)) throw error;
      failed.push(source.name);
      notices.push({
        where: source.name,
        what: error.message,
        done: "not read further, the next run tries again",
        about: "unread source",
      });
    } finally {
      notices.push(...(reader?.notices() ?? []));
      await reader?.close();
    }
  }
  return part([]);
}

/** What a run spends on one source. */
class Share {
  private readonly limits: SourceLimits;
  private readonly startMs = performance.now();
  private readBytes = 0;

  constructor(limits: SourceLimits) {
    this.limits = limits;
  }

  isUsedUp(moreBytes: number): boolean {
    this.readBytes += moreBytes;
    const { bytes, milliseconds } = this.limits;
    return this.readBytes >= bytes || performance.now() - this.startMs >= milliseconds;
  }

  notice(where: string, reader: ResumableReader): Notice {
    const unreadBytes = reader.unreadBytes?.();
    const rest = unreadBytes === undefined ? "the rest" : `the other ${unreadBytes} bytes`;
    return {
      where,
      what: "has more than one run reads of a source",
      done: `read ${this.readBytes} bytes, the next run reads ${rest}`,
      isEvent: true,
    };
  }
}

/** How many lines a chunk has. The last one may lack its newline. */
function linesIn(chunk: LinesChunk, buffer: Uint8Array): number {
  if (chunk.kind === "long line") return 1;
  const bytes = buffer.subarray(0, chunk.lengthBytes);
  let lines = 0;
  for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, end + 1)) lines++;
  return bytes.at(-1) === newline || bytes.length === 0 ? lines : lines + 1;
}
