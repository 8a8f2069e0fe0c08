/** Rules with conditions, and lines that go through them one after the other. */
import { circumstanceMarkers, Circumstances } from "../../src/conditions/circumstances.js";
import { conditionalClassifier } from "../../src/conditions/conditional-classifier.js";
import { Conditions, type ConditionOptions, type ConditionState } from "../../src/conditions/conditions.js";
import { KnownKeys, noKeys } from "../../src/conditions/known-keys.js";
import { Rates } from "../../src/conditions/rates.js";
import { Senders } from "../../src/conditions/senders.js";
import { Origins } from "../../src/origins/origins.js";
import { readDirectives } from "../../src/rules/files/directives.js";
import { reportedLayers } from "../../src/rules/classify/rule-classifier.js";
import type { RuleList } from "../../src/rules/rule-list.js";
import { compileRules } from "../../src/rules/rule-set.js";

const now = new Date("2026-11-22T12:00:00");
const header = String.raw`^\w{3} [ :0-9]{11} [._[:alnum:]-]+ `;

/** List, directives, and the rule after its header. */
export type WrittenRule = readonly [RuleList, string, string];

export interface JudgeOptions extends Partial<ConditionOptions> {
  readonly state?: Partial<ConditionState>;
  readonly handsOutEarlier?: boolean;
  readonly learns?: boolean;
}

export function judge(written: readonly WrittenRule[], options: JudgeOptions = {}) {
  const rules = written.map(([list, comment, text], index) => {
    const { directives, errors } = readDirectives(`#@ ${comment}`, list);
    if (errors.length > 0) throw new Error(errors[0]?.reason);
    return { list, file: `rules.d/${list}`, line: index + 1, text: `${header}${text}`, directives };
  });
  const markers = circumstanceMarkers(rules);
  const ruleSet = compileRules(rules, { locale: "UTF-8", widensHeaders: true, markers });
  const { lowersAtOnce = false, isTold = ({ layer }) => layer !== "ignored" } = options;
  const conditions = new Conditions(ruleSet, { lowersAtOnce, isTold });
  const state: ConditionState = {
    keys: new KnownKeys(noKeys, {
      families: conditions.families,
      learns: options.learns ?? false,
      date: "2026-11-22",
    }),
    rates: new Rates(),
    circumstances: new Circumstances(),
    senders: new Senders(new Origins({ files: [] })),
    now,
    ...options.state,
  };
  conditions.begin(state);
  const classifier = conditionalClassifier(ruleSet, conditions, {
    selectedLayers: reportedLayers,
    handsOutEarlier: options.handsOutEarlier ?? false,
  });
  return {
    conditions,
    state,
    /** In: lines without header, each after its time of day. Out: the selected ones with their layers. */
    lines: (...texts: readonly string[]): readonly string[] => {
      const bytes = Buffer.from(
        texts.map((text) => `Nov 22 ${text.replace(/^(\S+)/, "$1 web1")}\n`).join(""),
      );
      classifier.buffer.set(bytes);
      const lines = classifier.classify({ kind: "lines", lengthBytes: bytes.length }, "/var/log/syslog");
      return Array.from({ length: lines.selectedCount }, (_, index) => {
        const { layer, because } = lines.verdict(index);
        const text = Buffer.from(lines.line(index))
          .toString()
          .trimEnd()
          .replace(/^.{7}(\S+) web1/, "$1");
        return `${layer}${because ? ` (${because})` : ""}: ${text}`;
      });
    },
    /** Lines by layer since the last call. */
    counts: (): Record<string, number> => {
      const byLayer: Record<string, number> = {};
      for (const [{ layer }, count] of classifier.takeCounts())
        byLayer[layer] = (byLayer[layer] ?? 0) + count;
      return byLayer;
    },
  };
}

/** So many lines, a second apart, from a time of day on. */
export function series(count: number, from: string, text: string): readonly string[] {
  const start = new Date(`2026-11-22T${from}`).getTime();
  return Array.from({ length: count }, (_, index) => {
    const time = new Date(start + index * 1000).toTimeString().slice(0, 8);
    return `${time} ${text}`;
  });
}
