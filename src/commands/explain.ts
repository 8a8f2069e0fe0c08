/** `logwinnow explain`: says which rule decides a line, and which others match it. */
import type { RuleOptions } from "../config/config.js";
import type { FormReading } from "../entry/forms/form-reading.js";
import { conditionText } from "../rules/condition-text.js";
import { verdictOf } from "../rules/layers.js";
import { lineExplainer, type Explanation } from "../rules/explain.js";
import { placeOf } from "../rules/rule.js";
import { readingOfLine } from "../sources/forms/input-forms.js";
import { openInput } from "../sources/input.js";
import { escaped, escapedText, jsonText } from "../std/text/escape.js";
import { openCache } from "../store/open-cache.js";
import { eachLine } from "../sources/each-line.js";
import { lineText } from "../std/text/line-text.js";
import { loadRuleSet } from "../rules/load-rule-set.js";
import { writeText } from "../std/standard-output.js";
import type { RuleSettings } from "../rules/rule-settings.js";
import { sayNotices } from "../std/standard-error.js";

export interface ExplainOptions extends RuleOptions {
  /** Empty: the lines of standard input. */
  readonly lines: readonly string[];
  readonly json: boolean;
}

/** Explains the given lines, or else those of standard input. */
export async function explain(options: ExplainOptions, settings: RuleSettings): Promise<void> {
  const { ruleSet, notices } = loadRuleSet(settings, openCache());
  sayNotices(notices);
  const explainLine = lineExplainer(ruleSet);
  const tell = (line: Uint8Array): void => {
    const reading = readingOfLine(lineText(line));
    const explanation = explainLine(line, reading && Buffer.from(reading.line, "latin1"));
    writeText(options.json ? asJson(line, reading, explanation) : asText(line, reading, explanation));
  };
  for (const line of options.lines) tell(Buffer.from(line));
  if (options.lines.length === 0) await eachLine(openInput("-"), tell);
}

function asJson(
  line: Uint8Array,
  reading: FormReading | undefined,
  { matching, nearest }: Explanation,
): string {
  const { layer, rule } = verdictOf(matching);
  const record = {
    line: escaped(lineText(line)),
    form: reading?.form,
    readAs: reading && escaped(reading.line),
    layer,
    rule: rule && placeOf(rule),
    condition: rule && conditionText(rule),
    matching: matching.map((match) => ({ list: match.list, rule: placeOf(match) })),
    nearest: nearest && { rule: placeOf(nearest.rule), column: nearest.column },
  };
  return `${jsonText(record)}\n`;
}

function asText(
  line: Uint8Array,
  reading: FormReading | undefined,
  { matching, nearest }: Explanation,
): string {
  const { layer, rule } = verdictOf(matching);
  const text = [escaped(lineText(line))];
  if (reading) text.push(`  ${reading.form}, read as: ${escaped(reading.line)}`);
  text.push(rule ? `  ${layer}, by ${escapedText(placeOf(rule))}` : `  ${layer}: no rule decides it`);
  if (rule) text.push(`    ${escaped(rule.text)}`);
  const condition = rule && conditionText(rule);
  if (condition !== undefined) text.push(`    on condition: ${condition}`);
  for (const other of matching)
    if (other !== rule) text.push(`  also matched by ${escapedText(placeOf(other))} (${other.list})`);
  if (nearest) {
    text.push(
      `  nearest: ${escapedText(placeOf(nearest.rule))}, which stops matching at column ${nearest.column}`,
    );
    text.push(`    ${escaped(nearest.rule.text)}`);
  }
  return `${text.join("\n")}\n`;
}
