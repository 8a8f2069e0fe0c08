/**
 * Compares a suggested rule with the rules that are there.
 * Promise: a rule is only called contained where every line that it matches was shown to match the suggested one, too.
 */
import { PatternLanguages, type Locale } from "../../ere/index.js";
import type { NearestRule } from "../../rules/nearest/nearest.js";
import type { ByteString } from "../../std/text/byte-string.js";

export interface SimilarRule extends NearestRule {
  /** With the suggested rule it is not needed any more. */
  readonly isContained: boolean;
}

/** In: the suggested rule, and the rules that are nearest to its lines. */
export function similarRules(
  suggested: ByteString,
  nearest: readonly NearestRule[],
  locale: Locale,
): readonly SimilarRule[] {
  const patterns = [suggested, ...nearest.map(({ rule }) => rule.text)].map((text) =>
    Buffer.from(text, "latin1"),
  );
  const languages = new PatternLanguages(patterns, { locale, trimsTrailingSpace: true });
  return nearest.map((near, index): SimilarRule => {
    // A rule with a condition hides less than its expression matches, and says so for a reason.
    const isPlain = near.rule.directives === undefined;
    return { ...near, isContained: isPlain && languages.lineOutside(index + 1, [0]).kind === "none" };
  });
}
