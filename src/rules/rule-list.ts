/** The lists that rules belong to. */

/** By the directory that a rule was read from. */
export type RuleList = "never" | "never.ignore" | "violation" | "violation.ignore" | "ignored";

/** Whether rules of the list raise lines; the others hide lines or cancel what raises them. */
export function isAttention(list: RuleList): boolean {
  return list === "never" || list === "violation";
}
