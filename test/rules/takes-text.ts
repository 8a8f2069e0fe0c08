/**
 * Tells whether some line that a pattern matches contains a text.
 * Promise: all of the pattern is asked, each alternative of it, whether or not a proof line takes that way.
 */

import { NodeSets } from "../../src/ere/nfa/node-sets.js";
import { NodeSteps, sidesOfBytes } from "../../src/ere/nfa/node-steps.js";
import { Program, nodeKinds } from "../../src/ere/nfa/program.js";
import { features } from "../../src/ere/syntax/pattern-features.js";
import { PatternReader } from "../../src/ere/syntax/pattern-reader.js";

/** In: an ERE that grep takes. Out: of the texts, those that a matching line may contain. Assertions count as met. */
export function textsTaken(pattern: string, texts: readonly string[]): readonly string[] {
  const reader = new PatternReader("UTF-8");
  const text = Buffer.from(pattern);
  const checked = reader.check(text, 0);
  const program = new Program({ keepsGroups: false });
  program.continuation(reader.whole(checked).tree, program.accept(0));
  // A node is a place in the pattern. Asking one what it is may add those that follow it.
  const places: number[] = [];
  for (let node = 0; node < program.nodeCount; node++) {
    const kind = program.kindOf(node);
    if (kind === nodeKinds.byte || kind === nodeKinds.character) places.push(node);
  }
  const entry = program.fork(places);
  const hasWordAssertions = (checked.features & features.wordAssertions) !== 0;
  const steps = new NodeSteps({ program, sides: sidesOfBytes("UTF-8"), hasWordAssertions });
  const sets = new NodeSets({ steps, entry, reentry: undefined });
  return texts.filter((one) => {
    let at = sets.start;
    for (const byte of Buffer.from(one)) at = sets.nextOf(sets.step(at, byte));
    return sets.lengthOf(at) > 0;
  });
}
