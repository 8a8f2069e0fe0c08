/**
 * Makes of all patterns the two automata of node sets that lines are walked with.
 * Promise: together they accept exactly the patterns that match, and those candidates that the verifier may refuse.
 *
 * A pattern that is tied to the line's start is dead after a few bytes of most lines. The others, unanchored ones and
 * those that begin with `.*`, stay alive to the end: nine of Debian's rules do by an accidental top-level `|`, three by
 * `.+`. They get an automaton of their own, so that their nodes are not part of each set of the others.
 */
import type { Locale } from "../alphabet/locale.js";
import { NodeSets } from "./node-sets.js";
import { NodeSimulation } from "./node-simulation.js";
import { NodeSteps, sidesOfBytes } from "./node-steps.js";
import { features } from "../syntax/pattern-features.js";
import { Program } from "./program.js";
import type { CheckedPattern, PatternReader } from "../syntax/pattern-reader.js";
import { SharedPrefixes } from "./shared-prefixes.js";

export interface Components {
  readonly anchored: NodeSets;
  readonly unanchored: NodeSets;
  /** Walks both at once. */
  readonly simulation: NodeSimulation;
}

/** The patterns come in ascending order of their texts. */
export function componentsOf(
  patterns: readonly CheckedPattern[],
  reader: PatternReader,
  locale: Locale,
): Components {
  const program = new Program({ keepsGroups: false });
  const sequences = patterns.filter(({ isPlainSequence }) => isPlainSequence);
  const others = patterns.filter(({ isPlainSequence }) => !isPlainSequence);
  const tied = new SharedPrefixes(sequences.filter(isTiedToStart), reader);
  const free = new SharedPrefixes(
    sequences.filter((pattern) => !isTiedToStart(pattern)),
    reader,
  );
  const atStart = program.patterns(tied);
  const anywhere = program.fork([
    program.patterns(free),
    ...others.map((pattern) =>
      program.continuation(reader.whole(pattern).tree, program.accept(pattern.index)),
    ),
  ]);
  const hasWordAssertions = patterns.some((pattern) => (pattern.features & features.wordAssertions) !== 0);
  const steps = new NodeSteps({ program, sides: sidesOfBytes(locale), hasWordAssertions });
  return {
    anchored: new NodeSets({ steps, entry: atStart, reentry: undefined }),
    unanchored: new NodeSets({ steps, entry: anywhere, reentry: anywhere }),
    simulation: new NodeSimulation({ steps, reentry: anywhere }),
  };
}

/**
 * Whether the pattern can match at the line's start only, and most lines end it soon: not so `^.*x`.
 * It looks at the first bytes of the text, which takes 0.4 ms for 1,535 rules. Trees are not made until a line gets
 * there: to read only the first two pieces of each rule would take 70 ms. A plain sequence has no other way to begin so.
 */
function isTiedToStart({ text }: CheckedPattern): boolean {
  const [caret, dot, star, plus] = [0x5e, 0x2e, 0x2a, 0x2b];
  return text[0] === caret && !(text[1] === dot && (text[2] === star || text[2] === plus));
}
