/**
 * Answers questions about the lines that patterns match, without a log: is there a line that one matches and the other
 * does not, or both, or any at all?
 * Promise: "none" is certain, and a line that is given is one, as the matcher would say; whatever cannot be decided is
 * called "not decided", with the reason, and never guessed.
 *
 * Lines are sequences of characters up to 10FFFF and of bytes that are none; the old forms of five and six bytes are not
 * told from the latter.
 */
import { NodeSets } from "../nfa/node-sets.js";
import { NodeSteps } from "../nfa/node-steps.js";
import type { NodeId } from "../nfa/program.js";
import type { PatternError } from "../syntax/checked-patterns.js";
import { LineSearch, type Other, type WorkBudget } from "./line-search.js";
import { PatternModel, type ModelOptions } from "./pattern-model.js";
import { SharedProgram } from "./shared-program.js";

export interface PatternLanguagesOptions extends ModelOptions {
  /** Whether lines are matched as if their trailing white space were not there: then no line ends in any. */
  readonly trimsTrailingSpace: boolean;
}

export type LineAnswer =
  /** There is no such line. */
  | { readonly kind: "none" }
  /** A shortest one, without its newline. */
  | { readonly kind: "line"; readonly line: Uint8Array }
  | { readonly kind: "not decided"; readonly reason: string };

/** Patterns, by index, of which it only matters whether one of them matches the line. */
export interface PatternGroup {
  readonly patterns: readonly number[];
  /** Whether a line that they match is wanted, or one that they do not. */
  readonly isWanted: boolean;
}

export interface QuestionOptions {
  /** Only lines that begin like this count. */
  readonly beginning?: Uint8Array;
  /** Without it, a question may take about a second. */
  readonly budget?: WorkBudget;
}

interface AllOptions extends QuestionOptions {
  /** Whether each group that is wanted must match. */
  readonly areRequired: boolean;
}

const noBytes = new Uint8Array();
/** Ten times what all pairs of Debian's 1,922 rules take together. */
const mostNodes = 2e7;
/** Kept from question to question; past that they are built anew. */
const [mostSetNodes, mostProgramNodes] = [1 << 22, 1 << 21];

const all = (matched: readonly boolean[], groups: readonly PatternGroup[]): boolean =>
  matched.every((isMatched, index) => isMatched === groups[index]?.isWanted);

export class PatternLanguages {
  private readonly model: PatternModel;
  private readonly trimsTrailingSpace: boolean;
  private program: SharedProgram;
  private sets: NodeSets;

  /** In: the bytes of EREs, each without its newline. All of them are read. */
  constructor(patterns: readonly Uint8Array[], options: PatternLanguagesOptions) {
    this.trimsTrailingSpace = options.trimsTrailingSpace;
    this.model = new PatternModel(patterns, options);
    this.program = new SharedProgram(this.model.letterTrees);
    this.sets = this.newSets();
  }

  /** The patterns that grep refuses. They match nothing. */
  get errors(): readonly PatternError[] {
    return this.model.errors;
  }

  /** A line that the pattern matches. None: it never matches. */
  lineOf(pattern: number, options?: QuestionOptions): LineAnswer {
    return this.find(pattern, [], () => true, options);
  }

  /** A line that both match. */
  lineOfBoth(one: number, other: number, options?: QuestionOptions): LineAnswer {
    return this.lineWith(one, [{ patterns: [other], isWanted: true }], options);
  }

  /** A line that the pattern matches and none of the others does. None: it is included in the others together. */
  lineOutside(pattern: number, others: readonly number[], options?: QuestionOptions): LineAnswer {
    return this.lineWith(pattern, [{ patterns: others, isWanted: false }], options);
  }

  /** A line that one matches and the other does not. None: they match the same lines. */
  lineOfOne(one: number, other: number, options?: QuestionOptions): LineAnswer {
    const here = this.lineOutside(one, [other], options);
    if (here.kind === "line") return here;
    const there = this.lineOutside(other, [one], options);
    return there.kind === "none" ? here : there;
  }

  /** A line that the pattern matches, and each of the groups that are wanted, and none of the rest. */
  lineWith(pattern: number, groups: readonly PatternGroup[], options?: QuestionOptions): LineAnswer {
    return this.answer(pattern, groups, (matched) => all(matched, groups), { ...options, areRequired: true });
  }

  /**
   * A line that the pattern matches and of which `isFound` says so, given which groups match it. Where that is true, it
   * must be true as well when more of the groups that are wanted match, or fewer of the rest.
   */
  find(
    pattern: number,
    groups: readonly PatternGroup[],
    isFound: (matched: readonly boolean[]) => boolean,
    options: QuestionOptions = {},
  ): LineAnswer {
    return this.answer(pattern, groups, isFound, { ...options, areRequired: false });
  }

  private answer(
    pattern: number,
    groups: readonly PatternGroup[],
    isFound: (matched: readonly boolean[]) => boolean,
    { beginning = noBytes, budget = { nodesLeft: mostNodes }, areRequired }: AllOptions,
  ): LineAnswer {
    const { model } = this;
    const exactness = model.exactnessOf(pattern);
    if (exactness === undefined) return { kind: "none" };
    if (exactness.kind === "unknown") return notDecided(exactness.reason);
    this.forgetWhereLarge();
    const goal = {
      own: this.entriesOf([pattern])[0]!,
      others: groups.map((group) => this.otherOf(group, areRequired)),
      isFound,
      beginning: model.letters.spell(beginning),
      endsInText: this.trimsTrailingSpace,
    };
    const found = new LineSearch(this.sets, model.letters, goal, budget).run();
    if (found.kind === "not decided") return notDecided("takes too many steps");
    if (found.kind === "line") {
      const line = Buffer.concat([beginning, model.letters.write(found.rest)]);
      const doubt = this.doubtOf([pattern, ...groups.flatMap(({ patterns }) => patterns)]);
      if (doubt === undefined || this.isVerified(line, pattern, groups, found.matched, isFound))
        return { kind: "line", line };
      return notDecided(doubt);
    }
    const wanted = groups.filter(({ isWanted }) => isWanted).flatMap(({ patterns }) => patterns);
    const unknown = this.doubtOf(wanted.filter((index) => model.exactnessOf(index)?.kind === "unknown"));
    return unknown === undefined ? found : notDecided(unknown);
  }

  /** Asks the matcher about those patterns that are taken for more or for less than they are. */
  private isVerified(
    line: Uint8Array,
    pattern: number,
    groups: readonly PatternGroup[],
    matched: readonly boolean[],
    isFound: (matched: readonly boolean[]) => boolean,
  ): boolean {
    const verdicts = groups.map(({ patterns }, index) =>
      this.doubtOf(patterns) === undefined
        ? (matched[index] ?? false)
        : patterns.some((one) => this.model.matches(one, line)),
    );
    return this.model.matches(pattern, line) && isFound(verdicts);
  }

  /** Why what is known of one of the patterns is not exact. */
  private doubtOf(patterns: readonly number[]): string | undefined {
    for (const index of patterns) {
      const exactness = this.model.exactnessOf(index);
      if (exactness !== undefined && exactness.kind !== "exact") return exactness.reason;
    }
    return undefined;
  }

  private otherOf({ patterns, isWanted }: PatternGroup, areRequired: boolean): Other {
    // What takes lines away must not take more than it does. What is wanted may: it is verified.
    const usable = isWanted
      ? patterns
      : patterns.filter((index) => this.model.exactnessOf(index)?.kind === "exact");
    return { entries: this.entriesOf(usable), isWanted, isRequired: isWanted && areRequired };
  }

  private entriesOf(patterns: readonly number[]): NodeId[] {
    return patterns.flatMap((index) => {
      const tree = this.model.treeOf(index);
      return tree === undefined ? [] : [this.program.entryOf(tree)];
    });
  }

  private newSets(): NodeSets {
    const { program, model } = this;
    const { hasWordAssertions } = model;
    const steps = new NodeSteps({ program, sides: model.letters.sides, hasWordAssertions });
    return new NodeSets({ steps, entry: program.end, reentry: undefined });
  }

  private forgetWhereLarge(): void {
    if (this.program.nodeCount > mostProgramNodes) this.program = new SharedProgram(this.model.letterTrees);
    else if (this.sets.totalNodes <= mostSetNodes) return;
    this.sets = this.newSets();
  }
}

function notDecided(reason: string): LineAnswer {
  return { kind: "not decided", reason };
}
