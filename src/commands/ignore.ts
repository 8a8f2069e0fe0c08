/**
 * `logwinnow ignore`: makes a rule of a line, shows what it hides, asks, and writes it.
 * Promise: nothing is written that was not shown and agreed to; `rules undo` takes the last rule back.
 */
import type { Config, RuleOptions } from "../config/config.js";
import { shippedRuleDirectory } from "../config/defaults.js";
import { readEntry } from "../entry/header.js";
import { findCanaries } from "../lint/canaries.js";
import { idPattern } from "../memory/kinds/named.js";
import { loadRuleSet } from "../rules/load-rule-set.js";
import type { RuleSettings } from "../rules/rule-settings.js";
import type { RuleSet } from "../rules/rule-set.js";
import { placeOf, type Rule } from "../rules/rule.js";
import { eachLine } from "../sources/each-line.js";
import { readingOfLine } from "../sources/forms/input-forms.js";
import { openInput } from "../sources/input.js";
import { readInputs } from "../sources/read-inputs.js";
import { localDay } from "../std/local-day.js";
import { sayNotices } from "../std/standard-error.js";
import { writeText } from "../std/standard-output.js";
import { escaped, escapedText } from "../std/text/escape.js";
import type { ByteString } from "../std/text/byte-string.js";
import { lineText } from "../std/text/line-text.js";
import { openCache } from "../store/open-cache.js";
import { linesToKeep } from "../workshop/lines-to-keep.js";
import { ask } from "../workshop/local/ask.js";
import { localRuleDirectory, localRuleFile } from "../workshop/local/local-rules.js";
import { addRule } from "../workshop/local/rule-changes.js";
import { KnownLines } from "../workshop/suggest/known-lines.js";
import { suggestRules, type Suggestion } from "../workshop/suggest/suggest.js";
import { Trial } from "../workshop/trial.js";
import { ruleText } from "../workshop/trial-text.js";
import { addLinesOfKinds, kindsNamed } from "./rules/kind-lines.js";

export interface IgnoreOptions extends RuleOptions {
  readonly config?: string;
  /** Lines, and ids of kinds of lines in the logs, or how they begin; empty: the lines of standard input. */
  readonly words: readonly string[];
  /** Logs in which to look what a rule hides; those that the configuration names where ids are given and no log is. */
  readonly logs: readonly string[];
  readonly reason?: string;
  /** Whether to write without asking. */
  readonly yes: boolean;
}

export type IgnoreOutcome = "written" | "not written" | "trouble";

const isKindId = (word: string): boolean => idPattern.test(word);

export async function ignore(options: IgnoreOptions, config: Config, now: Date): Promise<IgnoreOutcome> {
  const settings = config.rules;
  const { ruleSet, notices } = loadRuleSet(settings, openCache());
  sayNotices(notices);
  const known = new KnownLines(ruleSet);
  const ids = new Set(options.words.filter(isKindId));
  let isAllWritten = true;
  const takeLine = (given: ByteString): void => {
    const line = withoutIndentation(given.trimEnd());
    const { verdict, id } = known.add(line, readingOfLine(line)?.line);
    if (verdict.layer === "remainder") ids.add(id);
    else {
      if (verdict.layer !== "ignored") isAllWritten = false;
      const by = verdict.rule ? ` by ${placeOf(verdict.rule)}` : "";
      const done = verdict.layer === "ignored" ? "nothing to do" : "a rule that ignores it would not hide it";
      sayNotices([{ where: escaped(line), what: `${verdict.layer}${by}`, done }]);
    }
  };
  for (const word of options.words.filter((one) => !isKindId(one)))
    for (const line of word.split("\n"))
      if (line.trim() !== "") takeLine(Buffer.from(line).toString("latin1"));
  if (options.words.length === 0) await eachLine(openInput("-"), (line) => takeLine(lineText(line)));
  if (options.logs.length === 0) await addLinesOfKinds(known, options.words.filter(isKindId), config, now);
  const isWhole =
    options.logs.length === 0 ||
    (await readInputs(
      options.logs,
      () => known.buffer,
      (chunk) => known.take(chunk),
    ));
  const wanted = kindsNamed(ids, known);
  if (wanted.length < ids.size) isAllWritten = false;
  const { canaries } = findCanaries([shippedRuleDirectory, ...settings.directories.map(({ path }) => path)]);
  const suggestions = suggestRules(
    wanted,
    [...known.kinds, ...known.alarmKinds],
    linesToKeep(canaries, settings.directories, settings.level),
    { locale: settings.locale, widensHeaders: true },
  );
  for (const suggestion of suggestions)
    if (!(await isWritten(suggestion, ruleSet, options, settings, now))) isAllWritten = false;
  if (!isWhole) return "trouble";
  return isAllWritten ? "written" : "not written";
}

/** A line that was copied out of a mail has the mail's indentation. */
function withoutIndentation(line: ByteString): ByteString {
  const text = line.trimStart();
  return /^([A-Z][a-z]{2} [ 0-9][0-9] |[0-9]{4}-)/.test(text) ? text : line;
}

async function isWritten(
  { kind, outcome }: Suggestion,
  ruleSet: RuleSet,
  { logs, yes, reason }: IgnoreOptions,
  settings: RuleSettings,
  now: Date,
): Promise<boolean> {
  const [sample = ""] = kind.lines;
  if ("refused" in outcome) {
    const where = `kind ${kind.id}`;
    sayNotices([
      { where, what: `${escaped(outcome.refused)}; it begins ${escaped(sample)}`, done: "no rule made" },
    ]);
    return false;
  }
  const directories = settings.directories.filter(({ path }) => path !== shippedRuleDirectory);
  const directory = localRuleDirectory(directories);
  const rule: Rule = { list: "ignored", file: `kind ${kind.id}`, line: 1, text: outcome.rule };
  writeText(`${escaped(sample)}\n${(await shown(rule, ruleSet, logs, settings)).join("\n")}\n`);
  if (directory === undefined) {
    const where = directories.map(({ path }) => path).join(", ") || "rules";
    sayNotices([{ where, what: "no directory of rules can be written to", done: "not written" }]);
    return false;
  }
  const file = localRuleFile(directory, readEntry(sample, now).appName ?? "");
  if (!yes) {
    const answer = ask(`Write it to ${file}?`);
    if (answer === "no terminal")
      sayNotices([
        { where: file, what: "nobody can be asked; --yes writes without asking", done: "not written" },
      ]);
    if (answer !== "yes") return false;
  }
  const added = { file, rule: outcome.rule, proof: sample, added: localDay(now), reason };
  const isNew = addRule(added);
  writeText(
    `${escapedText(file)}: ${isNew ? "written; logwinnow rules undo takes it back" : "has it already"}\n`,
  );
  return true;
}

/** The rule, and what it hides in the logs given. */
async function shown(
  rule: Rule,
  ruleSet: RuleSet,
  logs: readonly string[],
  { locale }: RuleSettings,
): Promise<readonly string[]> {
  if (logs.length === 0) return [`    ${escaped(rule.text)}`];
  const trial = new Trial([rule], ruleSet.rules, { locale, widensHeaders: true, mostFirst: 0 });
  await readInputs(
    logs,
    () => trial.buffer,
    (chunk) => trial.take(chunk),
  );
  return trial.rules.flatMap((tried) => ruleText(tried, "this rule"));
}
