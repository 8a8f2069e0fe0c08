/**
 * What the comments before rules say of them: `#@ max=20/h owner=ops reason="some words"`. logcheck reads past them.
 * Promise: what cannot be read or is not known is named with its column; a condition that cannot be read never makes a
 * rule hide more than it was meant to.
 */
import type { Text } from "../../std/text/byte-string.js";
import { readItems } from "./directive-items.js";
import {
  addresses,
  band,
  circumstances,
  countries,
  duration,
  groups,
  day,
  kinds,
  name,
  rate,
  ruleFileName,
  shownValues,
  suspected,
  tallied,
  text,
  title,
} from "./directive-values.js";
import type {
  Band,
  Circumstance,
  KeyPart,
  Network,
  Rate,
  Shown,
  Suspected,
  Tallied,
} from "./directive-values.js";
import { isAttention, type RuleList } from "../rule-list.js";

/** What rules are qualified by. Plain data, shared by all rules that one comment qualifies. */
export interface Directives {
  /** The day from which the rule is off, "2027-01-31", as the calendar of this host has it. */
  readonly until?: Text;
  /** More lines than so many are reported. */
  readonly max?: Rate;
  /** Fewer lines than so many are what they would be without the rule. */
  readonly min?: Rate;
  /** What of a line must have been seen before on this host, or it is reported. */
  readonly firstSeen?: readonly KeyPart[];
  /** The name under which rules share what was seen. Without one a rule has its own. */
  readonly family?: Text;
  /** How long it is remembered after it was last seen. */
  readonly expireMs?: number;
  /** When the alarm is expected. */
  readonly near?: readonly Circumstance[];
  /** Origins that are spared. */
  readonly unlessCountry?: readonly Text[];
  readonly unlessNetwork?: readonly Network[];
  /** Whose lines rules with `unless-suspect` report, from then on in a run. */
  readonly suspect?: readonly Suspected[];
  /** Lines of suspects are violations. */
  readonly unlessSuspect?: readonly Suspected[];
  /** By what the lines that the rule ignores are counted in the report. */
  readonly tally?: readonly Tallied[];
  /** What happened, in words for subjects and headlines. */
  readonly title?: Text;
  readonly band?: Band;
  /** What of a line is shown beside the title. */
  readonly key?: readonly Shown[];
  /** How the path of the file ends to whose rules a title is given. Left out: to whatever has none. */
  readonly of?: Text;
  readonly owner?: Text;
  readonly reason?: Text;
  readonly added?: Text;
  /** The kinds of findings of `rules lint` that are meant so. */
  readonly allow?: readonly Text[];
}

export interface DirectiveError {
  /** Where in the comment, from 1, in bytes. */
  readonly column: number;
  readonly reason: string;
  /** Whether a rule that hides lines would hide too many without what cannot be read. */
  readonly isCondition: boolean;
}

export interface ReadDirectives {
  readonly directives: Directives;
  readonly errors: readonly DirectiveError[];
}

interface Known {
  readonly property: keyof Directives;
  /** Out: the value, or what the directive takes. */
  readonly read: (value: Text) => { readonly value: unknown } | { readonly takes: string };
  /** The lists to whose rules it means something. Left out: all. */
  readonly lists?: readonly RuleList[];
  /** Whether it can take a rule's effect from it. */
  readonly isCondition?: true;
}

const attention: readonly RuleList[] = ["never", "violation"];
const ignoring: readonly RuleList[] = ["ignored"];
const deciding: readonly RuleList[] = ["never", "never.ignore", "violation", "violation.ignore", "ignored"];

/** By the word in the comment. */
const known: ReadonlyMap<string, Known> = new Map<string, Known>([
  ["until", { property: "until", read: day, isCondition: true }],
  ["max", { property: "max", read: rate, lists: ignoring, isCondition: true }],
  ["min", { property: "min", read: rate, lists: attention, isCondition: true }],
  ["first-seen", { property: "firstSeen", read: groups, lists: ignoring, isCondition: true }],
  ["family", { property: "family", read: name, lists: ignoring, isCondition: true }],
  ["expire", { property: "expireMs", read: duration, lists: ignoring, isCondition: true }],
  ["near", { property: "near", read: circumstances, lists: attention, isCondition: true }],
  ["unless-country", { property: "unlessCountry", read: countries, lists: attention, isCondition: true }],
  ["unless-network", { property: "unlessNetwork", read: addresses, lists: attention, isCondition: true }],
  ["suspect", { property: "suspect", read: suspected, lists: deciding }],
  ["unless-suspect", { property: "unlessSuspect", read: suspected, lists: ignoring, isCondition: true }],
  ["tally", { property: "tally", read: tallied, lists: ignoring }],
  ["title", { property: "title", read: title }],
  ["band", { property: "band", read: band }],
  ["key", { property: "key", read: shownValues }],
  ["of", { property: "of", read: ruleFileName, lists: ["title"] }],
  ["owner", { property: "owner", read: text }],
  ["reason", { property: "reason", read: text }],
  ["added", { property: "added", read: day }],
  ["allow", { property: "allow", read: kinds }],
]);

const mark = "#@";

/** Whether a line of a rule file is such a comment. */
export function isDirectiveComment(line: string): boolean {
  return line.startsWith(mark);
}

/**
 * In: a comment that begins with `#@`, bytes as latin1, and the list of the rules after it. Never throws; each error
 * costs its own directive only.
 */
export function readDirectives(comment: string, list: RuleList): ReadDirectives {
  const directives = new Map<string, unknown>();
  const errors: DirectiveError[] = [];
  for (const { key, value, column, problem } of readItems(comment, mark.length)) {
    const directive = known.get(key);
    const fail = (reason: string): void => {
      errors.push({ column, reason, isCondition: directive?.isCondition === true });
    };
    if (problem !== undefined) fail(problem);
    else if (directive === undefined) fail(`unknown directive "${key}"`);
    else if (directives.has(directive.property)) fail(`"${key}" is given twice`);
    else {
      const read = directive.read(value);
      if (directive.lists?.includes(list) === false) fail(wrongList(key, list));
      else if ("takes" in read) fail(`unknown value "${value}" of "${key}", which takes ${read.takes}`);
      else directives.set(directive.property, read.value);
    }
  }
  for (const [key, property] of [
    ["expire", "expireMs"],
    ["family", "family"],
  ] as const)
    if (!directives.has("firstSeen") && directives.delete(property))
      errors.push({
        column: 1,
        reason: `"${key}" means something beside "first-seen" only`,
        isCondition: false,
      });
  return { directives: Object.fromEntries(directives), errors };
}

function wrongList(key: string, list: RuleList): string {
  const others = list === "title" ? "only gives a title" : "cancels others";
  const what = isAttention(list) ? "raises" : list === "ignored" ? "ignores" : others;
  return `"${key}" means nothing to a rule that ${what}`;
}
