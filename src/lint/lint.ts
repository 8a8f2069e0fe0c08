/**
 * Finds what is wrong with rules.
 * Promise: what a run would do with the rules is what is judged; nothing is guessed; the files stay as they are.
 */
import { basename } from "node:path";
import { patternParser, type Locale, type StatesCache } from "../ere/index.js";
import { withoutEndedRules } from "../rules/ended-rules.js";
import { readAccountingList } from "../rules/files/accounting-list.js";
import { rulesIn, type LoadedRules } from "../rules/files/rule-file.js";
import { writtenColumn } from "../rules/headers/header-forms.js";
import { hidesLines } from "../rules/rule-list.js";
import type { Level, Rule } from "../rules/rule.js";
import { localDay } from "../std/local-day.js";
import type { Notice } from "../std/notice.js";
import type { Canary } from "./canaries.js";
import { effectsOf, withoutDuplicates } from "./duplicates.js";
import { findingKinds, inOrder, type Finding } from "./finding.js";
import { KnownAnswers } from "./known-answers.js";
import type { RuleSource, RuleSources } from "./rule-sources.js";
import { setFindings } from "./set-findings.js";
import { rulesNear } from "./sets/near-rules.js";
import { RuleCorpus } from "./sets/rule-corpus.js";
import { cleanContent, lineFindings, markLength } from "./text/line-findings.js";
import { ruleFindings } from "./text/rule-findings.js";
import { isVeryLarge, mayBeVeryLarge } from "./text/tree-questions.js";

type Parser = ReturnType<typeof patternParser>;

export interface LintOptions {
  readonly locale: Locale;
  readonly now: Date;
  /** The names that this host has in its logs. */
  readonly hosts: readonly string[];
  /** Lines that must never be hidden. */
  readonly canaries: readonly Canary[];
  /** What was found out before about rules that stand in one file, and beside it. */
  readonly memory?: LintMemory;
}

export interface LintMemory {
  /** What was stored last. */
  readonly answers: Uint8Array | undefined;
  /** Keeps the states of the settled patterns. */
  readonly statesCache: StatesCache;
  /** Keeps the answers. */
  readonly store: (answers: Uint8Array) => void;
}

/** Out: by file, line and column. */
export function lint({ sources, findings }: RuleSources, options: LintOptions): Finding[] {
  const loaded = sources.map((source) => ({ source, ...rulesOf(source) }));
  const targets = loaded.filter(({ source }) => source.isTarget);
  const all = loaded.flatMap(({ source, rules }) =>
    rules.map((rule) => (source.isLocal ? { ...rule, isLocal: true as const } : rule)),
  );
  const { rules: on, notices: ended } = withoutEndedRules({ rules: all, notices: [] }, localDay(options.now));
  const askedFiles = new Set(
    targets.filter(({ source }) => source.list !== "accounting").map(({ source }) => source.path),
  );
  const isAsked = ({ file }: { readonly file: string }): boolean => askedFiles.has(file);
  // One parser remembers the bracket expressions that rules share.
  const parse = patternParser(options.locale);
  const levels = new Map<string, Level | undefined>(sources.map(({ path, level }) => [path, level]));
  const levelOf = ({ file }: Rule): Level | undefined => levels.get(file);
  const distinct = withoutDuplicates(
    on.filter(({ list }) => list !== "title"),
    levelOf,
    isAsked,
  );
  // They decide nothing: only what they say by themselves is looked at.
  const titles = new RuleCorpus(
    on.filter((rule) => rule.list === "title" && isAsked(rule)),
    { parse, locale: options.locale },
  );
  const { memory } = options;
  const answers = new KnownAnswers(JSON.stringify([options.locale, options.hosts]), memory?.answers);
  const near = memory ? rulesNear(distinct.rules, isAsked) : distinct.rules;
  const rules = near.filter(isAskable(parse));
  const corpus = new RuleCorpus(rules, {
    parse,
    locale: options.locale,
    ...(memory && { settled: { patterns: answers.settled, statesCache: memory.statesCache } }),
  });
  const refused = new Set(corpus.errors.map(({ index }) => index));
  const asked = [...rules.keys()].filter((index) => isAsked(rules[index]!));
  const found = inOrder([
    ...findings,
    ...targets.flatMap(({ source }) => emptyFileFindings(source)),
    ...targets.flatMap(({ source }) =>
      lineFindings(source.path, source.content, source.list !== "accounting" && !hidesLines(source.list)),
    ),
    ...targets.flatMap(({ notices }) => notices.map((notice) => noticeFinding(notice, "directive"))),
    ...ended.map((notice) => noticeFinding(notice, "ended")).filter(isAsked),
    ...syntaxFindings(corpus).filter(isAsked),
    ...syntaxFindings(titles),
    ...distinct.findings,
    ...on
      .filter(isAsked)
      .flatMap((rule) => writtenFindings(rule, parse, answers))
      .map(shiftedIn(sources)),
    ...setFindings({
      corpus,
      answers,
      targets: asked.filter((index) => !refused.has(index)),
      levelOf,
      hosts: options.hosts,
      canaries: options.canaries,
    }),
  ]);
  if (memory && answers.isWorthKeeping(corpus.settled)) memory.store(answers.encode(corpus.settled));
  return found;
}

/** Whether a rule's lines can be asked about in a moment. */
function isAskable(parse: Parser): (rule: Rule) => boolean {
  return ({ text }) => {
    const tree = mayBeVeryLarge(text) ? parse(Buffer.from(text, "latin1")) : undefined;
    return tree === undefined || !isVeryLarge(tree);
  };
}

/** Nobody writes one on purpose, but for the one that logcheck has. */
function emptyFileFindings({ path, list, content }: RuleSource): Finding[] {
  if (content !== "" || (list === "violation" && basename(path) === "logcheck")) return [];
  return [{ file: path, line: 1, column: 1, kind: "file", message: "the file is empty: it holds no rules" }];
}

/** What is said of a rule's text, as places in the file: a mark may stand before the first line. */
function shiftedIn(sources: readonly RuleSource[]): (finding: Finding) => Finding {
  const marks = new Map(sources.map(({ path, content }) => [path, markLength(content)]));
  return (finding) => {
    const shift = finding.line === 1 ? (marks.get(finding.file) ?? 0) : 0;
    const { column, fix } = finding;
    if (shift === 0) return finding;
    return {
      ...finding,
      column: column + shift,
      ...(fix && { fix: { ...fix, start: fix.start + shift, end: fix.end + shift } }),
    };
  };
}

function rulesOf({ path, list, content }: RuleSource): LoadedRules {
  if (list === "accounting") return readAccountingList(path);
  return rulesIn(cleanContent(content), { path, list });
}

function syntaxFindings(corpus: RuleCorpus): Finding[] {
  return corpus.errors.flatMap(({ index, column, reason }) => {
    const rule = corpus.rules[index];
    if (rule === undefined) return [];
    const { file, line } = rule;
    const written = writtenColumn(corpus.wideningOf(index), column);
    const kind = reason.startsWith("its intervals ask") ? "interval" : "syntax";
    return [{ file, line, column: written, kind, message: `${reason}: the rule is off` } as const];
  });
}

/** What a rule shows by itself, but for what its comment allows. */
function writtenFindings(rule: Rule, parse: Parser, answers: KnownAnswers): Finding[] {
  const { file, line } = rule;
  const allowed: readonly string[] = rule.directives?.allow ?? [];
  const unknown = allowed.filter((kind) => !Object.hasOwn(findingKinds, kind));
  return [
    ...answers
      .recall(["written", rule.list, rule.text, effectsOf(rule)], () => textFindings(rule, parse))
      .filter(({ kind }) => !allowed.includes(kind))
      .map((found): Finding => ({ file, line, ...found })),
    ...unknown.map((kind): Finding => {
      const message = `"allow" names "${kind}", which is no kind of finding`;
      return { file, line, column: 1, kind: "directive", message };
    }),
  ];
}

type TextFinding = Pick<Finding, "column" | "kind" | "message"> & {
  readonly fix?: { readonly start: number; readonly end: number; readonly replacement: string };
};

/** Without the place of the rule. */
function textFindings(rule: Rule, parse: Parser): TextFinding[] {
  return ruleFindings(rule, parse(Buffer.from(rule.text, "latin1"))).map(
    ({ column, kind, message, fix }) => ({
      column,
      kind,
      message,
      ...(fix && { fix: { start: fix.start, end: fix.end, replacement: fix.replacement } }),
    }),
  );
}

function noticeFinding({ where, what, done }: Notice, kind: "directive" | "ended"): Finding {
  const [, file = where, line = "1", column = "1"] = /^(.*?):(\d+)(?::(\d+))?$/s.exec(where) ?? [];
  return { file, line: Number(line), column: Number(column), kind, message: `${what}: ${done}` };
}
