/**
 * The fixed words of a rule's text: the programs that it names, and what else it says.
 * Promise: two rules of which one line can be of both may meet; the words are hints, and nothing is decided by them.
 */
import { ereTokens, type EreToken } from "../text/ere-tokens.js";
import type { RuleCorpus, RuleIndex } from "./rule-corpus.js";

/** How the message of a line begins, any of these; undefined where it is not known. */
export type Beginnings = readonly string[] | undefined;

const word = /^([-A-Za-z0-9_./]+)([?*{])?/;

export function beginningsOf(corpus: RuleCorpus, index: RuleIndex): Beginnings {
  return corpus.hasHeader(index) ? beginningsIn(ereTokens(messageOf(corpus, index))) : undefined;
}

/** In: the tokens of what follows a header. */
export function beginningsIn(tokens: readonly EreToken[]): Beginnings {
  const [first] = tokens;
  if (first?.kind !== "character") return undefined;
  if (first.text === "(") return beginningsOfGroup(tokens);
  const text = tokens.map(({ kind, text: one }) => (kind === "character" ? one : " ")).join("");
  const [, fixed = "", mark] = word.exec(text) ?? [];
  const certain = mark === undefined ? fixed : fixed.slice(0, -1);
  return certain === "" ? undefined : [certain];
}

/** In: tokens that begin with a parenthesis. What follows a group counts only where the group may be missing. */
function beginningsOfGroup(tokens: readonly EreToken[]): Beginnings {
  const alternatives: EreToken[][] = [[]];
  let [depth, place] = [0, 0];
  for (const token of tokens) {
    const sign = token.kind === "character" ? token.text : "";
    place++;
    if (sign === ")" && --depth === 0) break;
    if (sign === "|" && depth === 1) alternatives.push([]);
    else if (depth > 0) alternatives.at(-1)?.push(token);
    if (sign === "(") depth++;
  }
  if (depth > 0) return undefined;
  const found = alternatives.map(beginningsIn);
  const quantifier = tokens[place]?.text ?? "";
  if ("?*{".includes(quantifier) && quantifier !== "")
    found.push(quantifier === "{" ? undefined : beginningsIn(tokens.slice(place + 1)));
  const known = found.filter((one) => one !== undefined);
  return known.length === found.length ? known.flat() : undefined;
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
