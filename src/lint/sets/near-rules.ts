/**
 * Leaves out the rules that have no line in common with any of some others, by the programs that their texts name.
 * Promise: a rule that is left out matches no line that one of the others matches. It takes a glance at each text, so that
 * an editor need not wait for all rules of a host.
 */
import type { Rule } from "../../rules/rule.js";
import { ereTokens, hasAlternatives, type EreToken } from "../text/ere-tokens.js";
import { beginningsIn, mayMeet, type Beginnings } from "./rule-words.js";

/** A header as nearly all rules have it, up to the blank after the host. */
const header = /^\^(?:\([^()]+\)|[^()]+?\{(?:11|32)\}) \[(?:\[:[a-z]+:\]|[^\][\\])+\]\+ (?![*+?{])/;
const word = /([-A-Za-z0-9_/]+)(?![-A-Za-z0-9_/]|[?*{|])/y;

/** In tokens: a group of programs seldom is longer than the first; what does not end within the last is for any. */
const groupLengths = [40, 160];

/** Rules that may meet one of the targets, and these, in their order. Where one of them is for any program, all rules. */
export function rulesNear(rules: readonly Rule[], isTarget: (rule: Rule) => boolean): readonly Rule[] {
  const beginnings: string[] = [];
  const headerEnd = headerReader();
  for (const { text } of rules.filter(isTarget)) {
    const end = headerEnd(text);
    const own = end === undefined ? undefined : beginningsAt(text, end);
    if (own === undefined || hasAlternatives(text)) return rules;
    beginnings.push(...own);
  }
  return rules.filter((rule) => isTarget(rule) || mayMeetOne(rule.text, headerEnd(rule.text), beginnings));
}

function mayMeetOne(text: string, end: number | undefined, beginnings: readonly string[]): boolean {
  if (end === undefined) return true;
  word.lastIndex = end;
  const [, program] = word.exec(text) ?? [];
  const own = program === undefined ? beginningsAt(text, end) : [program];
  return mayMeet(own, beginnings) || hasAlternatives(text);
}

const optional: EreToken = { kind: "character", text: "?", start: -1 };

/** Few tokens are made, since it is asked of all rules of a host. */
function beginningsAt(text: string, start: number): Beginnings {
  for (const length of groupLengths) {
    const tokens = ereTokens(text, start, length);
    // What follows may make the last one optional.
    const found = beginningsIn(tokens.length < length ? tokens : [...tokens, optional]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where the header of one text after the other ends. Most rules have the header of one before them, letter for letter. */
function headerReader(): (text: string) => number | undefined {
  const known: string[] = [];
  return (text) => {
    const same = known.find((one) => text.startsWith(one));
    if (same !== undefined && !quantifiers.includes(text[same.length] ?? "")) return same.length;
    const [found] = header.exec(text) ?? [];
    if (found !== undefined && same === undefined && known.length < mostKnown) known.push(found);
    return found?.length;
  };
}

const quantifiers: readonly string[] = ["*", "+", "?", "{"];
const mostKnown = 16;
