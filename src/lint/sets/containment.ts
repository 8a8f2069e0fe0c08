/**
 * Finds rules whose lines another rule of the same list matches too.
 * Promise: it is decided exactly, or said to be not decided. Not all pairs are asked about: a rule that does not match a
 * line of the other cannot contain it.
 */
import type { LineAnswer } from "../../ere/index.js";
import type { KnownAnswers } from "../known-answers.js";
import type { RuleCorpus, RuleIndex } from "./rule-corpus.js";
import { RuleLanguages } from "./rule-languages.js";
import type { RuleSamples } from "./rule-samples.js";

export type Containment =
  /** `witness`: a line that the other one alone matches; left out where that is not decided. */
  | {
      readonly kind: "contained";
      readonly rule: RuleIndex;
      readonly other: RuleIndex;
      readonly witness?: Uint8Array;
    }
  | { readonly kind: "equal"; readonly rule: RuleIndex; readonly other: RuleIndex }
  | {
      readonly kind: "not decided";
      readonly rule: RuleIndex;
      readonly other: RuleIndex;
      readonly reason: string;
    };

/** Of one rule: past it no more of them are asked about. */
const mostCandidates = 64;

export interface ContainmentQuestion {
  readonly corpus: RuleCorpus;
  readonly answers: KnownAnswers;
  readonly samples: RuleSamples;
  /** The rules that are asked about. */
  readonly targets: readonly RuleIndex[];
  /** Whether a rule could be done without if the other contains it. */
  readonly mayReplace: (other: RuleIndex, rule: RuleIndex) => boolean;
}

export function containmentsOf(question: ContainmentQuestion): Containment[] {
  const { corpus, answers, samples, targets, mayReplace } = question;
  const isTarget = new Set(targets);
  const pairs = targets.flatMap((rule) =>
    candidatesOf(rule, samples, corpus)
      .filter((other) => mayReplace(other, rule))
      .slice(0, mostCandidates)
      .map((other) => [rule, other] as const),
  );
  if (pairs.length === 0) return [];
  const lineOutside = rememberedLineOutside(corpus, answers, pairs);
  return pairs.flatMap(([rule, other]): Containment[] => {
    // Of two that are equal the later one is named, unless nothing is asked about it.
    const isTold = other < rule || !isTarget.has(other) || !mayReplace(rule, other);
    if (corpus.eres[rule] === corpus.eres[other]) return isTold ? [{ kind: "equal", rule, other }] : [];
    const outside = lineOutside(rule, other);
    if (outside.kind === "line") return [];
    if (outside.kind === "not decided" && isShownOutside(rule, other, samples)) return [];
    if (outside.kind === "not decided") return [{ kind: "not decided", rule, other, reason: outside.reason }];
    const wider = lineOutside(other, rule);
    if (wider.kind === "line") return [{ kind: "contained", rule, other, witness: wider.line }];
    if (wider.kind === "not decided") return [{ kind: "contained", rule, other }];
    return isTold ? [{ kind: "equal", rule, other }] : [];
  });
}

/** Whether one of many lines shows what was not decided: that a rule matches a line which the other one does not. */
function isShownOutside(rule: RuleIndex, other: RuleIndex, samples: RuleSamples): boolean {
  return samples.moreOf(rule).some(({ matching }) => !matching.includes(other));
}

/** As `lineOutside` of RuleLanguages, for these pairs: rules are read where an answer is not known. */
function rememberedLineOutside(
  corpus: RuleCorpus,
  answers: KnownAnswers,
  pairs: readonly (readonly [RuleIndex, RuleIndex])[],
): (rule: RuleIndex, other: RuleIndex) => LineAnswer {
  const questionOf = (rule: RuleIndex, other: RuleIndex): readonly string[] => [
    "outside",
    ...corpus.identityOf(rule),
    ...corpus.identityOf(other),
  ];
  let languages: RuleLanguages | undefined;
  const languagesOfUnknown = (): RuleLanguages => {
    const unknown = pairs.filter((pair) => !answers.knows(questionOf(...pair)));
    return new RuleLanguages(corpus, [...new Set(unknown.flat())]);
  };
  return (rule, other) => {
    const { kind, text } = answers.recall(questionOf(rule, other), () => {
      const answer = (languages ??= languagesOfUnknown()).lineOutside(rule, [other]);
      const said = answer.kind === "not decided" ? answer.reason : "";
      return {
        kind: answer.kind,
        text: answer.kind === "line" ? Buffer.from(answer.line).toString("latin1") : said,
      };
    });
    if (kind === "line") return { kind, line: Buffer.from(text, "latin1") };
    return kind === "none" ? { kind } : { kind, reason: text };
  };
}

/** The rules of the same list that match all samples. Of those with the same text the first one stands for all. */
function candidatesOf(rule: RuleIndex, samples: RuleSamples, corpus: RuleCorpus): readonly RuleIndex[] {
  const [first, ...others] = samples.of(rule);
  if (first === undefined) return [];
  const list = corpus.rules[rule]?.list;
  const sets = others.map(({ matching }) => new Set(matching));
  const found = first.matching.filter(
    (other) =>
      other !== rule && corpus.rules[other]?.list === list && sets.every((matching) => matching.has(other)),
  );
  const byText = new Map<string, RuleIndex>();
  for (const other of found) {
    const text = corpus.eres[other] ?? "";
    if (!byText.has(text)) byText.set(text, other);
  }
  return [...byText.values()];
}
