/**
 * How many lines each rule decided, month by month, and since when that is counted.
 * Promise: bounded: 20,000 rules, 13 months, and 400 days after the last line; what cannot be read is counted anew, since no
 * line depends on it.
 */
import type { Rule } from "../rules/rule.js";
import { hasFields, isCount, isListOf, isRecordOf, isString } from "../std/json-shape.js";
import type { MemoryRead } from "../store/memory-files.js";
import type { Stored } from "../store/stored.js";

/** The name of its document. */
export const ruleHitsName = "rule-hits";

const version = 1;
const mostRules = 20_000;
const keptMonths = 13;
const keptDays = 400;

/** What one rule did. Plain JSON. */
export interface RuleRecord {
  /** Days since the epoch: when its counting began, and when it last decided a line. */
  readonly added: number;
  readonly last: number;
  /** Lines by month, "2026-11". */
  readonly months: Readonly<Record<string, number>>;
}

/** Plain JSON. */
export interface RuleHits {
  /** When counting began here, days since the epoch. */
  readonly since: number;
  /** Lines that were read, by month. */
  readonly lines: Readonly<Record<string, number>>;
  /** By the key of a rule. */
  readonly used: Readonly<Record<string, RuleRecord>>;
  /** The keys of the rules that never decided a line, by the day on which their counting began. */
  readonly unused: Readonly<Record<string, readonly string[]>>;
}

/** Days since the epoch, in UTC. */
export function dayNumber(date: Date): number {
  return Math.floor(date.getTime() / 86_400_000);
}

function monthOf(date: Date): string {
  return date.toISOString().slice(0, 7);
}

/**
 * The same key for a rule on each run: its file, its list and its text, wherever in the file it stands. Not a digest that
 * nobody could forge: who writes rules needs no such way to hide something.
 */
export function ruleKey({ file, list, text }: Pick<Rule, "file" | "list" | "text">): string {
  let [low, high] = [0x811c9dc5, 0x1b873593];
  const whole = `${file}\n${list}\n${text}`;
  for (let index = 0; index < whole.length; index++) {
    const code = whole.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
    high ^= high >>> 13;
  }
  return (low >>> 0).toString(36) + (high >>> 0).toString(36).padStart(7, "0");
}

export function emptyHits(now: Date): RuleHits {
  return { since: dayNumber(now), lines: {}, used: {}, unused: {} };
}

/** In: what was known before a run, the keys of all rules that are on, and how many lines each decided in the run, and how many were read. */
export function withRun(
  before: RuleHits,
  keys: ReadonlySet<string>,
  {
    hits,
    lines,
    now,
  }: { readonly hits: ReadonlyMap<string, number>; readonly lines: number; readonly now: Date },
): RuleHits {
  const [today, month] = [dayNumber(now), monthOf(now)];
  const used = new Map(Object.entries(before.used).filter(([, { last }]) => today - last <= keptDays));
  const added = new Map<string, number>();
  for (const [day, ofDay] of Object.entries(before.unused))
    for (const key of ofDay) if (keys.has(key)) added.set(key, Number(day));
  for (const key of keys)
    if (!used.has(key) && !added.has(key) && used.size + added.size < mostRules) added.set(key, today);
  for (const [key, count] of hits) {
    const known = used.get(key);
    const since = known?.added ?? added.get(key);
    if (count <= 0 || since === undefined) continue;
    added.delete(key);
    used.set(key, {
      added: since,
      last: today,
      months: recent({ ...known?.months, [month]: (known?.months[month] ?? 0) + count }),
    });
  }
  const unused: Record<string, string[]> = {};
  for (const [key, day] of added) (unused[day] ??= []).push(key);
  const read = recent({ ...before.lines, [month]: (before.lines[month] ?? 0) + lines });
  return { since: before.since, lines: read, used: Object.fromEntries(used), unused };
}

function recent(months: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const names = Object.keys(months);
  if (names.length <= keptMonths) return months;
  return Object.fromEntries(
    names
      .toSorted()
      .slice(-keptMonths)
      .map((name) => [name, months[name] ?? 0]),
  );
}

export function encodeRuleHits(hits: RuleHits): Stored {
  return { kind: ruleHitsName, version, data: hits };
}

/** Undefined where nothing is known. */
export function decodeRuleHits(read: MemoryRead): RuleHits | undefined {
  if (read.kind !== "stored") return undefined;
  const { kind, version: stored, data } = read.stored;
  return kind === ruleHitsName && stored === version && isHits(data) ? data : undefined;
}

const isHits = hasFields<RuleHits>({
  since: isCount,
  lines: isRecordOf(isCount),
  used: isRecordOf(hasFields<RuleRecord>({ added: isCount, last: isCount, months: isRecordOf(isCount) })),
  unused: isRecordOf(isListOf(isString)),
});
