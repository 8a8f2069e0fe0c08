/**
 * How many lines each rule decided, month by month, and since when that is counted.
 * Promise: bounded: 20,000 rules, 13 months, and 400 days after the last line; what cannot be read is counted anew, since no
 * line depends on it.
 */
import { createHash } from "node:crypto";
import type { Rule } from "../rules/rule.js";
import { hasFields, isCount, isListOf, isOptional, isRecordOf, isString } from "../std/json-shape.js";
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

export interface RuleHits {
  /** The key of the rules that were on. */
  readonly rules?: string;
  /** When counting began here, days since the epoch. */
  readonly since: number;
  /** Lines that were read, by month. */
  readonly lines: Readonly<Record<string, number>>;
  /** By the key of a rule. */
  readonly used: ReadonlyMap<string, RuleRecord>;
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

/** The same key for a rule on each run: its file, its list and its text, wherever in the file it stands. */
export function ruleKey({ file, list, text }: Pick<Rule, "file" | "list" | "text">): string {
  return createHash("sha1").update(`${file}\n${list}\n${text}`).digest("base64url").slice(0, 12);
}

export function emptyHits(now: Date): RuleHits {
  return { since: dayNumber(now), lines: {}, used: new Map(), unused: {} };
}

/** The rules that are on. */
export interface CountedRules {
  /** Another one where other rules are on. */
  readonly key: string;
  /** Asked for only then: to make the keys of 2,700 rules each hour cost more than all else here. */
  readonly keys: () => ReadonlySet<string>;
}

/** In: what was known before a run, the rules that are on, how many lines each decided in the run, and how many were read. */
export function withRun(
  before: RuleHits,
  rules: CountedRules,
  {
    hits,
    lines,
    now,
  }: { readonly hits: ReadonlyMap<string, number>; readonly lines: number; readonly now: Date },
): RuleHits {
  const [today, month] = [dayNumber(now), monthOf(now)];
  const used = new Map([...before.used].filter(([, { last }]) => today - last <= keptDays));
  const unusedBefore =
    before.rules === rules.key ? before.unused : unusedOf(before, used, rules.keys(), today);
  const counted = [...hits].filter(([, count]) => count > 0);
  const isFirstUsed = counted.some(([key]) => !used.has(key));
  const addedOn = isFirstUsed ? daysByKey(unusedBefore) : new Map<string, number>();
  for (const [key, count] of counted) {
    const known = used.get(key);
    if (!known && used.size >= mostRules) continue;
    const added = known?.added ?? addedOn.get(key) ?? today;
    const months = recent({ ...known?.months, [month]: (known?.months[month] ?? 0) + count });
    used.set(key, { added, last: today, months });
    addedOn.delete(key);
  }
  const unused = isFirstUsed ? keysByDay(addedOn) : unusedBefore;
  const read = recent({ ...before.lines, [month]: (before.lines[month] ?? 0) + lines });
  return { rules: rules.key, since: before.since, lines: read, used, unused };
}

/** Those that are on and never decided a line. One that was off is counted anew. */
function unusedOf(
  before: RuleHits,
  used: ReadonlyMap<string, RuleRecord>,
  keys: ReadonlySet<string>,
  today: number,
): RuleHits["unused"] {
  const added = daysByKey(before.unused);
  for (const key of added.keys()) if (!keys.has(key)) added.delete(key);
  for (const key of keys)
    if (!used.has(key) && !added.has(key) && used.size + added.size < mostRules) added.set(key, today);
  return keysByDay(added);
}

function daysByKey(unused: RuleHits["unused"]): Map<string, number> {
  const days = new Map<string, number>();
  for (const [day, keys] of Object.entries(unused)) for (const key of keys) days.set(key, Number(day));
  return days;
}

function keysByDay(days: ReadonlyMap<string, number>): RuleHits["unused"] {
  const unused: Record<string, string[]> = {};
  for (const [key, day] of days) (unused[day] ??= []).push(key);
  return unused;
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
  // An object with 800 keys takes 10 ms to make.
  return { kind: ruleHitsName, version, data: { ...hits, used: [...hits.used] } };
}

/** Undefined where nothing is known. */
export function decodeRuleHits(read: MemoryRead): RuleHits | undefined {
  if (read.kind !== "stored") return undefined;
  const { kind, version: stored, data } = read.stored;
  if (kind !== ruleHitsName || stored !== version || !isHits(data)) return undefined;
  return { ...data, used: new Map(data.used) };
}

type StoredHits = Omit<RuleHits, "used"> & { readonly used: readonly (readonly [string, RuleRecord])[] };

const isRecord = hasFields<RuleRecord>({ added: isCount, last: isCount, months: isRecordOf(isCount) });

const isUse = (value: unknown): value is readonly [string, RuleRecord] =>
  Array.isArray(value) && value.length === 2 && isString(value[0]) && isRecord(value[1]);

const isHits = hasFields<StoredHits>({
  rules: isOptional(isString),
  since: isCount,
  lines: isRecordOf(isCount),
  used: isListOf(isUse),
  unused: isRecordOf(isListOf(isString)),
});
