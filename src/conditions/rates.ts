/**
 * How often rules with `max` and `min` matched, and the lines that came before a minimum was reached.
 * Promise: bounded for each rule, and what a run knew the next one knows.
 */
import type { ByteString, Text } from "../std/text/byte-string.js";
import { RateWindow, type Steps } from "./rate-window.js";

/** A line that an attention rule matched before enough of them had come. */
export interface EarlierLine {
  readonly source: Text;
  /** Its beginning, where it is shorter than `trueLengthBytes`. */
  readonly line: ByteString;
  readonly trueLengthBytes: number;
  readonly timestampMs: number;
}

/** Plain data, as it is stored. */
export interface RateRecord {
  readonly steps: Steps;
  readonly earlier: readonly EarlierLine[];
}

/** By the rule's name in memory and the period, "rule 0123456789abcdef/3600000". */
export type RateRecords = Readonly<Record<string, RateRecord>>;

const mostEarlierLines = 100;
const longestEarlierBytes = 1024;

interface Rated {
  readonly window: RateWindow;
  earlier: EarlierLine[];
}

export class Rates {
  private readonly rules = new Map<string, Rated>();
  private hasChanged = false;
  /** As they were stored. */
  readonly stored: RateRecords;

  constructor(records: RateRecords = {}) {
    this.stored = records;
  }

  /** Counts lines of a rule. Out: how many came in the period up to them. */
  add(rule: string, periodMs: number, timestampMs: number, lines: number): number {
    this.hasChanged = true;
    return this.rated(rule, periodMs).window.add(timestampMs, lines);
  }

  private rated(rule: string, periodMs: number): Rated {
    const name = `${rule}/${periodMs}`;
    const known = this.rules.get(name);
    if (known) return known;
    const { steps = [], earlier = [] } = this.stored[name] ?? {};
    const rated = { window: new RateWindow(periodMs, steps), earlier: [...earlier] };
    this.rules.set(name, rated);
    return rated;
  }

  /** Keeps a line until enough have come. */
  keep(rule: string, periodMs: number, line: EarlierLine): void {
    const rated = this.rated(rule, periodMs);
    const text = line.line.slice(0, longestEarlierBytes);
    // A slice would hold on to the whole line.
    rated.earlier.push({ ...line, line: Buffer.from(text, "latin1").toString("latin1") });
    if (rated.earlier.length > mostEarlierLines) rated.earlier.shift();
  }

  /** The lines that were kept and came in the period before a time. They are forgotten. */
  take(rule: string, periodMs: number, timestampMs: number): readonly EarlierLine[] {
    const rated = this.rated(rule, periodMs);
    const taken = rated.earlier.filter((line) => line.timestampMs > timestampMs - periodMs);
    rated.earlier = [];
    return taken;
  }

  /** What is to be stored; undefined where it is what was stored. In: the names of the rules that are on. */
  toStore(nowMs: number, rules: ReadonlySet<string>): RateRecords | undefined {
    if (!this.hasChanged) return undefined;
    const asked = [...this.rules].map(([name, { window, earlier }]): [string, RateRecord] => [
      name,
      { steps: window.recent(nowMs), earlier },
    ]);
    const others = Object.entries(this.stored).filter(([name]) => rules.has(name.replace(/\/\d+$/, "")));
    return Object.fromEntries([...others, ...asked]);
  }
}
