/**
 * Finds what is wrong with rules beside each other: those that can be left out, never decide, or hide what others raise.
 * Promise: whatever is said of lines is decided exactly, or said to be not decided.
 */
import type { RuleCorpus, RuleIndex } from "./sets/rule-corpus.js";
import { levelsReadAt } from "../rules/files/rule-directories.js";
import { placeOf, type Level, type Rule } from "../rules/rule.js";
import { canSpare } from "../rules/layers.js";
import { rulesThatHide, type Canary } from "./canaries.js";
import type { KnownAnswers } from "./known-answers.js";
import { effectsOf } from "./duplicates.js";
import type { Finding, FindingKind } from "./finding.js";
import { containmentsOf } from "./sets/containment.js";
import { coveredRules } from "./sets/covered.js";
import { deadRulesOf } from "./sets/dead-rules.js";
import { headerFaults, type HeaderFault } from "./sets/header-faults.js";
import { overlapsOf } from "./sets/overlaps.js";
import { RuleSamples } from "./sets/rule-samples.js";
import { universalRules } from "./sets/universal.js";

export interface SetQuestion {
  readonly corpus: RuleCorpus;
  readonly answers: KnownAnswers;
  /** The rules that are asked about; none of them is refused by grep. */
  readonly targets: readonly RuleIndex[];
  /** The level that a rule's directory belongs to. */
  readonly levelOf: (rule: Rule) => Level | undefined;
  /** The names that this host has in its logs. */
  readonly hosts: readonly string[];
  readonly canaries: readonly Canary[];
}

export function setFindings({ corpus, answers, targets, levelOf, hosts, canaries }: SetQuestion): Finding[] {
  const samples = new RuleSamples(corpus, answers);
  const found: Finding[] = [];
  const add = (
    index: RuleIndex,
    kind: FindingKind,
    message: string,
    shown: { other?: RuleIndex; witness?: Uint8Array | undefined } = {},
  ): void => {
    const [rule, other] = [corpus.rules[index], corpus.rules[shown.other ?? -1]];
    if (rule === undefined || rule.directives?.allow?.includes(kind) === true) return;
    const { file, line } = rule;
    const witness = shown.witness && Buffer.from(shown.witness).toString("latin1");
    found.push({
      file,
      line,
      column: 1,
      kind,
      message,
      ...(other && { other: placeOf(other) }),
      ...(witness !== undefined && { witness }),
    });
  };
  const placeAt = (index: RuleIndex): string => {
    const rule = corpus.rules[index];
    return rule ? placeOf(rule) : "";
  };

  const universal = universalRules({ corpus, answers, samples, targets, hosts });
  for (const { rule, of } of universal)
    add(
      rule,
      "universal",
      typeof of === "string"
        ? `matches ${of}: the rule is off`
        : `matches every line of "${of.program}"${corpus.treeOf(rule)?.kind === "choice" ? ': is a "|" meant to be "\\|"?' : ""}`,
    );
  const isEverywhere = new Set(universal.flatMap(({ rule, of }) => (typeof of === "string" ? [rule] : [])));
  const rest = targets.filter((rule) => !isEverywhere.has(rule));

  const asked = new Set(rest);
  for (const [rule, witness] of rulesThatHide(canaries, corpus))
    if (asked.has(rule)) add(rule, "canary", "hides a line that must never be hidden", { witness });

  const withoutSample = new Set(rest.filter((rule) => samples.of(rule).length === 0));
  for (const { rule, kind } of headerFaults(corpus, answers, samples, rest)) {
    add(rule, kind === "no line" || kind === "no such header" ? "never-matches" : "stamp", headerWords[kind]);
    withoutSample.delete(rule);
  }
  for (const rule of withoutSample)
    add(rule, "not-decided", "whether others match its lines, too, is not decided: no line of it was found");

  const mayReplace = (other: RuleIndex, rule: RuleIndex): boolean => {
    const [wider, narrower] = [corpus.rules[other], corpus.rules[rule]];
    if (wider === undefined || narrower === undefined || isEverywhere.has(other)) return false;
    return isReadWith(levelOf(wider), levelOf(narrower)) && qualifies(wider, narrower, other < rule);
  };
  const containments = containmentsOf({ corpus, answers, samples, targets: rest, mayReplace });
  for (const fact of containments) {
    const { kind, rule, other } = fact;
    if (kind === "equal")
      add(rule, kind, `matches the same lines as ${placeAt(other)}: one can be deleted`, { other });
    else if (kind === "contained")
      add(
        rule,
        kind,
        `every line it matches is matched by ${placeAt(other)}, too: you can delete it${fact.witness ? `; ${placeAt(other)} alone matches more` : ""}`,
        { other, witness: fact.witness },
      );
    else
      add(
        rule,
        "not-decided",
        `whether ${placeAt(other)} matches all its lines is not decided: ${fact.reason}`,
        {
          other,
        },
      );
  }

  const undecided = new Set(containments.flatMap(({ kind, rule }) => (kind === "not decided" ? [rule] : [])));
  const dead = deadRulesOf(corpus, samples, rest);
  for (const fact of dead)
    if (fact.kind === "dead")
      add(
        fact.rule,
        "dead",
        `never decides: all its lines are decided before, as by ${placeAt(fact.other)}`,
        {
          other: fact.other,
          witness: fact.line,
        },
      );
    else add(fact.rule, "not-decided", `whether it ever decides is not decided: ${fact.reason}`);
  const isDead = new Set(dead.flatMap(({ kind, rule }) => (kind === "dead" ? [rule] : [])));

  const living = rest.filter((rule) => !isDead.has(rule));
  for (const fact of coveredRules({
    corpus,
    answers,
    samples,
    // Of these it was said already that something is not known.
    targets: living.filter((rule) => !undecided.has(rule)),
    leftOut: new Set([
      ...isDead,
      ...containments.flatMap(({ kind, rule }) => (kind === "not decided" ? [] : [rule])),
    ]),
    mayReplace,
  })) {
    const { kind, rule } = fact;
    if (kind === "covered")
      add(
        rule,
        kind,
        `every line it matches is matched by one of ${fact.others.map(placeAt).join(", ")}: you can delete it`,
        { other: fact.others[0] ?? rule, witness: fact.line },
      );
    else
      add(
        rule,
        "not-decided",
        `whether several rules together match all its lines is not decided: ${fact.reason}`,
      );
  }
  for (const { rule, other, line } of overlapsOf(corpus, samples, living))
    add(rule, "overlap", `ignores lines that ${placeAt(other)} raises all the same`, {
      other,
      witness: line,
    });
  corpus.keepStates();
  return found;
}

const headerWords: Readonly<Record<HeaderFault["kind"], string>> = {
  "no line": "can never match: there is no such line",
  "no such header":
    'can never match: no line has such a header; as a rule, "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ " serves all',
  "traditional only":
    'its header fits "Nov 22 00:41:26 web1" and not "2026-11-22T00:41:26.123456+01:00 web1"',
  "ISO only": 'its header fits "2026-11-22T00:41:26.123456+01:00 web1" and not "Nov 22 00:41:26 web1"',
};

/** Whether the one is read wherever the other is. What is read at all levels was written for the level that is asked about. */
function isReadWith(level: Level | undefined, other: Level | undefined): boolean {
  return level === undefined || other === undefined || levelsReadAt[other].includes(level);
}

/** Whether a rule does for all lines what the narrower one does, by what their comments say. */
function qualifies(wider: Rule, narrower: Rule, isFirst: boolean): boolean {
  const [one, other] = [effectsOf(wider), effectsOf(narrower)];
  if (one === other) return true;
  const isOverlooked = wider.isLocal === narrower.isLocal ? isFirst : wider.isLocal === true;
  return isOverlooked && !canSpare(wider) && wider.directives?.until === undefined;
}
