/**
 * Shows a rule and what it does to logs, asks, and writes it.
 * Promise: nothing is written that was not shown and agreed to.
 */
import type { CheckSettings } from "../../check/settings.js";
import { readHistory, type HistoryOptions } from "../../check/history/kept-history.js";
import { shippedRuleDirectory } from "../../config/defaults.js";
import { readEntry } from "../../entry/header.js";
import type { RuleSet } from "../../rules/rule-set.js";
import type { Rule } from "../../rules/rule.js";
import { readInputs } from "../../sources/read-inputs.js";
import { localDay } from "../../std/local-day.js";
import { sayNotices } from "../../std/standard-error.js";
import { writeText } from "../../std/standard-output.js";
import { escaped, escapedText } from "../../std/text/escape.js";
import type { ByteString, Text } from "../../std/text/byte-string.js";
import { ask } from "../../std/ask.js";
import { localRuleDirectory, localRuleFile } from "../../workshop/local/local-rules.js";
import { addRules, type WrittenList } from "../../workshop/local/rule-changes.js";
import { Trial } from "../../workshop/trial.js";
import { ruleText } from "../../workshop/trial-text.js";

/** Where to look what a rule does. */
export interface TriedLines {
  readonly logs: readonly string[];
  /** Left out: the kept history is not looked into. */
  readonly history?: HistoryOptions;
}

export interface RuleToWrite {
  readonly list: WrittenList;
  readonly rule: ByteString;
  readonly kindId: string;
  /** A line of the kind. */
  readonly sample: ByteString;
}

export interface WriteOptions {
  readonly lines: TriedLines;
  readonly reason?: Text | undefined;
  readonly title?: Text | undefined;
  /** Whether to write without asking. */
  readonly yes: boolean;
}

/** Out: whether the rule is in its file now. Throws the system's error, or a DiskError. */
export async function showAndWrite(
  { list, rule: text, kindId, sample }: RuleToWrite,
  ruleSet: RuleSet,
  { lines, reason, title, yes }: WriteOptions,
  settings: CheckSettings,
  now: Date,
): Promise<boolean> {
  const directories = settings.rules.directories.filter(({ path }) => path !== shippedRuleDirectory);
  const directory = localRuleDirectory(directories, list);
  const rule: Rule = { list, file: `kind ${kindId}`, line: 1, text };
  writeText(`${escaped(sample)}\n${(await tried(rule, ruleSet, lines, settings)).join("\n")}\n`);
  if (directory === undefined) {
    const where = directories.map(({ path }) => path).join(", ") || "rules";
    const kinds = list === "ignored" ? "" : " that has directories for other rules than those that ignore";
    sayNotices([{ where, what: `no directory of rules${kinds} can be written to`, done: "not written" }]);
    return false;
  }
  const file = localRuleFile(directory, list, readEntry(sample, now).appName ?? "");
  if (!yes) {
    const answer = ask(`Write it to ${escapedText(file)}?`);
    if (answer === "no terminal")
      sayNotices([
        { where: file, what: "nobody can be asked; --yes writes without asking", done: "not written" },
      ]);
    if (answer !== "yes") return false;
  }
  const [isNew] = addRules(
    directory,
    [{ file, list, rule: text, proof: sample, added: localDay(now), reason, title }],
    now,
  );
  writeText(
    `${escapedText(file)}: ${isNew === true ? "written; logwinnow rules undo takes it back" : "has it already"}\n`,
  );
  return true;
}

/** The rule, and what it does to the lines, as text. */
async function tried(
  rule: Rule,
  ruleSet: RuleSet,
  { logs, history }: TriedLines,
  settings: CheckSettings,
): Promise<readonly string[]> {
  const { locale } = settings.rules;
  const trial = new Trial([rule], ruleSet.rules, { locale, widensHeaders: true, mostFirst: 0 });
  const isAllRead = history === undefined || (await readHistory(trial, settings, history)).isAllRead;
  if (logs.length > 0)
    await readInputs(
      logs,
      () => trial.buffer,
      (chunk) => trial.take(chunk),
    );
  const text = trial.rules.flatMap((one) => ruleText(one, "this rule"));
  return isAllRead ? text : [...text, "  the history has more than is read for this"];
}
