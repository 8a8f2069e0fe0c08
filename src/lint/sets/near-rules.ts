/**
 * Leaves out the rules that have no line in common with any of some others, by the programs that their texts name.
 * Promise: a rule that is left out matches no line that one of the others matches. It takes a glance at each text, so that
 * an editor need not wait for all rules of a host.
 */
import type { Rule } from "../../rules/rule.js";
import { ereTokens, hasAlternatives } from "../text/ere-tokens.js";
import { beginningsIn, mayMeet } from "./rule-words.js";

/** A header as nearly all rules have it, up to the blank after the host. */
const header = /^\^(?:\([^()]+\)|[^()]+?\{(?:11|32)\}) \[(?:\[:[a-z]+:\]|[^\][\\])+\]\+ (?![*+?{])/;
const word = /([-A-Za-z0-9_/]+)(?![-A-Za-z0-9_/]|[?*{|])/y;

/** Of a group of programs: what does not end there is for any. */
const longestGroup = 160;

/** Rules that may meet one of the targets, and these, in their order. Where one of them is for any program, all rules. */
export function rulesNear(rules: readonly Rule[], isTarget: (rule: Rule) => boolean): readonly Rule[] {
  const beginnings: string[] = [];
  for (const { text } of rules.filter(isTarget)) {
    const end = headerEnd(text);
    const own = end === undefined ? undefined : beginningsIn(ereTokens(text.slice(end)));
    if (own === undefined || hasAlternatives(text)) return rules;
    beginnings.push(...own);
  }
  return rules.filter((rule) => isTarget(rule) || mayMeetOne(rule.text, beginnings));
}

function mayMeetOne(text: string, beginnings: readonly string[]): boolean {
  const end = headerEnd(text);
  if (end === undefined) return true;
  word.lastIndex = end;
  const [, program] = word.exec(text) ?? [];
  const own =
    program === undefined ? beginningsIn(ereTokens(text.slice(end, end + longestGroup))) : [program];
  return mayMeet(own, beginnings) || hasAlternatives(text);
}

function headerEnd(text: string): number | undefined {
  return header.exec(text)?.[0].length;
}
