/**
 * Remembers the lines that were read last of a log, each by a digest.
 * Promise: reading pays only for those that are remembered.
 */
import { hash, randomBytes } from "node:crypto";
import type { Framing } from "../bytes/framing.js";
import { leadingNulsIn } from "../bytes/leading-nuls.js";
import { digestChars, digestsOf, longestDigestedLine, longestSalt, type LineDigests } from "./line-digests.js";

/** What is too much for the dense ones moves to the sparse ones in this part of them, and one in so many stays. */
const thinning = 8;

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
  private sparse: string;
  private dense: string;
  private isCut: boolean;
  private latestMs: number | undefined;

  /** `mostLines`: how many of the last lines get a digest each. */
  constructor(stored: LineDigests | undefined, mostLines: number) {
    this.salt = stored?.salt ?? randomBytes(9).toString("base64");
    this.sparse = stored?.sparse ?? "";
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
    const units = unitsIn(lines, framing);
    if (units.length === 0) return;
    const last = units.slice(-this.mostLines);
    if (hasGap || last.length < units.length) this.thin(this.lineCount);
    const latestMs = latestIn(last, framing);
    if (this.lineCount === 0 && latestMs === undefined) return;
    // Of an edited log, older lines may come later.
    this.latestMs = Math.max(latestMs ?? 0, this.latestMs ?? 0);
    this.dense += last.map((unit) => digestOf(this.salt, unit)).join("");
    const step = Math.ceil(this.mostLines / thinning);
    const excess = this.lineCount - this.mostLines;
    if (excess > 0) this.thin(Math.min(this.lineCount, Math.ceil(excess / step) * step));
  }

  stored(): LineDigests {
    const { salt, sparse, dense, isCut, latestMs } = this;
    return { salt, sparse, dense, ...(isCut && { isCut }), ...(latestMs !== undefined && { latestMs }) };
  }

  private get lineCount(): number {
    return this.dense.length / digestChars;
  }

  /** Leaves some of the oldest dense lines, and of the sparse ones no more than there is room for. */
  private thin(lineCount: number): void {
    this.isCut = true;
    this.sparse += digestsOf(this.dense.slice(0, lineCount * digestChars), thinning).join("");
    this.dense = this.dense.slice(lineCount * digestChars);
    const mostChars = Math.ceil(this.mostLines / thinning) * digestChars;
    while (this.sparse.length > mostChars) this.sparse = digestsOf(this.sparse, 2).join("");
  }
}

function latestIn(units: readonly Uint8Array[], framing: Framing): number | undefined {
  for (const unit of units.toReversed()) {
    const timestampMs = framing.timestampOf(unit);
    if (timestampMs !== undefined) return timestampMs;
  }
  return undefined;
}

function unitsIn(lines: Uint8Array, framing: Framing): Uint8Array[] {
  const units: Uint8Array[] = [];
  let start = 0;
  for (let end = framing.endOf(lines, 0); end !== undefined; end = framing.endOf(lines, start)) {
    if (end - start <= longestDigestedLine) units.push(lines.subarray(start, end));
    start = end;
  }
  return units;
}
