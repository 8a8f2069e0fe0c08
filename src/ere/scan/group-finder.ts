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
import type { SyntaxTree } from "../syntax/syntax-tree.js";
import { groupExpression } from "./group-expression.js";

/** Bytes as latin1, by the group's number less one; undefined for a group that took no part. */
export type GroupTexts = readonly (string | undefined)[];

export interface GroupFinder {
  readonly groupCount: number;
  /** In: a line without its newline. Out: undefined where nothing matches, or where it takes too long. */
  find(line: Uint8Array): GroupTexts | undefined;
}

export interface GroupFinderOptions {
  readonly locale: Locale;
  readonly trimsTrailingSpace: boolean;
  /** For tests: false never asks JavaScript's regular expressions. */
  readonly usesExpression?: boolean;
}

/** On a longer line, what takes time by its square takes longer than what takes 20 us. */
const longestForExpression = 1024;

/** In: the bytes of one ERE. Out: undefined for one that grep refuses. */
export function groupFinder(
  pattern: Uint8Array,
  { locale, trimsTrailingSpace, usesExpression = true }: GroupFinderOptions,
): GroupFinder | undefined {
  try {
    const reader = new PatternReader(locale);
    const checked = reader.check(pattern, 0);
    const whole = reader.whole(checked);
    const groupCount = groupsIn(whole.tree);
    const expression = usesExpression && !whole.filter ? groupExpression(whole.tree) : undefined;
    let verifier: Verifier | undefined;
    return {
      groupCount,
      find(line) {
        const end = trimsTrailingSpace ? trimmedEnd(line, 0, line.length) : line.length;
        const text = Buffer.from(line.buffer, line.byteOffset, end).toString("latin1");
        if (expression && end <= longestForExpression && isAscii(text)) {
          const found: GroupTexts | null = expression.exec(text);
          return found?.slice(1);
        }
        verifier ??= new Verifier(whole, checked.features, locale, true);
        const groups = verifier.groupsIn(line.subarray(0, end));
        if (groups === undefined) return undefined;
        return Array.from({ length: groupCount }, (_, index) => {
          const span = groups.get(index + 1);
          return span && text.slice(span.start, span.end);
        });
      },
    };
  } catch (fault) {
    if (fault instanceof PatternFault) return undefined;
    throw fault;
  }
}

function isAscii(text: string): boolean {
  return !/[\x80-\xff]/.test(text);
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
