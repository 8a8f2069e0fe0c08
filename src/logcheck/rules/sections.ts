/**
 * Decides under which headings a line is reported, by the order and the exceptions of logcheck's three layers.
 * Promise: places a line as logcheck's chain of greps does, using only the set of patterns that match it.
 */
import type { FileRules, RuleTree } from "./rule-tree.js";

/** Where a line goes; all empty and false when it is dropped. Numbers are indices into the tree's files of that layer. */
export interface Placement {
  /** Files of cracking.d under which it is a security alert. */
  readonly alerts: readonly number[];
  /** Files of violations.d under which it is a security event in a report without alerts. */
  readonly events: readonly number[];
  /** The same in a report with alerts, where a line that matches cracking.d is no event. */
  readonly eventsBesideAlerts: readonly number[];
  /** Whether it is a system event: no rule of any layer matches it. */
  readonly isSystemEvent: boolean;
}

/** Whether the line is reported at all, in a report with or without alerts. */
export function isPlaced(placement: Placement): boolean {
  return placement.isSystemEvent || placement.alerts.length > 0 || placement.events.length > 0;
}

/** Places a line by the patterns that match it. Costly (it walks all files), so ask once per set of patterns. */
export function place(tree: RuleTree, matches: readonly number[]): Placement {
  const matched = new Set(matches);
  const isMatchedBy = (file: FileRules): boolean => file.patterns.some((pattern) => matched.has(pattern));
  const { cracking, crackingIgnore, violations, violationsIgnore, ignore } = tree.files;
  const alerts = raisingFiles(cracking, crackingIgnore, isMatchedBy);
  const events = raisingFiles(violations, violationsIgnore, isMatchedBy);
  const isAlert = cracking.some(isMatchedBy);
  return {
    alerts,
    events,
    eventsBesideAlerts: isAlert ? [] : events,
    isSystemEvent: !isAlert && !violations.some(isMatchedBy) && !ignore.some(isMatchedBy),
  };
}

/** The files of a raising layer that match the line and whose exceptions do not cancel it. */
function raisingFiles(
  raising: readonly FileRules[],
  ignoring: readonly FileRules[],
  isMatchedBy: (file: FileRules) => boolean,
): number[] {
  const cancelling = new Set(ignoring.filter(isMatchedBy).map((file) => file.name));
  const isCancelledForAll = [...cancelling].some((name) => name === "local" || name.startsWith("local-"));
  const matching = raising.flatMap((file, index) => (isMatchedBy(file) ? [{ name: file.name, index }] : []));
  const isSpecific = matching.some(({ name }) => !name.startsWith("logchec"));
  return matching
    .filter(({ name }) => {
      if (isCancelledForAll || cancelling.has(name) || cancelling.has(`logcheck-${name}`)) return false;
      // The catch-all file yields to every exception and to every more specific file.
      return name !== "logcheck" || (cancelling.size === 0 && !isSpecific);
    })
    .map(({ index }) => index);
}
