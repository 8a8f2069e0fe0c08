/**
 * Asks the engine about the whole lines that trees match.
 * Promise: what takes too long to decide is refused, never guessed.
 */
import { PatternLanguages, type LineAnswer } from "../ere/index.js";
import { wholeEreOf } from "./ere-text.js";
import { NotCarriedOver } from "./not-carried-over.js";
import type { Tree } from "./regex-tree.js";

/** Whether there is a line that both match. */
export function areBoth(one: Tree, other: Tree): boolean {
  return isSome(languages(one, other).lineOfBoth(0, 1));
}

/** Whether there is a line that the one matches, and the other does not. */
export function isOutside(one: Tree, other: Tree): boolean {
  return isSome(languages(one, other).lineOutside(0, [1]));
}

/** Whether there is a line that the first two match, and the last one does not. */
export function areBothOutside(one: Tree, other: Tree, last: Tree): boolean {
  return isSome(
    languages(one, other, last).lineWith(0, [
      { patterns: [1], isWanted: true },
      { patterns: [2], isWanted: false },
    ]),
  );
}

function languages(...trees: readonly Tree[]): PatternLanguages {
  const patterns = trees.map((tree) => Buffer.from(wholeEreOf(tree)));
  return new PatternLanguages(patterns, { locale: "UTF-8", trimsTrailingSpace: false });
}

function isSome(answer: LineAnswer): boolean {
  if (answer.kind === "not decided")
    throw new NotCarriedOver(`takes too long to compare with its prefregex: ${answer.reason}`);
  return answer.kind === "line";
}
