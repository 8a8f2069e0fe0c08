/**
 * What stood near a line of an alarm: lines of all sources, also of those that the rules ignored.
 * Promise: of one address, user or process before unrelated ones, then the nearest; never more than a few, and no noise.
 */
import { readEntry } from "../entry/header.js";
import type { ByteString, Text } from "../std/text/byte-string.js";
import { usualSurroundings, type Surroundings } from "./surroundings.js";

/** A line that is shown beside those of a kind. It stays in the ledger what it is. */
export interface NearLine {
  readonly source: Text;
  /** Without its newline; its beginning, where it is longer than `maxLineBytes`. */
  readonly line: ByteString;
  readonly trueLengthBytes: number;
}

export interface Around {
  /** The line that they stood around. */
  readonly middle: Pick<Middle, "source" | "line">;
  readonly before: readonly NearLine[];
  readonly after: readonly NearLine[];
}

/** The line that others are looked for around. */
export interface Middle {
  readonly source: Text;
  readonly line: ByteString;
  readonly timeMs: number;
  /** What makes another line related: an address, a user, a unit. */
  readonly values: readonly string[];
}

/** Of each side, and of lines that are told apart, so that a flood around an alarm costs no memory. */
const maxCandidates = 200;
const maxSeen = 5000;
/** What comes so often near a line is noise, and says nothing of the line. */
const noiseLines = 3;
const maxLineBytes = 2000;

interface Candidate extends NearLine {
  readonly distanceMs: number;
  readonly isRelated: boolean;
  /** What it says, without numbers. */
  readonly pattern: string;
  readonly order: number;
}

/** Gathers what stood around one line. */
export class NearbyLines {
  readonly middle: Middle;
  readonly surroundings: Surroundings;
  private readonly pattern: string;
  private readonly process: string | undefined;
  private readonly before: Candidate[] = [];
  private readonly after: Candidate[] = [];
  private readonly seen = new Set<string>();
  /** How often each pattern came. */
  private readonly times = new Map<string, number>();
  private order = 0;
  /** Whether the line itself came by already, in its source. */
  private isPast = false;

  constructor(middle: Middle, surroundings: Surroundings = usualSurroundings) {
    this.middle = middle;
    this.surroundings = surroundings;
    const { appName = "", procId, message } = readEntry(middle.line, new Date(middle.timeMs));
    this.process = procId === undefined ? undefined : `${appName}[${procId}]`;
    this.pattern = withoutNumbers(`${appName}: ${message}`);
  }

  /** Begins a source: its lines come in their order. */
  beginSource(): void {
    this.isPast = false;
  }

  /** Whether lines of a span of time may be near enough. */
  touches(firstMs: number, lastMs: number): boolean {
    const { timeMs } = this.middle;
    const { withinMs } = this.surroundings;
    return timeMs >= firstMs - withinMs && timeMs <= lastMs + withinMs;
  }

  /** Whether lines of a time are near enough. */
  isNear(timeMs: number): boolean {
    return Math.abs(timeMs - this.middle.timeMs) <= this.surroundings.withinMs;
  }

  /** In: a line whose time is near. */
  add(source: Text, line: ByteString, timeMs: number): void {
    const { middle } = this;
    if (source === middle.source && line === middle.line) {
      this.isPast = true;
      return;
    }
    const { appName = "", procId = "", message } = readEntry(line, new Date(timeMs));
    // Further lines of the kind itself are no surroundings, whichever source carries them.
    const pattern = withoutNumbers(`${appName}: ${message}`);
    if (pattern === this.pattern) return;
    if (this.seen.size >= maxSeen) return;
    this.times.set(pattern, (this.times.get(pattern) ?? 0) + 1);
    // Journal and log files tell of the same event, with stamps of their own.
    const told = `${Math.floor(timeMs / 1000)} ${appName}[${procId}] ${message}`;
    if (this.seen.has(told)) return;
    const distanceMs = timeMs - middle.timeMs;
    const isBefore = distanceMs < 0 || (distanceMs === 0 && source === middle.source && !this.isPast);
    const side = isBefore ? this.before : this.after;
    if (side.length >= 2 * maxCandidates) side.splice(0, side.length, ...ranked(side, maxCandidates));
    this.seen.add(told);
    side.push({
      source,
      line: line.slice(0, maxLineBytes),
      trueLengthBytes: line.length,
      distanceMs,
      isRelated:
        `${appName}[${procId}]` === this.process || middle.values.some((value) => line.includes(value)),
      pattern,
      order: this.order++,
    });
  }

  /** By time. */
  around(): Around {
    const { middle, before, after, surroundings } = this;
    return {
      middle,
      before: this.chosen(before, surroundings.before),
      after: this.chosen(after, surroundings.after),
    };
  }

  private chosen(candidates: readonly Candidate[], most: number): NearLine[] {
    const isTelling = ({ isRelated, pattern }: Candidate): boolean =>
      isRelated || (this.times.get(pattern) ?? 0) < noiseLines;
    const telling = ranked(candidates.filter(isTelling), most);
    const noise = this.surroundings.showsNoise ? candidates.filter((line) => !isTelling(line)) : [];
    return inOrder([...telling, ...ranked(noise, most - telling.length)]);
  }
}

/** By time. */
function inOrder(candidates: readonly Candidate[]): NearLine[] {
  return candidates
    .toSorted((one, other) => one.distanceMs - other.distanceMs || one.order - other.order)
    .map(({ source, line, trueLengthBytes }) => ({ source, line, trueLengthBytes }));
}

function ranked(candidates: readonly Candidate[], most: number): Candidate[] {
  return candidates
    .toSorted(
      (one, other) =>
        Number(other.isRelated) - Number(one.isRelated) ||
        Math.abs(one.distanceMs) - Math.abs(other.distanceMs) ||
        // Of one second, before the line the later, after it the earlier one stood next to it.
        (one.distanceMs < 0 || other.distanceMs < 0 ? other.order - one.order : one.order - other.order),
    )
    .slice(0, most);
}

function withoutNumbers(line: ByteString): string {
  return line.replace(/[0-9]+/g, "0");
}
