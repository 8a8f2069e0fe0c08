/**
 * Writes down what rules did, for people and for programs.
 * Promise: on one screen for people: what works, what never did, what costs; control bytes are escaped.
 */
import { placeOf } from "../../rules/rule.js";
import { dayNumber, type RuleHits } from "../../memory/rule-hits.js";
import { escaped, escapedText, jsonText } from "../../std/text/escape.js";
import type { RuleStats } from "./rule-stats.js";

const mostUsedShown = 6;
const mostUnusedShown = 3;
const mostCostlyShown = 3;
/** Below it no rule is worth a word. */
const costlyPlaces = 500;

export interface StatsScreen {
  readonly now: Date;
  /** From so many days on a rule counts as unused. */
  readonly unusedDays: number;
  readonly columns: number;
}

/** A screen of 24 rows. */
export function statsText(stats: readonly RuleStats[], hits: RuleHits, screen: StatsScreen): string {
  const { now, unusedDays, columns } = screen;
  const days = dayNumber(now) - hits.since;
  const lines = Object.values(hits.lines).reduce((sum, count) => sum + count, 0);
  const text = [`${counted(days, "day")} since ${dayText(hits.since)}: ${counted(lines, "line")}`];
  text.push(rowText("rules", ["all", "used", "unused", `${unusedDays} days`]));
  for (const isShipped of [true, false]) {
    const ofThem = stats.filter((one) => one.isShipped === isShipped);
    const used = ofThem.filter(({ last }) => last !== undefined).length;
    const long = ofThem.filter((one) => isUnused(one, unusedDays)).length;
    const counts = [ofThem.length, used, ofThem.length - used, long];
    text.push(rowText(isShipped ? "shipped" : "yours", counts.map(grouped)));
  }
  const most = stats.filter((one) => one.lines > 0).toSorted((one, other) => other.lines - one.lines);
  if (most.length > 0) text.push("", "     lines  last used   most used");
  for (const { lines: ofRule, last, rule } of most.slice(0, mostUsedShown))
    text.push(
      `${grouped(ofRule).padStart(10)}  ${lastText(last, now).padEnd(10)}  ${shortened(escapedText(placeOf(rule)), columns - 24)}`,
    );
  const unused = stats.filter((one) => !one.isShipped && isUnused(one, unusedDays));
  if (unused.length > 0)
    text.push("", `yours, unused for ${unusedDays} days (all: rules stats --unused ${unusedDays}d)`);
  for (const { rule } of unused.slice(0, mostUnusedShown))
    text.push(
      `  ${shortened(escapedText(placeOf(rule)), columns - 2)}`,
      `      ${cut(escaped(rule.text), columns - 6)}`,
    );
  const costly = stats
    .filter(({ cost }) => cost.isVerified || cost.places >= costlyPlaces)
    .toSorted(
      (one, other) =>
        Number(other.cost.isVerified) - Number(one.cost.isVerified) || other.cost.places - one.cost.places,
    );
  if (costly.length > 0) text.push("", "    places  costliest");
  for (const { rule, cost } of costly.slice(0, mostCostlyShown))
    text.push(
      `${grouped(cost.places).padStart(10)}  ${cost.isVerified ? "verified " : ""}${shortened(escapedText(placeOf(rule)), columns - 21)}`,
    );
  return text.map((line) => `${line}\n`).join("");
}

function rowText(name: string, cells: readonly string[]): string {
  return name.padEnd(8) + cells.map((cell) => cell.padStart(10)).join("");
}

/** The rules that are not shipped and have decided no line for so long, a line each: where it is, and its text. */
export function unusedText(stats: readonly RuleStats[], unusedDays: number): string {
  return stats
    .filter((one) => !one.isShipped && isUnused(one, unusedDays))
    .map(({ rule }) => `${escapedText(placeOf(rule))}: ${escaped(rule.text)}\n`)
    .join("");
}

export function isUnused({ idleDays }: RuleStats, unusedDays: number): boolean {
  return idleDays >= unusedDays;
}

/** An object for each rule, then what was counted. */
export function statsJson(stats: readonly RuleStats[], hits: RuleHits, now: Date): string {
  const records = stats.map(({ rule, isShipped, lines, months, added, last, idleDays, cost }) => ({
    rule: placeOf(rule),
    list: rule.list,
    text: escaped(rule.text),
    shipped: isShipped,
    lines,
    months,
    countedSince: dayText(added),
    lastUsed: last === undefined ? undefined : dayText(last),
    unusedDays: idleDays,
    places: cost.places,
    verified: cost.isVerified,
  }));
  const summary = { since: dayText(hits.since), days: dayNumber(now) - hits.since, lines: hits.lines };
  return [...records, summary].map((record) => `${jsonText(record)}\n`).join("");
}

function lastText(last: number | undefined, now: Date): string {
  if (last === undefined) return "never";
  const days = dayNumber(now) - last;
  return days <= 0 ? "today" : dayText(last);
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function counted(count: number, one: string): string {
  return `${grouped(count)} ${count === 1 ? one : `${one}s`}`;
}

function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** The end of a path says more than its beginning. */
function shortened(place: string, columns: number): string {
  return place.length <= columns ? place : `...${place.slice(place.length - columns + 3)}`;
}

function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, columns - 4)} ...`;
}
