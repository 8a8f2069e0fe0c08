/** `logwinnow explain`: says which rule decides a line, and which others match it. */
import { usualHistoryMs } from "../check/history/kept-history.js";
import { linesOfKinds } from "../check/history/lines-of-kind.js";
import type { Config, RuleOptions } from "../config/config.js";
import type { FormReading } from "../entry/forms/form-reading.js";
import { conditionText } from "../rules/condition-text.js";
import { idPattern } from "../memory/kinds/named.js";
import { verdictOf } from "../rules/layers.js";
import { lineExplainer, type Explanation, type LineExplainer } from "../rules/explain.js";
import type { NearestRule } from "../rules/nearest/nearest.js";
import { placeOf } from "../rules/rule.js";
import { readingOfLine } from "../sources/forms/input-forms.js";
import { openInput } from "../sources/input.js";
import { escaped, escapedText, jsonText } from "../std/text/escape.js";
import { openCache, openWordsCache } from "../store/caches/open-cache.js";
import { ownStateDirectory } from "../store/places.js";
import { eachLine } from "../sources/each-line.js";
import { lineText } from "../std/text/line-text.js";
import { loadRuleSet } from "../rules/load-rule-set.js";
import { writeText } from "../std/standard-output.js";
import type { RuleSettings } from "../rules/rule-settings.js";
import type { RuleTitles, Title } from "../rules/titles/rule-titles.js";
import { sayNotices } from "../std/standard-error.js";

export interface ExplainOptions extends RuleOptions {
  readonly config?: string;
  readonly state?: string;
  /** Lines, and ids of kinds of lines in the logs, or how they begin; empty: the lines of standard input. */
  readonly words: readonly string[];
  readonly json: boolean;
}

export type ExplainOutcome = "explained" | "no such kind";

/** Explains the given lines, or else those of standard input. In: `config` is asked only where an id is given. */
export async function explain(
  options: ExplainOptions,
  settings: RuleSettings,
  config: () => Config,
  now: Date,
): Promise<ExplainOutcome> {
  const { ruleSet, titles, notices } = loadRuleSet(settings, openCache());
  sayNotices(notices);
  const explainLine = lineExplainer(ruleSet, openWordsCache());
  const tell = (given: Uint8Array): void => {
    const told = explainPasted(explainLine, given);
    const title = titleOf(titles, told);
    writeText(options.json ? asJson(told, title) : asText(told, title));
  };
  let outcome: ExplainOutcome = "explained";
  const state = options.state ?? ownStateDirectory();
  for (const word of options.words) {
    if (idPattern.test(word)) {
      if (!(await tellOfKind(word, config(), { state, now }, tell))) outcome = "no such kind";
    } else for (const line of linesIn(word)) tell(Buffer.from(line));
  }
  if (options.words.length === 0) await eachLine(openInput("-"), tell);
  explainLine.keepStates();
  return outcome;
}

/** One line stands for a kind: rule and shape are the same for all. Out: whether the logs have any. */
async function tellOfKind(
  id: string,
  config: Config,
  { state, now }: { readonly state: string; readonly now: Date },
  tell: (line: Uint8Array) => void,
): Promise<boolean> {
  let last: Uint8Array | undefined;
  const history = { state, lookBackMs: usualHistoryMs, now };
  const { isAllRead } = await linesOfKinds(config, { ids: [id] }, history, openCache(), ({ bytes }) => {
    last = Uint8Array.from(bytes);
  });
  if (last) tell(last);
  else {
    const what = isAllRead
      ? "no such lines in the history of the last week"
      : "not found in what was read of the history";
    sayNotices([{ where: `kind ${id}`, what, done: "not explained" }]);
  }
  return last !== undefined;
}

/** What was pasted into one argument. */
function linesIn(text: string): readonly string[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.length > 0 ? lines : [text];
}

interface ExplainedLine extends Explanation {
  readonly line: Uint8Array;
  /** What the rules read in its place, of a line of another form. */
  readonly reading: FormReading | undefined;
}

const blanks: readonly (number | undefined)[] = [0x20, 0x09];

/** A line that was copied out of a mail has the mail's indentation, which a rule seldom asks for. */
function explainPasted(explainLine: LineExplainer, given: Uint8Array): ExplainedLine {
  const explained = (line: Uint8Array): ExplainedLine => {
    const reading = readingOfLine(lineText(line));
    return { line, reading, ...explainLine(line, reading && Buffer.from(reading.line, "latin1")) };
  };
  const asGiven = explained(given);
  if (!blanks.includes(given[0]) || asGiven.matching.length > 0) return asGiven;
  return explained(given.subarray(given.findIndex((byte) => !blanks.includes(byte))));
}

function titleOf(titles: RuleTitles, { line, reading, matching }: ExplainedLine): Title {
  return titles.titleOf(verdictOf(matching).rule, reading?.line ?? lineText(line));
}

function asJson({ line, reading, matching, nearest }: ExplainedLine, { words }: Title): string {
  const { layer, rule } = verdictOf(matching);
  const record = {
    line: escaped(lineText(line)),
    form: reading?.form,
    readAs: reading && escaped(reading.line),
    layer,
    rule: rule && placeOf(rule),
    condition: rule && conditionText(rule),
    title: words,
    matching: matching.map((match) => ({ list: match.list, rule: placeOf(match) })),
    nearest: nearest[0] && nearRecord(nearest[0]),
    ...(nearest.length > 1 && { alsoNear: nearest.slice(1).map(nearRecord) }),
  };
  return `${jsonText(record)}\n`;
}

function nearRecord({ rule, column, expected, found, count, change }: NearestRule): object {
  return {
    rule: placeOf(rule),
    column,
    expected: escaped(expected),
    found: escaped(found),
    ...(count !== undefined && { count }),
    ...(change && {
      change: { from: escaped(change.from), to: escaped(change.to), rule: escaped(change.text) },
    }),
  };
}

function asText({ line, reading, matching, nearest }: ExplainedLine, { words, by }: Title): string {
  const { layer, rule } = verdictOf(matching);
  const text = [escaped(lineText(line))];
  if (reading) text.push(`  ${reading.form}, read as: ${escaped(reading.line)}`);
  text.push(rule ? `  ${layer}, by ${escapedText(placeOf(rule))}` : `  ${layer}: no rule decides it`);
  if (rule) text.push(`    ${escaped(rule.text)}`);
  const condition = rule && conditionText(rule);
  if (condition !== undefined) text.push(`    on condition: ${condition}`);
  if (words !== undefined) {
    const elsewhere = by && by !== rule ? `, by ${escapedText(placeOf(by))}` : "";
    text.push(`    titled "${words}"${elsewhere}`);
  }
  for (const other of matching)
    if (other !== rule) text.push(`  also matched by ${escapedText(placeOf(other))} (${other.list})`);
  for (const [place, near] of nearest.entries()) text.push(...nearText(near, place));
  return `${text.join("\n")}\n`;
}

function nearText({ rule, column, expected, found, count, change }: NearestRule, place: number): string[] {
  const name = place === 0 ? "nearest" : "as near";
  const asked = expected === "$" ? "the end of the line" : shortened(escaped(expected));
  const saw = found === "" ? "nothing" : shortened(`"${escaped(found)}"`);
  const text = [
    `  ${name}: ${escapedText(placeOf(rule))}, which stops matching at column ${column}`,
    `    expected ${asked}, saw ${count ?? saw}`,
    `    ${escaped(rule.text)}`,
  ];
  if (change) {
    const { from, to } = change;
    const where = from === "" ? " added" : ` in place of ${shortened(escaped(from))}`;
    text.push(`    would match with ${shortened(escaped(to))}${where}:`, `    ${escaped(change.text)}`);
  }
  return text;
}

const mostShown = 120;

function shortened(text: string): string {
  return text.length <= mostShown ? text : `${text.slice(0, mostShown)} [...]`;
}
