/**
 * What the dialogue of `triage` has done outside of it: advice, the editor, the look at the logs, and the writing.
 * Promise: rules and acknowledgements are written together, once, under their locks.
 */
import { readHistory, usualHistoryMs } from "../check/history/kept-history.js";
import type { Config } from "../config/config.js";
import { shippedRuleDirectory } from "../config/defaults.js";
import type { RuleSet } from "../rules/rule-set.js";
import { readInputs } from "../sources/read-inputs.js";
import { standardInput } from "../std/standard-input.js";
import { sayNotices } from "../std/standard-error.js";
import { writeText } from "../std/standard-output.js";
import { escaped, escapedText } from "../std/text/escape.js";
import type { Text } from "../std/text/byte-string.js";
import { ownStateDirectory } from "../store/places.js";
import type { Advisor } from "../triage/advisor.js";
import type { DialogueOutcome, Doors } from "../triage/dialogue.js";
import { editText, readEdited } from "../triage/edit-text.js";
import { edited } from "../triage/edit-rule.js";
import { acknowledgedIds, rulesToWrite, type RulesToWrite } from "../triage/rules-to-write.js";
import type { Advice, Decisions, TriageKind } from "../triage/state.js";
import type { TtyScreen } from "../triage/terminal/tty-screen.js";
import { unifiedDiff } from "../triage/unified-diff.js";
import { addRules, plannedChange, type AddedRule } from "../workshop/local/rule-changes.js";
import { Trial, type TriedRule } from "../workshop/trial.js";
import { acknowledging } from "./ack.js";

export interface TriageContext {
  readonly options: {
    /** The logs that the kinds came from; empty: the kept history. */
    readonly files: readonly Text[];
    readonly sinceMs?: number;
    /** For how long a kind is acknowledged. */
    readonly forMs: number;
    readonly state?: string;
  };
  readonly config: Config;
  readonly ruleSet: RuleSet;
  readonly kinds: readonly TriageKind[];
  readonly advisor: Advisor;
  readonly screen: TtyScreen;
  readonly now: Date;
}

export class TriageDoors implements Doors {
  private readonly context: TriageContext;
  private readonly written: string[] = [];

  constructor(context: TriageContext) {
    this.context = context;
  }

  advise(kind: TriageKind): Advice {
    return this.context.advisor.adviceOn(kind);
  }

  compare(kind: TriageKind, advice: Advice): readonly string[] {
    return this.context.advisor.similar(kind, advice);
  }

  edit(kind: TriageKind, advice: Advice): Advice | undefined {
    const { advisor, screen } = this.context;
    const text = editText(kind, advice, advisor.plainRule(kind.lines[0] ?? ""));
    const own = readEdited(screen.lend((terminal) => edited(text, process.env, terminal)));
    if (own === undefined) return undefined;
    const judged = "problem" in own ? own : advisor.judged(kind, advice, own);
    if ("problem" in judged) throw new Error(`${judged.problem}: the rule stays as it was`);
    return judged;
  }

  async plan(decisions: Decisions): Promise<readonly string[]> {
    const plan = this.rules(decisions);
    const ids = acknowledgedIds(decisions);
    const days = Math.round(this.context.options.forMs / 86_400_000);
    const acknowledged = ids.map((id) => `acknowledge ${id} for ${days} days`);
    if (plan === undefined) return acknowledged;
    const effects = await this.effectsOf(plan.rules);
    return [...acknowledged, ...effects, "", ...unifiedDiff(plannedChange(plan.rules).files)];
  }

  write(decisions: Decisions): void {
    const { options, now } = this.context;
    const plan = this.rules(decisions);
    const ids = acknowledgedIds(decisions);
    const addAll = (): void => {
      if (plan === undefined) return;
      const isNew = addRules(plan.directory, plan.rules, now);
      for (const [index, { file }] of plan.rules.entries())
        this.written.push(`${escapedText(file)}: ${isNew[index] === true ? "written" : "has it already"}`);
      this.written.push("logwinnow rules undo takes the rules back, the last one first");
    };
    if (ids.length === 0) addAll();
    else {
      const untilMs = now.getTime() + options.forMs;
      const outcome = acknowledging(options.state ?? ownStateDirectory(), ids, untilMs, now, addAll);
      if (outcome === "locked")
        throw new Error("a run holds the lock of the state: nothing written, try again");
      for (const id of ids) this.written.push(`${id}: acknowledged`);
    }
  }

  /** Says what came of it, once the terminal is as it was. */
  tell(outcome: DialogueOutcome): void {
    if (outcome === "written") writeText(this.written.map((line) => `${line}\n`).join(""));
    else if (outcome === "dropped")
      sayNotices([{ where: "triage", what: "decisions were dropped", done: "nothing written" }]);
  }

  private rules(decisions: Decisions): RulesToWrite | undefined {
    const { config, kinds, now } = this.context;
    const directories = config.rules.directories.filter(({ path }) => path !== shippedRuleDirectory);
    return rulesToWrite(decisions, kinds, directories, now);
  }

  /** What the rules would do to all lines of the logs, ignored ones too. */
  private async effectsOf(added: readonly AddedRule[]): Promise<readonly string[]> {
    const { config, ruleSet, options, now } = this.context;
    // It can be read once only.
    if (options.files.includes(standardInput)) return [];
    const rules = added.map(({ list, file, rule }, line) => ({ list, file, line, text: rule }));
    const trial = new Trial(rules, ruleSet.rules, {
      locale: config.rules.locale,
      widensHeaders: true,
      mostFirst: 0,
    });
    if (options.files.length > 0)
      await readInputs(
        options.files,
        () => trial.buffer,
        (chunk) => trial.take(chunk),
      );
    else
      await readHistory(trial, config, {
        state: options.state ?? ownStateDirectory(),
        lookBackMs: options.sinceMs ?? usualHistoryMs,
        now,
      });
    return trial.rules.flatMap(effectText);
  }
}

const mostShown = 5;

function effectText({ rule, changed, kinds }: TriedRule): readonly string[] {
  const does = rule.list === "ignored" ? "hides" : "raises";
  const all = [...kinds.values()].toSorted((one, other) => other.lines - one.lines);
  const lines = changed === 1 ? "1 line" : `${changed} lines`;
  const what = `${does} ${lines} of ${all.length === 1 ? "1 kind" : `${all.length} kinds`}`;
  const shown = all.slice(0, mostShown).map(({ lines: count, shape }) => `  ${count}  ${escaped(shape)}`);
  const more = all.length > mostShown ? [`  and ${all.length - mostShown} more kinds`] : [];
  return [`${escapedText(rule.file)}: ${what}`, ...(all.length > 1 ? [...shown, ...more] : [])];
}
