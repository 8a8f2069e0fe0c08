/**
 * Makes of decisions what is written.
 * Promise: all rules go to files of one directory, so that they are written together or not at all.
 */
import { readEntry } from "../entry/header.js";
import type { RuleDirectory } from "../rules/files/rule-directories.js";
import { localDay } from "../std/local-day.js";
import type { Text } from "../std/text/byte-string.js";
import { localRuleDirectory, localRuleFile } from "../workshop/local/local-rules.js";
import type { AddedRule } from "../workshop/local/rule-changes.js";
import { listOf } from "./reduce.js";
import type { Decisions, TriageKind } from "./state.js";

export interface RulesToWrite {
  readonly directory: Text;
  readonly rules: readonly AddedRule[];
}

/**
 * In: what was decided, in the order in which it was, the kinds, and the directories of rules without the shipped one. Out:
 * undefined where no rule is to be written. Throws an error to be shown where no directory takes them.
 */
export function rulesToWrite(
  decisions: Decisions,
  kinds: readonly TriageKind[],
  directories: readonly RuleDirectory[],
  now: Date,
): RulesToWrite | undefined {
  const byId = new Map(kinds.map((kind) => [kind.id, kind]));
  const made = [...decisions].flatMap(([id, decision]) => {
    const kind = byId.get(id);
    if (kind === undefined || decision.action === "skip" || decision.action === "acknowledge") return [];
    return [{ kind, decision, list: listOf[decision.action] }];
  });
  if (made.length === 0) return undefined;
  // One that takes rules which raise takes all.
  const list = made.find((one) => one.list !== "ignored")?.list ?? "ignored";
  const directory = localRuleDirectory(directories, list);
  if (directory === undefined) {
    const where = directories.map(({ path }) => path).join(", ") || "rules";
    throw new Error(`${where}: no directory of rules can be written to`);
  }
  const rules = made.map(({ kind, decision: { rule, reason, title }, list: own }): AddedRule => {
    const proof = kind.lines[0] ?? "";
    const file = localRuleFile(directory, own, readEntry(proof, now).appName ?? "");
    return { file, list: own, rule, proof, added: localDay(now), reason, title };
  });
  return { directory, rules };
}

/** The kinds that are acknowledged. */
export function acknowledgedIds(decisions: Decisions): readonly string[] {
  return [...decisions].flatMap(([id, { action }]) => (action === "acknowledge" ? [id] : []));
}
