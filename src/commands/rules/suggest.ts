/**
 * `logwinnow rules suggest`: makes rules of lines.
 * Promise: a rule that is printed hides nothing but the lines of its kind; what gets none is named with the reason.
 */
import { readHistory, usualHistoryMs } from "../../check/history/kept-history.js";
import type { Config, RuleOptions } from "../../config/config.js";
import { shippedRuleDirectory } from "../../config/defaults.js";
import { findCanaries } from "../../lint/canaries.js";
import { lineExplainer } from "../../rules/explain.js";
import { loadRuleSet } from "../../rules/load-rule-set.js";
import { readInputs } from "../../sources/read-inputs.js";
import { sayNotices } from "../../std/standard-error.js";
import { writeText } from "../../std/standard-output.js";
import { escaped } from "../../std/text/escape.js";
import { openCache } from "../../store/caches/open-cache.js";
import { ownStateDirectory } from "../../store/places.js";
import { linesToKeep } from "../../workshop/lines-to-keep.js";
import { KnownLines } from "../../workshop/suggest/known-lines.js";
import { similarRules } from "../../workshop/suggest/similar-rules.js";
import { suggestionJson, suggestionText } from "../../workshop/suggest/suggestion-text.js";
import { suggestRules, type Suggestion } from "../../workshop/suggest/suggest.js";
import { sayHistory } from "./history.js";
import { kindsNamed } from "./kind-lines.js";

export interface RulesSuggestOptions extends RuleOptions {
  readonly config?: string;
  readonly state?: string;
  /** How far back the kept history is looked into. Left out: it is where kinds are named and no log is, as far as usual. */
  readonly sinceMs?: number;
  /** Logs with the lines that rules are made of; empty: standard input, or where kinds are named the configured logs. */
  readonly files: readonly string[];
  /** Ids of kinds, or how they begin; empty: all. */
  readonly kinds: readonly string[];
  /** Logs with lines that no rule may hide. */
  readonly against: readonly string[];
  readonly json: boolean;
}

export type RulesSuggestOutcome = "all" | "some" | "trouble";

export async function rulesSuggest(
  options: RulesSuggestOptions,
  config: Config,
  now: Date,
): Promise<RulesSuggestOutcome> {
  const settings = config.rules;
  const { ruleSet, notices } = loadRuleSet(settings, openCache());
  sayNotices(notices);
  const known = new KnownLines(ruleSet);
  const others = new KnownLines(ruleSet);
  const read = (lines: KnownLines, files: readonly string[]): Promise<boolean> =>
    readInputs(
      files,
      () => lines.buffer,
      (chunk) => lines.take(chunk),
    );
  const isNamedOnly = options.kinds.length > 0 && options.files.length === 0;
  const isWhole = isNamedOnly || (await read(known, options.files));
  if (isNamedOnly || options.sinceMs !== undefined) {
    const { state = ownStateDirectory(), sinceMs: lookBackMs = usualHistoryMs } = options;
    const history = await readHistory(isNamedOnly ? known : others, config, { state, lookBackMs, now });
    sayHistory(history, "the rest is not looked at");
  }
  const isAllWhole = options.against.length === 0 || (await read(others, options.against));
  const wanted = options.kinds.length > 0 ? kindsNamed(options.kinds, "ignored", known) : known.kinds;
  const all = [...known.kinds, ...known.alarmKinds, ...others.kinds, ...others.alarmKinds];
  const { canaries } = findCanaries([shippedRuleDirectory, ...settings.directories.map(({ path }) => path)]);
  const kept = linesToKeep(canaries, settings.directories, settings.level);
  const suggestions = suggestRules(wanted, all, kept, {
    locale: settings.locale,
    widensHeaders: true,
  });
  const explain = lineExplainer(ruleSet);
  for (const suggestion of suggestions) {
    if (!options.json) sayRefused(suggestion);
    const { kind, outcome } = suggestion;
    const { nearest } = explain(Buffer.from(kind.lines[0] ?? "", "latin1"));
    const similar = "rule" in outcome ? similarRules(outcome.rule, nearest, settings.locale) : [];
    writeText((options.json ? suggestionJson : suggestionText)(suggestion, similar));
  }
  if (options.kinds.length === 0) sayAlarms(known);
  if (!isWhole || !isAllWhole) return "trouble";
  const isAll =
    wanted.length >= new Set(options.kinds).size && suggestions.every(({ outcome }) => "rule" in outcome);
  return isAll && suggestions.length > 0 ? "all" : "some";
}

function sayRefused({ kind, outcome }: Suggestion): void {
  if (!("refused" in outcome)) return;
  const [where, what] = [
    `kind ${kind.id}`,
    `${escaped(outcome.refused)}; it begins ${escaped(kind.lines[0] ?? "")}`,
  ];
  sayNotices([{ where, what, done: "no rule suggested" }]);
}

function sayAlarms({ alarmKinds }: KnownLines): void {
  const lines = alarmKinds.reduce((sum, { count }) => sum + count, 0);
  if (lines === 0) return;
  const what = `${lines} ${lines === 1 ? "line raises an alarm" : "lines raise an alarm"}`;
  sayNotices([{ where: "rules suggest", what, done: "no rule that ignores them would hide them" }]);
}
