/**
 * Finds ignore rules that match every line: of a log, of this host, of a program.
 * Promise: it is decided exactly, over all messages of printable characters.
 */
import { PatternLanguages } from "../../ere/index.js";
import { messages, textLanguage } from "../../rules/headers/any-line.js";
import { hostPatterns, universalPatterns } from "../../rules/headers/universal-patterns.js";
import { hidesLines } from "../../rules/rule-list.js";
import type { KnownAnswers } from "../known-answers.js";
import type { RuleCorpus, RuleIndex } from "./rule-corpus.js";
import { headers } from "./rule-languages.js";
import type { RuleSamples } from "./rule-samples.js";

export interface UniversalRule {
  readonly rule: RuleIndex;
  readonly of: "every line" | "every line of this host" | { readonly program: string };
}

export interface UniversalQuestion {
  readonly corpus: RuleCorpus;
  readonly answers: KnownAnswers;
  readonly samples: RuleSamples;
  readonly targets: readonly RuleIndex[];
  /** The names that this host has in its logs. */
  readonly hosts: readonly string[];
}

export function universalRules({
  corpus,
  answers,
  samples,
  targets,
  hosts,
}: UniversalQuestion): UniversalRule[] {
  const questionOf = (rule: RuleIndex): readonly (string | boolean)[] => {
    const isWatched = corpus.rules[rule]?.directives?.firstSeen !== undefined;
    return ["universal", isWatched, ...corpus.identityOf(rule)];
  };
  const unknown = targets.filter((rule) => !answers.knows(questionOf(rule)));
  const eres = unknown.map((rule) => corpus.eres[rule] ?? "");
  const options = { locale: corpus.locale, trimsTrailingSpace: true };
  const [everywhere, here] = [universalPatterns(eres, options), hostPatterns(eres, hosts, options)];
  const places = new Map(unknown.map((rule, place) => [rule, place]));
  const find = (rule: RuleIndex): UniversalRule["of"] | false => {
    const place = places.get(rule) ?? -1;
    if (everywhere.has(place)) return "every line";
    if (!hidesLines(corpus.rules[rule]?.list ?? "ignored")) return false;
    if (here.has(place)) return "every line of this host";
    // What was never seen before is told, whatever the program says.
    if (corpus.rules[rule]?.directives?.firstSeen !== undefined) return false;
    const program = programOf(rule, corpus, samples);
    return program === undefined ? false : { program };
  };
  return targets.flatMap((rule): UniversalRule[] => {
    const of = answers.recall(questionOf(rule), () => find(rule));
    return of === false ? [] : [{ rule, of }];
  });
}

const headed =
  /^(?:[A-Za-z0-9_]{3} [ :0-9]{11}|[-0-9T:.+]{19,35}Z?) [^ ]* (?:\/[^ ]*\/)?([-._/A-Za-z0-9]+)(\[[0-9]+\])?:(?: (.*)|$)/s;

/** The program all of whose lines the rule matches, with a number behind its name or without. */
function programOf(rule: RuleIndex, corpus: RuleCorpus, samples: RuleSamples): string | undefined {
  if (corpus.wideningOf(rule) === undefined) return undefined;
  const [header = Buffer.of()] = headers;
  const tried = new Set<string>();
  for (const { line } of samples.of(rule)) {
    const [, program = "", number = "", message = ""] =
      headed.exec(Buffer.from(line).toString("latin1")) ?? [];
    const tag = `${program}${number}`;
    // A rule that matches every message has a sample of one letter.
    if (tag === "" || message.length > 1 || tried.has(tag)) continue;
    tried.add(tag);
    const probes = messages.map((message) => Buffer.from(`${header.toString()}${tag}: ${message}`));
    if (!probes.every((probe) => corpus.matching(probe).includes(rule))) continue;
    const literal = tag.replaceAll(/[.[\]]/g, String.raw`\$&`);
    const lines = Buffer.from(`^${header.toString()}${literal}: ${textLanguage}$`);
    const languages = new PatternLanguages([lines, corpus.bytesOf(rule)], {
      locale: corpus.locale,
      trimsTrailingSpace: true,
    });
    if (languages.lineOutside(0, [1]).kind === "none") return program;
  }
  return undefined;
}
