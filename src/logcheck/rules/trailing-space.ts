/**
 * Finds rules that white space at their end keeps from ever matching.
 * Promise: a rule that could match some line is not named; lines are matched without their trailing white space.
 */

/**
 * What is wrong with the end of a rule, in words; undefined when nothing is.
 * In: the ERE, bytes as latin1. Rules with alternatives are let pass: another branch may match.
 */
export function neverMatchesBecauseOf(ere: string): string | undefined {
  if (ere.includes("|")) return undefined;
  // After the anchor nothing can follow: lines have no newline inside.
  if (/(?:^|[^\\])(?:\\\\)*\$\r$/.test(ere)) return "carriage return after the final $";
  if (/(?:^|[^\\])(?:\\\\)*\$[ \t\v\f]+$/.test(ere)) return "white space after the final $";
  if (/[^\\[][ \t\v\f\r]\$$/.test(ere) && !/\[[^\]]*$/.test(ere)) return "white space before the final $";
  return undefined;
}
