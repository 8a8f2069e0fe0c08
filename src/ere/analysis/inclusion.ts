/**
 * Decides whether a pattern matches all lines of a language.
 * Promise: "included" and "not included" are certain; past a bound on the work, and where a pattern's automaton takes more
 * than the pattern does, the answer is "not decided".
 *
 * Both are walked together, as deterministic automata that are built on the way. A pair is passed over where the language
 * was in the same state with fewer of the pattern's nodes: what these match, more of them match too. A shortest line that
 * the pattern lacks ends the walk, and nearly all patterns lack a short one.
 */
import { byteSetWords } from "../alphabet/byte-set.js";
import type { Locale } from "../alphabet/locale.js";
import { NodeSets, type NodeSetId } from "../nfa/node-sets.js";
import { NodeSteps } from "../nfa/node-steps.js";
import { Program } from "../nfa/program.js";
import { features } from "../syntax/pattern-features.js";
import { PatternReader, type CheckedPattern } from "../syntax/pattern-reader.js";
import { PatternFault } from "../syntax/pattern-text.js";

export type Inclusion = "included" | "not included" | "not decided";

/** Work that may still be done, in nodes of the pattern that are stepped. One budget may serve many patterns. */
export interface WorkBudget {
  nodesLeft: number;
}

/** The lines that an ERE matches from end to end. It names ASCII characters only, and ends in `$`. */
export class LineLanguage {
  private readonly states: NodeSets;
  private readonly locale: Locale;

  /** Throws for an ERE that grep refuses. */
  constructor(ere: string, locale: Locale) {
    this.locale = locale;
    this.states = nodeSetsOf(new PatternReader(locale), Buffer.from(ere, "latin1"), locale).states;
  }

  /** In: the bytes of one ERE. One that grep refuses matches nothing. */
  isIncludedIn(pattern: Uint8Array, budget: WorkBudget): Inclusion {
    const reader = new PatternReader(this.locale);
    try {
      const { states, checked } = nodeSetsOf(reader, pattern, this.locale);
      return takesMoreThanItSays(checked) ? "not decided" : this.walk(states, budget);
    } catch (fault) {
      if (fault instanceof PatternFault) return "not included";
      throw fault;
    }
  }

  private walk(pattern: NodeSets, budget: WorkBudget): Inclusion {
    const pairs: [own: NodeSetId, its: NodeSetId][] = [[this.states.start, pattern.start]];
    const seen = new Map<NodeSetId, NodeSetId[]>();
    for (let at = 0; at < pairs.length; at++) {
      const [own, its] = pairs[at]!;
      if (this.states.endMatches(own).length > 0 && pattern.endMatches(its).length === 0)
        return "not included";
      for (const [nextOwn, nextIts] of this.steps(own, pattern, its)) {
        budget.nodesLeft -= 1 + pattern.lengthOf(nextIts);
        if (budget.nodesLeft < 0) return "not decided";
        if (this.states.lengthOf(nextOwn) === 0 || pattern.hasAccepted(nextIts)) continue;
        const others = seen.get(nextOwn) ?? [];
        if (others.some((other) => pattern.isPartOf(other, nextIts))) continue;
        seen.set(nextOwn, [...others, nextIts]);
        pairs.push([nextOwn, nextIts]);
      }
    }
    return "included";
  }

  /** Where both get to by any byte but a newline, each pair of those that behave alike once. */
  private *steps(
    own: NodeSetId,
    pattern: NodeSets,
    its: NodeSetId,
  ): Generator<[own: NodeSetId, its: NodeSetId]> {
    for (let word = 0; word < byteSetWords; word++) {
      let left = word === newline >>> 5 ? ~(1 << (newline & 31)) : -1;
      while (left !== 0) {
        const byte = 32 * word + 31 - Math.clz32(left & -left);
        const byOwn = this.states.step(own, byte);
        const byIts = pattern.step(its, byte);
        left &= ~(this.states.alikeWord(byOwn, word) & pattern.alikeWord(byIts, word));
        yield [this.states.nextOf(byOwn), pattern.nextOf(byIts)];
      }
    }
  }
}

const newline = 0x0a;

/** The automaton lets a back-reference stand for anything, and what only glibc can read for more than it is. */
function takesMoreThanItSays({ features: bits, dialectsDisagree }: CheckedPattern): boolean {
  return (bits & features.backReferences) !== 0 || (dialectsDisagree && (bits & features.regex) !== 0);
}

/** Throws PatternFault. */
function nodeSetsOf(
  reader: PatternReader,
  text: Uint8Array,
  locale: Locale,
): { readonly states: NodeSets; readonly checked: CheckedPattern } {
  const checked = reader.check(text, 0);
  const program = new Program({ keepsGroups: false });
  const entry = program.continuation(reader.whole(checked).tree, program.accept(0));
  const hasWordAssertions = (checked.features & features.wordAssertions) !== 0;
  const steps = new NodeSteps({ program, locale, hasWordAssertions });
  return { states: new NodeSets({ steps, entry, reentry: entry }), checked };
}
