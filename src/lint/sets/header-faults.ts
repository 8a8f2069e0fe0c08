/**
 * Finds rules that no line can match, and those whose time stamp is that of some logs only.
 * Promise: that there is no line is decided exactly; a rule for a log without headers is left alone.
 */
import type { KnownAnswers } from "../known-answers.js";
import type { RuleCorpus, RuleIndex } from "./rule-corpus.js";
import { headers, RuleLanguages } from "./rule-languages.js";
import type { RuleSamples } from "./rule-samples.js";

export interface HeaderFault {
  readonly rule: RuleIndex;
  readonly kind: "no line" | "no such header" | "traditional only" | "ISO only";
}

/** Beginnings of lines of logs that have a form of their own: those of web servers, mail servers, databases, packages. */
const ownForms: readonly Buffer[] = [
  "2026/11/22 00:41:26 [",
  "[Sun Nov 22 00:41:26 2026] ",
  "[Sun Nov 22 00:41:26.123456 2026] ",
  "Sun Nov 22 00:41:26 2026 ",
  "Sun, 22 Nov 2026 00:41:26 ",
  "2026-11-22 00:41:26",
  "2026-11-22T00:41:26",
  "[2026-11-22 00:41:26",
  "[2026-11-22T00:41:26",
  "22/Nov/2026:00:41:26 ",
  "[22/Nov/2026:00:41:26 ",
  "22-Nov-2026 00:41:26",
  "[22-Nov-2026 00:41:26",
  "261122 00:41:26 ",
  "11/22/2026 00:41:26",
  "22.11.2026 00:41:26",
].map((beginning) => Buffer.from(beginning));

/** A rule is judged by its header only where its lines seem to have one: a word or a day, a time, a blank. */
const stampLike = /^(?:[A-Za-z0-9_.]{3,9},? [ :0-9]{4,16}|[0-9]{4}-[-0-9T:.+Z]{6,32}) [^ ]/;

export function headerFaults(
  corpus: RuleCorpus,
  answers: KnownAnswers,
  samples: RuleSamples,
  targets: readonly RuleIndex[],
): HeaderFault[] {
  // A rule with a sample has a line.
  const suspects = targets.filter(
    (rule) => samples.of(rule).length === 0 || hasOwnStamp(rule, corpus, samples),
  );
  if (suspects.length === 0) return [];
  let languages: RuleLanguages | undefined;
  return suspects.flatMap((rule): HeaderFault[] => {
    const fault = answers.recall(["header", ...corpus.identityOf(rule)], () => {
      languages ??= new RuleLanguages(corpus, suspects);
      return faultOf(rule, languages, hasOwnStamp(rule, corpus, samples)) ?? false;
    });
    return fault === false ? [] : [{ rule, kind: fault }];
  });
}

function hasOwnStamp(rule: RuleIndex, corpus: RuleCorpus, samples: RuleSamples): boolean {
  if (corpus.wideningOf(rule) !== undefined) return false;
  const all = samples.of(rule);
  return (
    all.length > 0 &&
    all.every(({ line }) => stampLike.test(Buffer.from(line.subarray(0, 80)).toString("latin1")))
  );
}

function faultOf(
  rule: RuleIndex,
  languages: RuleLanguages,
  hasStamp: boolean,
): HeaderFault["kind"] | undefined {
  if (languages.lineOf(rule).kind === "none") return "no line";
  if (!hasStamp) return undefined;
  const kinds = headers.map((header) => languages.lineBehind(rule, header).kind);
  if (kinds.includes("not decided")) return undefined;
  const [isTraditional, isIso] = kinds.map((kind) => kind === "line");
  if (isTraditional && isIso) return undefined;
  if (isTraditional) return "traditional only";
  if (ownForms.some((beginning) => languages.lineBehind(rule, beginning).kind !== "none")) return undefined;
  return isIso ? "ISO only" : "no such header";
}
