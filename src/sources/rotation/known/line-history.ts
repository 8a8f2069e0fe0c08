/**
 * Remembers the lines that were read last of a log, each by a digest.
 * Promise: reading pays only for those that are remembered.
 */
import { hash, randomBytes } from "node:crypto";
import type { Framing } from "../../bytes/framing.js";
import { leadingNulsIn } from "../../bytes/leading-nuls.js";
import {
  denseDigests,
  digestChars,
  longestDigestedLine,
  longestSalt,
  mostSparseLines,
  sparseDigests,
  sparseList,
  usualDenseLines,
  type LineDigests,
  type SparseDigest,
} from "./line-digests.js";

/** What is too much for the dense ones moves to the sparse ones in this part of them. */
const movedPart = 8;

/** The sparse ones are at least so many lines apart, */
const leastGapLines = 8;

/** and no further than this part of the way to the dense ones, where there are few logs. */
const usualGapPart = 16;

/** So many sparse ones wait to be thinned: to do it with each chunk would cost more than to read it. */
const mostHeldSparseLines = 4096;

/** Room for what is hashed: a Buffer for each line would cost as much as its hash. */
const salted = Buffer.alloc(longestSalt + longestDigestedLine);

/** The digest of a unit, without the NUL bytes before it. */
export function digestOf(salt: string, unit: Uint8Array): string {
  const saltBytes = salted.write(salt, "latin1");
  const text = unit.subarray(leadingNulsIn(unit), longestDigestedLine);
  salted.set(text, saltBytes);
  return hash("sha256", salted.subarray(0, saltBytes + text.length), "base64").slice(0, digestChars);
}

export class LineHistory {
  private readonly salt: string;
  private readonly mostLines: number;
  /** Oldest first. More than are kept: `thinned` sorts them out. */
  private sparse: readonly SparseDigest[];
  private dense: string;
  private isCut: boolean;
  private latestMs: number | undefined;

  /** `mostLines`: how many of the last lines get a digest each. */
  constructor(stored: LineDigests | undefined, mostLines: number) {
    this.salt = stored?.salt ?? randomBytes(9).toString("base64");
    this.sparse = sparseDigests(stored?.sparse ?? "");
    this.dense = stored?.dense ?? "";
    this.isCut = stored?.isCut ?? false;
    this.latestMs = stored?.latestMs;
    this.mostLines = mostLines;
  }

  /**
   * Adds lines that were read, whole ones. `hasGap`: others were read before them that are not known here.
   * As long as no line states a time none is remembered: such lines may well be written again, word for word.
   */
  add(lines: Uint8Array, framing: Framing, hasGap: boolean): void {
    const units = new Units(lines, framing);
    if (units.count === 0) return;
    const last = units.some(Math.max(0, units.count - this.mostLines), units.count, 1);
    const earlyCount = units.count - last.length;
    if (hasGap || earlyCount > 0) this.thin(this.lineCount);
    const latestMs = latestIn(last, framing);
    if (this.lineCount === 0 && latestMs === undefined) return;
    // Of an edited log, older lines may come later.
    this.latestMs = Math.max(latestMs ?? 0, this.latestMs ?? 0);
    if (earlyCount > 0) {
      // Half a megabyte may hold as many lines as bytes.
      const gapLines = Math.max(leastGapLines, Math.ceil(earlyCount / mostSparseLines));
      this.addSparse(this.digestsOf(units.some(0, earlyCount, gapLines), gapLines));
    }
    this.dense += last.map((unit) => digestOf(this.salt, unit)).join("");
    const step = Math.ceil(this.mostLines / movedPart);
    const excess = this.lineCount - this.mostLines;
    if (excess > 0) this.thin(Math.min(this.lineCount, Math.ceil(excess / step) * step));
  }

  /** Adds some of the lines that were read, about so many bytes apart, where there are too many for all. */
  addSome(lines: Uint8Array, framing: Framing, everyBytes: number): void {
    const some: Uint8Array[] = [];
    let unitBytes = 0;
    for (let place = 0; place < lines.length; place += everyBytes) {
      const start = framing.boundaryIn(lines.subarray(place), 0);
      const end = start === undefined ? undefined : framing.endOf(lines, place + start);
      if (start === undefined || end === undefined) break;
      const unit = lines.subarray(place + start, end);
      if (unit.length > longestDigestedLine || framing.timestampOf(unit) === undefined) continue;
      some.push(unit);
      unitBytes += unit.length;
    }
    this.thin(this.lineCount);
    const gapLines = Math.max(1, Math.round((everyBytes * some.length) / Math.max(1, unitBytes)));
    this.addSparse(this.digestsOf(some, gapLines));
  }

  private digestsOf(units: readonly Uint8Array[], gapLines: number): SparseDigest[] {
    return units.map((unit) => ({ digest: digestOf(this.salt, unit), gapLines }));
  }

  stored(): LineDigests {
    const { salt, dense, isCut, latestMs } = this;
    const sparse = sparseList(this.thinned());
    return { salt, sparse, dense, ...(isCut && { isCut }), ...(latestMs !== undefined && { latestMs }) };
  }

  private get lineCount(): number {
    return this.dense.length / digestChars;
  }

  /** Makes sparse ones of the oldest dense lines. */
  private thin(lineCount: number): void {
    const moved = this.dense.slice(0, lineCount * digestChars);
    this.dense = this.dense.slice(moved.length);
    this.addSparse(denseDigests(moved).map((digest) => ({ digest, gapLines: 1 })));
  }

  private addSparse(digests: readonly SparseDigest[]): void {
    this.isCut = true;
    this.sparse = [...this.sparse, ...digests];
    if (this.sparse.length > mostHeldSparseLines) this.sparse = this.thinned();
  }

  /** The older, the further apart: what follows the last one that is found in a copy is given again. */
  private thinned(): readonly SparseDigest[] {
    const gapPart = Math.max(1, (usualGapPart * this.mostLines) / usualDenseLines);
    const kept: SparseDigest[] = [];
    let [ageLines, gapLines] = [0, 0];
    for (let index = this.sparse.length - 1; index >= 0; index--) {
      const older = this.sparse[index];
      if (!older) break;
      ageLines += older.gapLines;
      gapLines += older.gapLines;
      const withoutLines = gapLines + (this.sparse[index - 1]?.gapLines ?? Infinity);
      if (withoutLines <= Math.max(leastGapLines, ageLines / gapPart)) continue;
      kept.push({ digest: older.digest, gapLines });
      gapLines = 0;
    }
    return kept.slice(0, mostSparseLines).toReversed();
  }
}

function latestIn(units: readonly Uint8Array[], framing: Framing): number | undefined {
  for (const unit of units.toReversed()) {
    const timestampMs = framing.timestampOf(unit);
    if (timestampMs !== undefined) return timestampMs;
  }
  return undefined;
}

/** Where the units of a piece stand that may have a digest. A view of each would take a hundred bytes. */
class Units {
  private readonly lines: Uint8Array;
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  constructor(lines: Uint8Array, framing: Framing) {
    this.lines = lines;
    let start = 0;
    for (let end = framing.endOf(lines, 0); end !== undefined; end = framing.endOf(lines, start)) {
      if (end - start <= longestDigestedLine) {
        this.starts.push(start);
        this.ends.push(end);
      }
      start = end;
    }
  }

  get count(): number {
    return this.starts.length;
  }

  /** Every so many of the units from one to before another. */
  some(from: number, to: number, every: number): Uint8Array[] {
    const some: Uint8Array[] = [];
    for (let index = from; index < to; index += every)
      some.push(this.lines.subarray(this.starts[index], this.ends[index]));
    return some;
  }
}
