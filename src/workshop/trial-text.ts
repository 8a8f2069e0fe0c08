/**
 * Writes down what came of a trial of rules, for people and for programs.
 * Promise: what a rule hides is told with the kinds of lines, the largest first; control bytes are escaped.
 */
import { conditionText } from "../rules/condition-text.js";
import { placeOf } from "../rules/rule.js";
import { isAttention } from "../rules/rule-list.js";
import { escaped, escapedText, jsonText } from "../std/text/escape.js";
import type { Text } from "../std/text/byte-string.js";
import type { FailedProof, ProvenFile } from "./proofs.js";
import type { Trial, TriedKind, TriedRule } from "./trial.js";

/** Kinds that are shown of what a rule hides. */
const mostShown = 10;

export function trialText(trial: Trial, proofs: readonly ProvenFile[]): string {
  const text = [
    ...trial.rules.flatMap((tried) => ruleText(tried, placeOf(tried.rule))),
    ...proofs.flatMap(proofText),
  ];
  text.push(`${lines(trial.lines)} read, ${trial.matched} matched by a rule`);
  return `${text.join("\n")}\n`;
}

export function trialJson(trial: Trial, proofs: readonly ProvenFile[]): string {
  const records = [
    ...trial.rules.map(ruleRecord),
    ...proofs.flatMap(({ failed }) => failed.map(proofRecord)),
    {
      lines: trial.lines,
      matched: trial.matched,
      failedProofs: proofs.flatMap(({ failed }) => failed).length,
    },
  ];
  return records.map((record) => `${jsonText(record)}\n`).join("");
}

function lines(count: number): string {
  return count === 1 ? "1 line" : `${count} lines`;
}

function byLines({ kinds }: TriedRule): TriedKind[] {
  return [...kinds.values()].sort((one, other) => other.lines - one.lines);
}

/** What one rule does, as lines. In: what it is called. */
export function ruleText(tried: TriedRule, name: Text): string[] {
  const { rule, hits, changed, ignoredAnyway, raisedAnyway, first } = tried;
  const text = [`${escapedText(name)}: ${hits === 0 ? "matches no line" : `matches ${lines(hits)}`}`];
  text.push(`    ${escaped(rule.text)}`);
  const condition = conditionText(rule);
  if (condition !== undefined) text.push(`  on condition: ${condition}`);
  const kinds = byLines(tried);
  if (changed > 0) {
    const does = isAttention(rule.list) ? "raises" : rule.list === "ignored" ? "hides" : "changes";
    text.push(`  ${does} ${lines(changed)} of ${kinds.length === 1 ? "1 kind" : `${kinds.length} kinds`}:`);
    for (const kind of kinds.slice(0, mostShown))
      text.push(
        `  ${String(kind.lines).padStart(8)}  ${escaped(kind.shape)}`,
        `            ${escaped(kind.sample)}`,
      );
    if (kinds.length > mostShown) text.push(`            and ${kinds.length - mostShown} more kinds`);
  }
  if (ignoredAnyway > 0) text.push(`  other rules ignore ${lines(ignoredAnyway)} of them too`);
  if (raisedAnyway > 0) text.push(`  reported all the same: ${lines(raisedAnyway)}`);
  // Where lines are changed, samples were shown.
  if (changed === 0) text.push(...first.map((line) => `    ${escaped(line)}`));
  return text;
}

function proofText({ path, lines: count, failed }: ProvenFile): string[] {
  if (failed.length === 0) return [`${escapedText(path)}: ${lines(count)}, as promised`];
  return failed.flatMap(({ place, line, rule }) => {
    const what = rule ? `matched by ${escapedText(placeOf(rule))}` : "matched by no rule of the file";
    return [`${escapedText(place)}: ${what}`, `    ${escaped(line)}`];
  });
}

function ruleRecord(tried: TriedRule): object {
  const { rule, hits, changed, ignoredAnyway, raisedAnyway, first } = tried;
  return {
    rule: placeOf(rule),
    text: escaped(rule.text),
    list: rule.list,
    condition: conditionText(rule),
    hits,
    changed,
    ignoredAnyway,
    raisedAnyway,
    first: first.map(escaped),
    kinds: byLines(tried).map(({ shape, lines: count, sample }) => ({
      shape: escaped(shape),
      lines: count,
      sample: escaped(sample),
    })),
  };
}

function proofRecord({ place, line, rule }: FailedProof): object {
  return { proof: place, line: escaped(line), matchedBy: rule && placeOf(rule) };
}
