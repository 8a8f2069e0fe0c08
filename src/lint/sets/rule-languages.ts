/**
 * Exact questions about the lines that rules of a corpus match.
 * Promise: of a rule that serves headers, questions are about lines behind each form of them; of any other, about all
 * lines. What takes too long is not decided.
 */
import { PatternLanguages, type LineAnswer, type PatternGroup, type WorkBudget } from "../../ere/index.js";
import type { RuleCorpus, RuleIndex } from "./rule-corpus.js";

/** A rule for one of these serves lines with the other too. */
export const headers: readonly Buffer[] = [
  Buffer.from("Nov 22 00:41:26 web1 "),
  Buffer.from("2026-11-22T00:41:26.123456+01:00 web1 "),
];
const anyBeginning = [Buffer.of()];

/** In nodes, of one question (a second at most) and of all of them together: Debian's rules take a fiftieth. */
const [mostNodesOfOne, mostNodes] = [1e7, 1e9];

export interface RuleGroup {
  readonly rules: readonly RuleIndex[];
  /** Whether a line is wanted that one of them matches, or one that none does. */
  readonly isWanted: boolean;
}

export class RuleLanguages {
  private readonly corpus: RuleCorpus;
  private readonly places: ReadonlyMap<RuleIndex, number>;
  private readonly languages: PatternLanguages;
  /** Of those that all questions together may take. */
  nodesLeft: number;

  /** Only `members` can be asked about: all of them are read. */
  constructor(corpus: RuleCorpus, members: readonly RuleIndex[], nodesLeft = mostNodes) {
    this.corpus = corpus;
    this.nodesLeft = nodesLeft;
    this.places = new Map(members.map((rule, place) => [rule, place]));
    this.languages = new PatternLanguages(
      members.map((rule) => corpus.bytesOf(rule)),
      {
        locale: corpus.locale,
        trimsTrailingSpace: true,
        takesAnyByte: (place) => corpus.isAttention(members[place] ?? -1),
      },
    );
  }

  /** A line that the rule matches. */
  lineOf(rule: RuleIndex): LineAnswer {
    return this.find(rule, [], () => true);
  }

  /** A line that one rule matches and none of the others does. */
  lineOutside(rule: RuleIndex, others: readonly RuleIndex[]): LineAnswer {
    return this.find(rule, [{ rules: others, isWanted: false }], ([isMatched]) => isMatched === false);
  }

  /** A line that the rule matches and that begins like this. */
  lineBehind(rule: RuleIndex, beginning: Uint8Array): LineAnswer {
    return this.ask(rule, [], () => true, beginning);
  }

  /** See `find` of PatternLanguages. */
  find(
    rule: RuleIndex,
    groups: readonly RuleGroup[],
    isFound: (matched: readonly boolean[]) => boolean,
  ): LineAnswer {
    const beginnings = this.beginningsFor(rule);
    let unknown: LineAnswer | undefined;
    for (const beginning of beginnings) {
      const answer = this.ask(rule, groups, isFound, beginning);
      if (answer.kind === "line") return answer;
      if (answer.kind === "not decided") unknown ??= answer;
    }
    return unknown ?? { kind: "none" };
  }

  /** A line with a header as logs have it is looked for first: it reads best, and an unmodified logcheck agrees on it. */
  private beginningsFor(rule: RuleIndex): readonly Uint8Array[] {
    if (this.corpus.hasHeader(rule)) return headers;
    return this.corpus.wideningOf(rule) === undefined ? anyBeginning : [...headers, ...anyBeginning];
  }

  private ask(
    rule: RuleIndex,
    groups: readonly RuleGroup[],
    isFound: (matched: readonly boolean[]) => boolean,
    beginning: Uint8Array,
  ): LineAnswer {
    const given = Math.min(mostNodesOfOne, this.nodesLeft);
    const budget: WorkBudget = { nodesLeft: given };
    const answer = this.languages.find(
      this.placeOf(rule),
      groups.map((group): PatternGroup => ({
        patterns: group.rules.map((member) => this.placeOf(member)),
        isWanted: group.isWanted,
      })),
      isFound,
      { beginning, budget },
    );
    this.nodesLeft -= given - budget.nodesLeft;
    return answer;
  }

  private placeOf(rule: RuleIndex): number {
    const place = this.places.get(rule);
    if (place === undefined) throw new Error(`bug: rule ${rule} is none of those that are asked about`);
    return place;
  }
}
