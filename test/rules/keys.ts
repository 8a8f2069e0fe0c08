/**
 * By what the shipped rules with `first-seen` know a line.
 * Promise: the key is the one that a run asks for, by the rule that decides.
 */

import { KeyReader } from "../../src/conditions/key-reader.js";
import { readDirectives } from "../../src/rules/files/directives.js";
import type { Rule } from "../../src/rules/rule.js";
import { compileRules } from "../../src/rules/rule-set.js";
import { isIgnoring, type ShippedRule } from "./shipped.js";

export interface LineKey {
  readonly family: string;
  readonly texts: readonly string[];
}

/**
 * In: the shipped rules. Out: for a line and the rules that match it, in their order, its key; undefined where the rule
 * that decides among those that ignore has none.
 */
export function keysOf(
  rules: readonly ShippedRule[],
): (line: string, matching: readonly ShippedRule[]) => LineKey | undefined {
  const readers = new Map<ShippedRule, KeyReader | undefined>();
  const readerOf = (shipped: ShippedRule): KeyReader | undefined => {
    if (readers.has(shipped)) return readers.get(shipped);
    const { directives } = readDirectives(shipped.directives, "ignored");
    const file = `${shipped.layer}/${shipped.program}`;
    const rule: Rule = { list: "ignored", file, line: shipped.lineNumber, text: shipped.text, directives };
    const { eres } = compileRules([rule], { locale: "UTF-8", widensHeaders: true });
    const reader = directives.firstSeen && KeyReader.of(rule, eres[0] ?? "", "UTF-8");
    if (directives.firstSeen && !reader) throw new Error(`${file}:${shipped.lineNumber}: no such groups`);
    readers.set(shipped, reader);
    return reader;
  };
  for (const rule of rules) if (rule.directives !== "") readerOf(rule);
  return (line, matching) => {
    const deciding = matching.find(({ layer }) => isIgnoring(layer));
    const reader = deciding && deciding.directives !== "" ? readerOf(deciding) : undefined;
    const texts = reader?.textsOf(Buffer.from(line));
    if (deciding === undefined || texts === undefined) return undefined;
    const { family = "" } = readDirectives(deciding.directives, "ignored").directives;
    return { family, texts };
  };
}

/** One text for a key. */
export function keyText({ family, texts }: LineKey): string {
  return `${family}: ${texts.join(", ")}`;
}
