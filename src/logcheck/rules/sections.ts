/**
 * Says under which headings a line is reported: the order and the exceptions of logcheck's three layers.
 * Promise: a line is placed as logcheck's chain of greps would place it, decided by which patterns match it alone.
 */
import type { RuleFile, RuleTree } from "./rule-tree.js";

/** Where a line goes; all empty and false when it is dropped. Numbers index the tree's files of that layer. */
export interface Placement {
  /** Files of cracking.d under which it is a security alert. */
  readonly alerts: readonly number[];
  /** Files of violations.d under which it is a security event in a report without alerts. */
  readonly events: readonly number[];
  /** The same in a report that has alerts, in which lines that cracking.d knows are no events. */
  readonly eventsBesideAlerts: readonly number[];
  /** Whether it is a system event: no rule of any layer knows it. */
  readonly isSystemEvent: boolean;
}

/** Whether the line is reported at all, in one kind of report or the other. */
export function isPlaced(placement: Placement): boolean {
  return placement.isSystemEvent || placement.alerts.length > 0 || placement.events.length > 0;
}

/** Places lines by the patterns that match them. Ask once per set of patterns: it walks all files. */
export function place(tree: RuleTree, matches: readonly number[]): Placement {
  const matched = new Set(matches);
  const isKnownTo = (file: RuleFile): boolean => file.patterns.some((pattern) => matched.has(pattern));
  const { cracking, crackingIgnore, violations, violationsIgnore, ignore } = tree.files;
  const alerts = raisingFiles(cracking, crackingIgnore, isKnownTo);
  const events = raisingFiles(violations, violationsIgnore, isKnownTo);
  const isAlert = cracking.some(isKnownTo);
  return {
    alerts,
    events,
    eventsBesideAlerts: isAlert ? [] : events,
    isSystemEvent: !isAlert && !violations.some(isKnownTo) && !ignore.some(isKnownTo),
  };
}

/** The files of a raising layer that know the line and by none of whose exceptions it is cancelled. */
function raisingFiles(
  raising: readonly RuleFile[],
  ignoring: readonly RuleFile[],
  isKnownTo: (file: RuleFile) => boolean,
): number[] {
  const cancelling = new Set(ignoring.filter(isKnownTo).map((file) => file.name));
  const isCancelledForAll = [...cancelling].some((name) => name === "local" || name.startsWith("local-"));
  const knowing = raising.flatMap((file, index) => (isKnownTo(file) ? [{ name: file.name, index }] : []));
  const isSpecific = knowing.some(({ name }) => !name.startsWith("logchec"));
  return knowing
    .filter(({ name }) => {
      if (isCancelledForAll || cancelling.has(name) || cancelling.has(`logcheck-${name}`)) return false;
      // The catch-all file yields to every exception, and to every file that is more specific.
      return name !== "logcheck" || (cancelling.size === 0 && !isSpecific);
    })
    .map(({ index }) => index);
}
