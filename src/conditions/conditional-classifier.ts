/**
 * A classifier that asks conditions.
 * Promise: a line's verdict, in the counts too, is the one after its conditions; a chunk in which no line is asked about
 * passes as it is.
 */
import type { ClassifiedLines } from "../rules/classify/classified-lines.js";
import type { Classifier } from "../rules/classify/classifier.js";
import type { Verdict } from "../rules/layer.js";
import { createRuleClassifier, type RuleClassifierOptions } from "../rules/classify/rule-classifier.js";
import type { RuleSet } from "../rules/rule-set.js";
import type { Conditions } from "./conditions.js";
import { JudgedLines, type JudgedLine } from "./judged-lines.js";

export interface ConditionalOptions extends RuleClassifierOptions {
  /**
   * Whether a line that comes before a minimum is reached is handed out when it is, if it was not selected then. Whoever
   * counts lines has counted it already.
   */
  readonly handsOutEarlier: boolean;
}

/** In: rules, and their conditions, which are to begin before lines are classified. */
export function conditionalClassifier(
  ruleSet: RuleSet,
  conditions: Conditions,
  { selectedLayers, alsoSelected = () => false, handsOutEarlier }: ConditionalOptions,
): Classifier<Verdict> {
  if (conditions.areNone) return createRuleClassifier(ruleSet, { selectedLayers, alsoSelected });
  const inner = createRuleClassifier(ruleSet, {
    selectedLayers,
    alsoSelected: (verdict) => alsoSelected(verdict) || conditions.isAsked(verdict),
  });
  const isSelected = (verdict: Verdict): boolean =>
    selectedLayers.has(verdict.layer) || alsoSelected(verdict);
  const moved = new Map<Verdict, number>();
  const move = (from: Verdict, to: Verdict): void => {
    moved.set(from, (moved.get(from) ?? 0) - 1);
    moved.set(to, (moved.get(to) ?? 0) + 1);
  };
  const earlierLines = (verdict: Verdict): readonly JudgedLine[] => {
    if (!handsOutEarlier || verdict.rule?.directives?.min === undefined) return [];
    return conditions.takeEarlier(verdict.rule).map(({ line, trueLengthBytes }) => ({
      bytes: Buffer.from(`${line}\n`, "latin1"),
      trueLengthBytes,
      leadingNulBytes: 0,
      readAs: undefined,
      verdict,
    }));
  };
  const judged = (lines: ClassifiedLines<Verdict>, source: string): ClassifiedLines<Verdict> => {
    if (!isAnyAsked(lines, conditions)) return lines;
    const kept: JudgedLine[] = [];
    for (let index = 0; index < lines.selectedCount; index++) {
      const [bytes, readAs, own] = [lines.line(index), lines.readAs(index), lines.verdict(index)];
      const trueLengthBytes = lines.trueLengthBytes(index);
      const line = { source, bytes, readAs, trueLengthBytes };
      const verdict = conditions.isAsked(own) ? conditions.judge(line, own) : own;
      if (verdict !== own) move(own, verdict);
      if (!isSelected(verdict)) continue;
      kept.push(...earlierLines(verdict));
      const leadingNulBytes = lines.leadingNulBytes(index);
      const handedOut = conditions.handedOut(line, verdict);
      kept.push({ bytes, readAs, trueLengthBytes, leadingNulBytes, verdict: handedOut });
    }
    return new JudgedLines(lines.lineCount, kept);
  };
  return {
    get buffer() {
      return inner.buffer;
    },
    classify: (chunk, source = "") => judged(inner.classify(chunk), source),
    verdictOn(line) {
      const verdict = inner.verdictOn(line);
      const asked = { source: "", bytes: line, readAs: undefined, trueLengthBytes: line.length };
      return conditions.isAsked(verdict)
        ? conditions.handedOut(asked, conditions.judge(asked, verdict))
        : verdict;
    },
    isIgnored: (verdict) => inner.isIgnored(verdict),
    takeCounts() {
      const counts = new Map(inner.takeCounts());
      for (const [verdict, lines] of moved) counts.set(verdict, (counts.get(verdict) ?? 0) + lines);
      moved.clear();
      return new Map([...counts].filter(([, lines]) => lines !== 0));
    },
    keepStates: () => inner.keepStates(),
  };
}

function isAnyAsked(lines: ClassifiedLines<Verdict>, conditions: Conditions): boolean {
  for (let index = 0; index < lines.selectedCount; index++)
    if (conditions.isAsked(lines.verdict(index))) return true;
  return false;
}
