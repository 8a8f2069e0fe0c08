/**
 * Says what the groups of one pattern matched in a line.
 * Promise: answers for lines that the pattern matches, in a bounded number of steps, always alike for the same line.
 *
 * Where a pattern can match in several ways, the way is the one in which each repetition takes all it can and the first
 * alternative that fits is taken. Without alternatives that begin alike, that is POSIX's.
 */
import type { Locale } from "../alphabet/locale.js";
import { trimmedEnd } from "../alphabet/white-space.js";
import { Verifier } from "../nfa/verifier.js";
import { PatternReader } from "../syntax/pattern-reader.js";
import { PatternFault } from "../syntax/pattern-text.js";
import type { Span, SyntaxTree } from "../syntax/syntax-tree.js";

export interface GroupFinder {
  readonly groupCount: number;
  /** In: a line without its newline. Out: the span of each group, by its number; undefined where nothing matches or it takes too long. */
  find(line: Uint8Array): ReadonlyMap<number, Span> | undefined;
}

/** In: the bytes of one ERE. Out: undefined for one that grep refuses. */
export function groupFinder(
  pattern: Uint8Array,
  { locale, trimsTrailingSpace }: { readonly locale: Locale; readonly trimsTrailingSpace: boolean },
): GroupFinder | undefined {
  try {
    const reader = new PatternReader(locale);
    const checked = reader.check(pattern, 0);
    const whole = reader.whole(checked);
    const verifier = new Verifier(whole, checked.features, locale, true);
    return {
      groupCount: groupsIn(whole.tree),
      find(line) {
        const matched = trimsTrailingSpace ? line.subarray(0, trimmedEnd(line, 0, line.length)) : line;
        return verifier.groupsIn(matched);
      },
    };
  } catch (fault) {
    if (fault instanceof PatternFault) return undefined;
    throw fault;
  }
}

/** The highest number of a group. */
function groupsIn(tree: SyntaxTree): number {
  switch (tree.kind) {
    case "group":
      return Math.max(tree.number, groupsIn(tree.body));
    case "repeat":
      return groupsIn(tree.body);
    case "sequence":
      return highest(tree.parts);
    case "choice":
      return highest(tree.branches);
    default:
      return 0;
  }
}

function highest(trees: readonly SyntaxTree[]): number {
  return trees.reduce((number, tree) => Math.max(number, groupsIn(tree)), 0);
}
