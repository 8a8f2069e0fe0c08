/**
 * The fixed words of a rule's text: the programs that it names, and what else it says.
 * Promise: two rules of which one line can be of both may meet; the words are hints, and nothing is decided by them.
 */
import { ereTokens } from "../text/ere-tokens.js";
import type { RuleCorpus, RuleIndex } from "./rule-corpus.js";

/** How the message of a line begins, any of these; undefined where it is not known. */
export type Beginnings = readonly string[] | undefined;

const word = "[-A-Za-z0-9_./]+";
const beginning = new RegExp(String.raw`^\^?(?:(${word})([?*{])?|\((${word}(?:\|${word})*)\)(?![?*{]))`);

export function beginningsOf(corpus: RuleCorpus, index: RuleIndex): Beginnings {
  if (!corpus.hasHeader(index)) return undefined;
  const [, fixed = "", mark, several] = beginning.exec(messageOf(corpus, index)) ?? [];
  if (several !== undefined) return several.split("|");
  const certain = mark === undefined ? fixed : fixed.slice(0, -1);
  return certain === "" ? undefined : [certain];
}

export function mayMeet(one: Beginnings, other: Beginnings): boolean {
  if (one === undefined || other === undefined) return true;
  return one.some((start) => other.some((end) => start.startsWith(end) || end.startsWith(start)));
}

/**
 * Words of three letters or more that stand outside of brackets and escapes, before any text whatever, but for the
 * program: a word after such text is found in the fields of most rules.
 */
export function wordsOf(corpus: RuleCorpus, index: RuleIndex): readonly string[] {
  const [fixed = ""] = messageOf(corpus, index).split(/(?<!\\)\.[*+]|\[\^[^\]]\][*+]/);
  const text = ereTokens(fixed)
    .map((token) => (token.kind === "character" ? token.text : " "))
    .join("");
  const found = [...text.matchAll(/[A-Za-z][-A-Za-z0-9_]{2,}(?![?*{])/g)].map(([one]) => one);
  const programs = beginningsOf(corpus, index) ?? [];
  return found.filter((one) => !programs.includes(one));
}

function messageOf(corpus: RuleCorpus, index: RuleIndex): string {
  return corpus.rules[index]?.text.slice(corpus.wideningOf(index)?.writtenBytes ?? 0) ?? "";
}
