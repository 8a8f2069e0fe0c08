/** Counts kinds, and words the counts as subjects and first lines do. */
import type { Words } from "../../../std/text/byte-string.js";
import type { Notice, NoticeAbout } from "../../../std/notice.js";
import { countOf, formatCount } from "../../render/wording.js";
import type { Counts, Urgency } from "../outline.js";
import type { OutlineKind } from "../parts.js";

/** In: all kinds of a report, and what could not be seen. */
export function countsOf(kinds: readonly OutlineKind[], notices: readonly Notice[]): Counts {
  const count = (matches: (kind: OutlineKind) => boolean): number => kinds.filter(matches).length;
  const isRemainder = ({ layer }: OutlineKind): boolean => layer === "remainder";
  return {
    alarms: count(({ layer }) => layer === "never"),
    violations: count(({ layer }) => layer === "violation"),
    fresh: count((kind) => isRemainder(kind) && (kind.novelty === "new" || kind.novelty === "back")),
    known: count((kind) => isRemainder(kind) && (kind.novelty === "known" || kind.novelty === "acked")),
    others: count((kind) => isRemainder(kind) && kind.novelty === "unknown"),
    notSeen: notices.length,
    notSeenAbout: {
      "silent source": noticesAbout(notices, "silent source"),
      "unread source": noticesAbout(notices, "unread source"),
      "lost lines": noticesAbout(notices, "lost lines"),
      "bad rule": noticesAbout(notices, "bad rule"),
      "ended rule": noticesAbout(notices, "ended rule"),
      other: noticesAbout(notices, undefined),
    },
  };
}

/** One source may have several notices. */
function noticesAbout(notices: readonly Notice[], wanted: NoticeAbout | undefined): number {
  const those = notices.filter(({ about }) => about === wanted);
  return wanted === undefined ? those.length : new Set(those.map(({ where }) => where)).size;
}

/** An alarm that is acknowledged wakes nobody. */
export function urgencyOf(kinds: readonly OutlineKind[], notSeen: number): Urgency {
  if (kinds.some(({ layer, novelty }) => layer === "never" && novelty !== "acked")) return "alarm";
  return kinds.length === 0 && notSeen > 0 ? "blind" : "news";
}

/** "1 violation", "396 new kinds", "1 source silent", "2 bad rules", "2 not seen": those that are not 0. */
export function countWords(counts: Omit<Counts, "alarms">): readonly Words[] {
  const { violations, fresh, known, others, notSeenAbout: about } = counts;
  const parts: readonly (readonly [count: number, words: (count: number) => Words])[] = [
    [violations, (count) => countOf(count, "violation")],
    [fresh, (count) => countOf(count, "new kind")],
    [known, (count) => countOf(count, "known kind")],
    [others, (count) => countOf(count, "other kind")],
    [about["silent source"], (count) => `${countOf(count, "source")} silent`],
    [about["unread source"], (count) => `${countOf(count, "source")} unreadable`],
    [about["lost lines"], (count) => `lines lost in ${countOf(count, "source")}`],
    [about["bad rule"], (count) => countOf(count, "bad rule")],
    [about["ended rule"], (count) => `${countOf(count, "rule")} ended`],
    [about.other, (count) => `${formatCount(count)} not seen`],
  ];
  return parts.flatMap(([count, words]) => (count > 0 ? [words(count)] : []));
}
