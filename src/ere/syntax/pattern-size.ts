/**
 * Leaves out the patterns that nested intervals make too large to be walked.
 * Promise: whatever the patterns, the nodes of the program are bounded; which pattern is left out depends on the
 * patterns alone, never on a log, and no pattern without large intervals is.
 *
 * `((a{0,255}){0,255}){0,255}` is 16,581,375 places, and one byte leads to all of them. grep 3.8 gives up for lack of
 * memory (4 GB) at some 30,000 places where all can be skipped, and takes a second for 32,767 that cannot.
 */
import type { CheckedPatterns, PatternError } from "./checked-patterns.js";
import type { CheckedPattern } from "./pattern-reader.js";
import type { SyntaxTree } from "./syntax-tree.js";

/** Of one pattern, beyond the length of its text: twice the largest interval that grep takes. */
const mostPlaces = 1 << 16;
/** Of all large patterns together: 170 MB once lines have been everywhere. */
const mostPlacesOfAll = 1 << 18;
/** A pattern that comes to no more is not counted: 10,000 ordinary rules are not too many. */
const smallPlaces = 1 << 11;

/**
 * The same patterns without the large ones, which become errors. `eres` are the texts by index, as latin1.
 * Where all of them together are too large, the largest are left out.
 */
export function withoutLarge(checked: CheckedPatterns, eres: readonly string[]): CheckedPatterns {
  const large: { readonly pattern: CheckedPattern; readonly added: number }[] = [];
  for (const pattern of checked.valid) {
    const ere = eres[pattern.index] ?? "";
    if (!nestedOrLong.test(ere)) continue;
    const added = addedPlaces(pattern, ere, checked);
    if (added > smallPlaces) large.push({ pattern, added });
  }
  if (large.length === 0) return checked;
  large.sort((a, b) => a.added - b.added || a.pattern.index - b.pattern.index);
  const errors: PatternError[] = [];
  const leftOut = new Set<CheckedPattern>();
  let places = 0;
  for (const { pattern, added } of large) {
    const limit = added > mostPlaces ? mostPlaces : mostPlacesOfAll - places;
    if (added <= limit) {
      places += added;
      continue;
    }
    const reason =
      limit === mostPlaces
        ? `its intervals ask for ${added} places, at most ${mostPlaces} can be had`
        : `its intervals ask for ${added} places, other patterns leave ${limit} of ${mostPlacesOfAll}`;
    errors.push({ index: pattern.index, column: columnOf(checked.reader.whole(pattern).tree), reason });
    leftOut.add(pattern);
  }
  if (errors.length === 0) return checked;
  return {
    reader: checked.reader,
    valid: checked.valid.filter((pattern) => !leftOut.has(pattern)),
    errors: [...checked.errors, ...errors].sort((a, b) => a.index - b.index),
  };
}

/**
 * An interval of a piece that may have intervals itself, or one of three digits. Without, a byte is 20 places at most.
 * It is asked of the text, as `placesAtMost` is, since no tree is made yet: that would take 140 ms of processor time for
 * Debian's 1,535 rules, of which this leaves 28. Only the tree says how many places there are.
 */
const nestedOrLong = /[)}*+?]\{|\{\d*,?\d{3}/;

/** How many places a pattern has beyond the length of its text, if they are not few. */
function addedPlaces(pattern: CheckedPattern, ere: string, { reader }: CheckedPatterns): number {
  const atMost = placesAtMost(ere) - ere.length;
  return atMost <= smallPlaces ? atMost : placesOf(reader.whole(pattern).tree) - ere.length;
}

const interval = /\{(\d*)(?:,(\d*))?\}/g;
const mayHoldIntervals = ")}*+?";

/** Never too low, but too high where several intervals repeat groups that are not in each other. */
function placesAtMost(ere: string): number {
  let [sum, product] = [ere.length, 1];
  for (const { index, 1: minimum, 2: maximum } of ere.matchAll(interval)) {
    const times = Math.max(Number(minimum) + 1, Number(maximum ?? 0));
    if (mayHoldIntervals.includes(ere[index - 1] ?? "^")) product *= times;
    else sum += times;
  }
  return sum * product;
}

/** How many bytes, characters and assertions the tree comes to when its intervals are written out. */
export function placesOf(tree: SyntaxTree): number {
  let times = 1;
  let inner = tree;
  // Intervals can be stacked as high as a pattern is long.
  for (; inner.kind === "repeat" || inner.kind === "group"; inner = inner.body)
    if (inner.kind === "repeat")
      times *= Math.max(1, inner.maximum === Infinity ? inner.minimum + 1 : inner.maximum);
  if (inner.kind === "sequence") return times * sumOf(inner.parts);
  if (inner.kind === "choice") return times * sumOf(inner.branches);
  return times;
}

function sumOf(trees: readonly SyntaxTree[]): number {
  return trees.reduce((sum, tree) => sum + placesOf(tree), 0);
}

type Repeat = SyntaxTree & { readonly kind: "repeat" };

/** Where the first interval stands that may repeat others, else the first interval. */
function columnOf(tree: SyntaxTree): number {
  const intervals = repeatsOf(tree).filter(({ minimum, maximum }) => minimum > 1 || isSeveral(maximum));
  const outer = intervals.find(({ body }) => body.kind === "group" || body.kind === "repeat");
  return ((outer ?? intervals[0])?.body.end ?? 0) + 1;
}

const isSeveral = (maximum: number): boolean => maximum > 1 && maximum < Infinity;

/** In the order in which what repeats stands in the text. */
function repeatsOf(tree: SyntaxTree): Repeat[] {
  const outer: Repeat[] = [];
  let inner = tree;
  for (; inner.kind === "repeat" || inner.kind === "group"; inner = inner.body)
    if (inner.kind === "repeat") outer.push(inner);
  const others = inner.kind === "sequence" ? inner.parts : inner.kind === "choice" ? inner.branches : [];
  return [...others.flatMap(repeatsOf), ...outer.reverse()];
}
