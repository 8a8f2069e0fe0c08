/**
 * Says whether a rule of one's own would do to lines what it is written for.
 * Promise: the answer is that of the one table of what lists mean together.
 */
import { decidingRules } from "../rules/deciding-rules.js";
import { layers, type Layer } from "../rules/layer.js";
import { verdictOf } from "../rules/layers.js";
import type { RuleSet } from "../rules/rule-set.js";
import { placeOf, type Rule } from "../rules/rule.js";
import { escaped, escapedText } from "../std/text/escape.js";
import type { ByteString } from "../std/text/byte-string.js";
import type { WrittenList } from "./local/rule-changes.js";

/** Whether a rule of the list changes what becomes of lines of the layer. */
export function changesLayer(list: WrittenList, layer: Layer): boolean {
  if (list === "ignored") return layer === "remainder";
  return layers.indexOf(layer) > layers.indexOf(list);
}

/** Gives the rules of a set that match a line, in the order in which they decide. */
export function decider(ruleSet: RuleSet): (line: ByteString) => readonly Rule[] {
  const scanner = ruleSet.patterns.scanner({ isSelected: () => true });
  return (line) => decidingRules(ruleSet, scanner, Buffer.from(line, "latin1"));
}

/**
 * Why a rule that matches all the lines would not raise them; undefined where it would. Whatever ignores them is no reason:
 * both lists that raise stand above the ignore rules.
 */
export function whyNotRaised(
  lines: readonly ByteString[],
  rule: Rule & { readonly list: WrittenList },
  rulesFor: (line: ByteString) => readonly Rule[],
): string | undefined {
  for (const line of lines) {
    const others = rulesFor(line);
    if (!changesLayer(rule.list, verdictOf([rule, ...others]).layer)) continue;
    const canceller = others.find(({ list }) => list === `${rule.list}.ignore`);
    const place = canceller === undefined ? "another rule" : escapedText(placeOf(canceller));
    const way = rule.list === "violation" ? ": --never raises them all the same" : "";
    return `${place} cancels what would raise lines such as ${escaped(line)}${way}`;
  }
  return undefined;
}
