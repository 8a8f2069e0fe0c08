/**
 * Makes rules of lines and kinds that somebody names, and writes them: what `ignore` and `raise` have in common.
 * Promise: a rule that is written does what was asked for, whatever the other rules say of its lines.
 */
import { readHistory, usualHistoryMs } from "../../check/history/kept-history.js";
import type { Config, RuleOptions } from "../../config/config.js";
import { shippedRuleDirectory } from "../../config/defaults.js";
import { findCanaries } from "../../lint/canaries.js";
import { idPattern } from "../../memory/kinds/named.js";
import { reportedLayers } from "../../rules/classify/rule-classifier.js";
import { layers, type Verdict } from "../../rules/layer.js";
import { loadRuleSet } from "../../rules/load-rule-set.js";
import { placeOf } from "../../rules/rule.js";
import { eachLine } from "../../sources/each-line.js";
import { readingOfLine } from "../../sources/forms/input-forms.js";
import { openInput } from "../../sources/input.js";
import { readInputs } from "../../sources/read-inputs.js";
import { sayNotices } from "../../std/standard-error.js";
import { escaped } from "../../std/text/escape.js";
import type { ByteString } from "../../std/text/byte-string.js";
import { lineText } from "../../std/text/line-text.js";
import { openCache } from "../../store/caches/open-cache.js";
import { ownStateDirectory } from "../../store/places.js";
import { linesToKeep } from "../../workshop/lines-to-keep.js";
import type { WrittenList } from "../../workshop/local/rule-changes.js";
import type { Kind } from "../../workshop/suggest/kinds.js";
import { KnownLines } from "../../workshop/suggest/known-lines.js";
import { changesLayer, decider, whyNotRaised } from "../../workshop/outcome.js";
import { suggestAlarms, suggestRules, type Suggestion } from "../../workshop/suggest/suggest.js";
import { sayHistory } from "./history.js";
import { addLinesOfKind, kindsNamed } from "./kind-lines.js";
import { showAndWrite, type TriedLines } from "./write-rule.js";

export interface MakeRulesOptions extends RuleOptions {
  readonly config?: string;
  /** Lines, and ids of kinds of lines in the logs, or how they begin; empty: the lines of standard input. */
  readonly words: readonly string[];
  readonly state?: string;
  /** Logs in which to look what a rule does; empty: the kept history. */
  readonly logs: readonly string[];
  /** How far back the kept history is looked into, beside logs too. Left out: as far as usual where no log is given. */
  readonly sinceMs?: number;
  readonly reason?: string;
  /** Whether to write without asking. */
  readonly yes: boolean;
}

export type MakeRulesOutcome = "written" | "not written" | "trouble";

const isKindId = (word: string): boolean => idPattern.test(word);

/** In: which list the rules are for, and what they say beside their expression. */
export async function makeRules(
  options: MakeRulesOptions,
  { list, title }: { readonly list: WrittenList; readonly title?: string },
  config: Config,
  now: Date,
): Promise<MakeRulesOutcome> {
  const settings = config.rules;
  const { ruleSet, notices } = loadRuleSet(settings, openCache());
  sayNotices(notices);
  const known = new KnownLines(ruleSet, list === "ignored" ? reportedLayers : new Set(layers));
  const lines = linesToTry(options, now);
  const { ids, isAllTaken, isWhole } = await given(options.words, lines, list, known, config);
  const wanted = kindsNamed(ids, list, known);
  let isAllWritten = isAllTaken && wanted.length >= ids.size;
  for (const suggestion of suggestions(wanted, list, known, config)) {
    const { kind, outcome } = suggestion;
    const sample = kind.lines[0] ?? "";
    const problem =
      "refused" in outcome
        ? `${escaped(outcome.refused)}; it begins ${escaped(sample)}`
        : list === "ignored"
          ? undefined
          : whyNotRaised(kind.lines, { list, file: "", line: 0, text: outcome.rule }, decider(ruleSet));
    if (problem !== undefined || "refused" in outcome) {
      sayNotices([{ where: `kind ${kind.id}`, what: problem ?? "", done: "no rule made" }]);
      isAllWritten = false;
      continue;
    }
    const toWrite = { list, rule: outcome.rule, kindId: kind.id, sample };
    const { yes, reason } = options;
    if (!(await showAndWrite(toWrite, ruleSet, { lines, yes, reason, title }, config, now)))
      isAllWritten = false;
  }
  if (!isWhole) return "trouble";
  return isAllWritten ? "written" : "not written";
}

function linesToTry({ logs, sinceMs, state = ownStateDirectory() }: MakeRulesOptions, now: Date): TriedLines {
  if (logs.length > 0 && sinceMs === undefined) return { logs };
  return { logs, history: { state, lookBackMs: sinceMs ?? usualHistoryMs, now } };
}

interface Given {
  /** Of kinds that rules are to be made of, or how they begin. */
  readonly ids: ReadonlySet<string>;
  /** Whether none of the lines was turned down. */
  readonly isAllTaken: boolean;
  /** Whether all logs were read. */
  readonly isWhole: boolean;
}

/** Puts what the words mean, and what the logs have, among the lines that are known. */
async function given(
  words: readonly string[],
  { logs, history }: TriedLines,
  list: WrittenList,
  known: KnownLines,
  config: Config,
): Promise<Given> {
  const named = words.filter(isKindId);
  const ids = new Set<string>();
  let isAllTaken = true;
  const takeLine = (text: ByteString): void => {
    const line = withoutIndentation(text.trimEnd());
    const { verdict, id } = known.add(line, readingOfLine(line)?.line);
    if (changesLayer(list, verdict.layer)) ids.add(id);
    else if (!sayDecided(line, verdict, list)) isAllTaken = false;
  };
  for (const word of words.filter((one) => !isKindId(one)))
    for (const line of word.split("\n"))
      if (line.trim() !== "") takeLine(Buffer.from(line).toString("latin1"));
  if (words.length === 0) await eachLine(openInput("-"), (line) => takeLine(lineText(line)));
  // All kinds that are reported are known then: a rule that would hide others of them is refused. Of those that are ignored
  // there are too many.
  const isForIgnored = list !== "ignored";
  if (history && !isForIgnored)
    sayHistory(await readHistory(known, config, history), "the rest is not looked at");
  const isWhole =
    logs.length === 0 ||
    (await readInputs(
      logs,
      () => known.buffer,
      (chunk) => known.take(chunk),
    ));
  for (const name of named) {
    const found =
      history && isForIgnored ? await addLinesOfKind(known, name, config, history) : new Set<string>();
    for (const id of found.size === 1 ? found : [name]) ids.add(id);
  }
  return { ids, isAllTaken, isWhole };
}

/** Says why no rule is made of a line. Out: whether it is what was asked for already. */
function sayDecided(line: ByteString, { layer, rule }: Verdict, list: WrittenList): boolean {
  const isDone = list !== "ignored" || layer === "ignored";
  const by = rule ? ` by ${placeOf(rule)}` : "";
  const done = isDone ? "nothing to do" : "a rule that ignores it would not hide it";
  sayNotices([{ where: escaped(line), what: `${layer}${by}`, done }]);
  return isDone;
}

/** A line that was copied out of a mail has the mail's indentation. */
function withoutIndentation(line: ByteString): ByteString {
  const text = line.trimStart();
  return /^([A-Z][a-z]{2} [ 0-9][0-9] |[0-9]{4}-)/.test(text) ? text : line;
}

function suggestions(
  wanted: readonly Kind[],
  list: WrittenList,
  known: KnownLines,
  { rules: { directories, level, locale } }: Config,
): readonly Suggestion[] {
  const options = { locale, widensHeaders: true };
  const reported = [...known.kinds, ...known.alarmKinds];
  if (list !== "ignored") return suggestAlarms(wanted, [...reported, ...known.ignoredKinds], options);
  const { canaries } = findCanaries([shippedRuleDirectory, ...directories.map(({ path }) => path)]);
  return suggestRules(wanted, reported, linesToKeep(canaries, directories, level), options);
}
