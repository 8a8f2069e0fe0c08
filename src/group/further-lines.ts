/**
 * Chooses what is kept of a group after its first lines: the last line, and those that differ most from all before.
 * Promise: the work for a line and the memory of a group are bounded, whatever comes.
 */
import type { Finding, Sample } from "./group.js";
import { readEntry } from "../entry/header.js";
import { beginningOf } from "./sample.js";
import { SeenWords } from "./words.js";

/** Of a line that is kept after the first ones. */
const maxFurtherBytes = 1024;
/** Where there are no more, nothing is to be chosen. */
const fewLines = 2;

/** The further lines of one group. */
export class FurtherLines {
  private readonly differing: Sample[] = [];
  private last: Sample | undefined;
  private readonly words = new SeenWords();

  /** In: what the group keeps already, in reading order; those among it that are no first lines are taken over. */
  constructor(samples: readonly Sample[]) {
    for (const sample of samples) {
      this.words.add(sample.line);
      if (isFirstLine(sample)) continue;
      if (sample.difference !== undefined && sample.difference > 0) this.differing.push(sample);
      else this.last = sample;
    }
  }

  /** Whoever calls it reports the line as counted. Out: by how many bytes the differing lines have grown. */
  add(finding: Finding, maxDiffering: number, maxBytes: number): number {
    const difference = this.words.differenceOf(finding.entry);
    const { source, trueLengthBytes } = finding;
    const line = beginningOf(finding.line, maxFurtherBytes);
    this.last = { source, line, trueLengthBytes, isInReportFile: true, difference: 0 };
    if (difference === 0) return 0;
    const sample: Sample = { ...this.last, difference };
    const bytes = line.length;
    if (this.differing.length < maxDiffering && bytes <= maxBytes) {
      this.differing.push(sample);
      return bytes;
    }
    const least = this.leastDiffering();
    const given = this.differing[least];
    if (given === undefined || (given.difference ?? 0) >= difference) return 0;
    if (bytes - given.line.length > maxBytes) return 0;
    this.differing.splice(least, 1);
    this.differing.push(sample);
    return bytes - given.line.length;
  }

  /** In reading order. */
  samples(): readonly Sample[] {
    const { last } = this;
    if (last === undefined) return this.differing;
    const isThere = this.differing.at(-1)?.line === last.line;
    return isThere ? this.differing : [...this.differing, last];
  }

  private leastDiffering(): number {
    let least = 0;
    for (const [index, { difference = 0 }] of this.differing.entries())
      if (difference < (this.differing[least]?.difference ?? 0)) least = index;
    return least;
  }
}

export function isFirstLine({ difference, isFirst }: Sample): boolean {
  return difference === undefined || isFirst === true;
}

/** The first lines of a group, with how much each differs from those before it: one of them may be what matters. */
export function withDifferences(firsts: readonly Sample[]): readonly Sample[] {
  if (firsts.length <= fewLines) return firsts;
  const words = new SeenWords();
  return firsts.map((sample) => {
    // What belongs to the event of another line is shown with it.
    if (sample.folded !== undefined) return sample;
    return { ...sample, difference: words.differenceOf(readEntry(sample.line, anyTime)), isFirst: true };
  });
}

const anyTime = new Date(0);
