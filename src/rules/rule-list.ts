/** The lists that rules belong to. */

/** By the directory that a rule was read from. Rules of "title" decide nothing. */
export type RuleList = DecidingList | "title";

export type DecidingList = "never" | "never.ignore" | "violation" | "violation.ignore" | "ignored";

/** Whether rules of the list raise lines; the others hide lines or cancel what raises them. */
export function isAttention(list: RuleList): boolean {
  return list === "never" || list === "violation";
}

/** Whether rules of the list make a line less than it would be: they hide it, or cancel what raises it. */
export function hidesLines(list: RuleList): boolean {
  return list === "ignored" || list === "never.ignore" || list === "violation.ignore";
}
