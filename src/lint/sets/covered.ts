/**
 * Finds rules whose lines several others of the same list match together, though none of them matches all.
 * Promise: it is decided exactly, or said to be not decided. All rules that are found, and those that were to be left out
 * before, can be deleted at once: none of them is needed for another one.
 */
import type { KnownAnswers } from "../known-answers.js";
import type { RuleCorpus, RuleIndex } from "./rule-corpus.js";
import { RuleLanguages } from "./rule-languages.js";
import type { RuleSamples } from "./rule-samples.js";

export type CoveredRule =
  /** `line` is one of the rule's, which of the others the first one alone matches. */
  | {
      readonly kind: "covered";
      readonly rule: RuleIndex;
      readonly others: readonly RuleIndex[];
      readonly line: Uint8Array;
    }
  | { readonly kind: "not decided"; readonly rule: RuleIndex; readonly reason: string };

/** A rule that takes more of them is another rule, and nobody could follow why. */
const mostOthers = 12;
/** Of all these questions together, in nodes: some seconds. */
const mostNodes = 1e8;

export interface CoverQuestion {
  readonly corpus: RuleCorpus;
  readonly answers: KnownAnswers;
  readonly samples: RuleSamples;
  /** The rules that are asked about. */
  readonly targets: readonly RuleIndex[];
  /** Rules that are left out anyway. */
  readonly leftOut: ReadonlySet<RuleIndex>;
  /** Whether a rule does for a line what the other does. */
  readonly mayReplace: (other: RuleIndex, rule: RuleIndex) => boolean;
}

type Outside = { readonly kind: "none" | "line" | "not decided"; readonly text: string };

export function coveredRules(question: CoverQuestion): CoveredRule[] {
  const { targets, leftOut } = question;
  const gone = new Set(leftOut);
  const search = new CoverSearch(question, gone);
  const found: CoveredRule[] = [];
  for (const rule of targets) {
    const covered = gone.has(rule) ? undefined : search.coverOf(rule);
    if (covered === undefined) continue;
    if (covered.kind === "covered") gone.add(rule);
    found.push(covered);
  }
  return found;
}

class CoverSearch {
  private readonly question: CoverQuestion;
  private readonly gone: ReadonlySet<RuleIndex>;
  private nodesLeft = mostNodes;

  /** In: rules that none may rely on, which may become more. */
  constructor(question: CoverQuestion, gone: ReadonlySet<RuleIndex>) {
    this.question = question;
    this.gone = gone;
  }

  /** Nearly every rule has a sample that no other one matches, so that nothing needs to be decided. */
  coverOf(rule: RuleIndex): CoveredRule | undefined {
    const { corpus, samples } = this.question;
    const cover: RuleIndex[] = [];
    const extend = (matching: readonly RuleIndex[]): boolean => {
      if (matching.some((other) => cover.includes(other))) return true;
      const other = matching.find((one) => this.isUsable(one, rule));
      if (other === undefined || cover.length >= mostOthers) return false;
      cover.push(other);
      return true;
    };
    const all = samples.of(rule);
    if (all.length === 0 || !all.every(({ matching }) => extend(matching))) return undefined;
    for (;;) {
      const { kind, text } = this.lineOutside(rule, cover);
      if (kind === "not decided") {
        const isShown = samples.moreOf(rule).some(({ matching }) => !this.isMatched(matching, rule));
        return isShown ? undefined : { kind, rule, reason: text };
      }
      if (kind === "none") return this.smallest(rule, cover);
      if (!extend(corpus.matching(Buffer.from(text, "latin1")))) return undefined;
    }
  }

  private isMatched(matching: readonly RuleIndex[], rule: RuleIndex): boolean {
    return matching.some((other) => this.isUsable(other, rule));
  }

  private isUsable(other: RuleIndex, rule: RuleIndex): boolean {
    const { corpus, mayReplace } = this.question;
    const isOfList = corpus.rules[other]?.list === corpus.rules[rule]?.list;
    return other !== rule && isOfList && !this.gone.has(other) && mayReplace(other, rule);
  }

  /** Without those that are not needed. Of two or more each has a line that no other has. */
  private smallest(rule: RuleIndex, cover: readonly RuleIndex[]): CoveredRule | undefined {
    let others = cover;
    let line: Uint8Array | undefined;
    for (const other of cover.toReversed()) {
      const rest = others.filter((one) => one !== other);
      const { kind, text } = this.lineOutside(rule, rest);
      if (kind === "none") others = rest;
      line = kind === "line" ? Buffer.from(text, "latin1") : undefined;
    }
    // The first one was asked about last.
    const isFirstNeeded = others[0] === cover[0] && line !== undefined;
    const shown = isFirstNeeded ? line : this.lineOfFirst(rule, others);
    return others.length > 1 && shown ? { kind: "covered", rule, others, line: shown } : undefined;
  }

  private lineOfFirst(rule: RuleIndex, others: readonly RuleIndex[]): Uint8Array | undefined {
    const { kind, text } = this.lineOutside(rule, others.slice(1));
    return kind === "line" ? Buffer.from(text, "latin1") : undefined;
  }

  private lineOutside(rule: RuleIndex, others: readonly RuleIndex[]): Outside {
    const { corpus, answers } = this.question;
    const names = [rule, ...others].flatMap((one) => corpus.identityOf(one));
    return answers.recall(["outside all", ...names], () => {
      const languages = new RuleLanguages(corpus, [rule, ...others], this.nodesLeft);
      const answer = languages.lineOutside(rule, others);
      this.nodesLeft = languages.nodesLeft;
      if (answer.kind === "line")
        return { kind: answer.kind, text: Buffer.from(answer.line).toString("latin1") };
      return { kind: answer.kind, text: answer.kind === "not decided" ? answer.reason : "" };
    });
  }
}
