/** Counts kinds, and words the counts as subjects and first lines do. */
import type { Words } from "../../../std/text/byte-string.js";
import { countOf } from "../../render/wording.js";
import type { Counts, Urgency } from "../outline.js";
import type { OutlineKind } from "../parts.js";

/** In: all kinds of a report, and how many things could not be seen. */
export function countsOf(kinds: readonly OutlineKind[], notSeen: number): Counts {
  const count = (matches: (kind: OutlineKind) => boolean): number => kinds.filter(matches).length;
  const isRemainder = ({ layer }: OutlineKind): boolean => layer === "remainder";
  return {
    alarms: count(({ layer }) => layer === "never"),
    violations: count(({ layer }) => layer === "violation"),
    fresh: count((kind) => isRemainder(kind) && (kind.novelty === "new" || kind.novelty === "back")),
    known: count((kind) => isRemainder(kind) && (kind.novelty === "known" || kind.novelty === "acked")),
    others: count((kind) => isRemainder(kind) && kind.novelty === "unknown"),
    notSeen,
  };
}

/** An alarm that is acknowledged wakes nobody. */
export function urgencyOf(kinds: readonly OutlineKind[], notSeen: number): Urgency {
  if (kinds.some(({ layer, novelty }) => layer === "never" && novelty !== "acked")) return "alarm";
  return kinds.length === 0 && notSeen > 0 ? "blind" : "news";
}

/** "1 violation", "396 new kinds", "3 known kinds", "14 other kinds", "2 not seen": those that are not 0. */
export function countWords(counts: Omit<Counts, "alarms">): readonly Words[] {
  const { violations, fresh, known, others, notSeen } = counts;
  return [
    ...(violations > 0 ? [countOf(violations, "violation")] : []),
    ...(fresh > 0 ? [countOf(fresh, "new kind")] : []),
    ...(known > 0 ? [countOf(known, "known kind")] : []),
    ...(others > 0 ? [countOf(others, "other kind")] : []),
    ...(notSeen > 0 ? [`${notSeen} not seen`] : []),
  ];
}
