/**
 * Takes the lines that a run tells, for the archive.
 * Promise: bounded, and neither a flood of one program nor one of lesser lines takes the room of others; what finds no room
 * is counted.
 */
import type { ArchivedLine, ArchivedLines } from "../../store/archive-file.js";
import type { ToldLine } from "./line-gatherer.js";

/** Of lines, in each commit. Gzip makes a tenth of them. */
export interface ToldLinesLimits {
  readonly bytesOfLayer: number;
  readonly bytesOfProgram: number;
}

const usualLimits: ToldLinesLimits = { bytesOfLayer: 2 ** 21, bytesOfProgram: 2 ** 19 };

/** What a record has beside its line. */
const bytesBeside = 32;

export class ToldLines {
  private readonly limits: ToldLinesLimits;
  private readonly usedBytes = new Map<string, number>();
  private lines: ArchivedLine[] = [];
  private leftOut = 0;

  constructor(limits: ToldLinesLimits = usualLimits) {
    this.limits = limits;
  }

  add({ layer, program, ...line }: ToldLine): void {
    const bytes = line.line.length + (line.readAs?.length ?? 0) + bytesBeside;
    const ofLayer = (this.usedBytes.get(layer) ?? 0) + bytes;
    // Names are the log's own words: those that are made up meet the bound of their layer.
    const name = `${layer}\n${program ?? line.source}`;
    const ofProgram = (this.usedBytes.get(name) ?? 0) + bytes;
    if (ofLayer > this.limits.bytesOfLayer || ofProgram > this.limits.bytesOfProgram) {
      this.leftOut++;
      return;
    }
    this.usedBytes.set(layer, ofLayer);
    this.usedBytes.set(name, ofProgram);
    this.lines.push(line);
  }

  /** All since the last call. */
  take(): ArchivedLines {
    const taken = { lines: this.lines, leftOut: this.leftOut };
    this.lines = [];
    this.leftOut = 0;
    this.usedBytes.clear();
    return taken;
  }
}
