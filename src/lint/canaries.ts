/**
 * Canaries: lines that must never be hidden, ours and the user's own, and which rules hide them all the same.
 * Promise: a canary is hidden exactly if a run would drop such a line; what is first seen, and so told, is not.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { verdictOf } from "../rules/layers.js";
import type { Verdict } from "../rules/layer.js";
import { decidingRules } from "../rules/deciding-rules.js";
import { canariesDirectory } from "../rules/files/rule-directories.js";
import { isRuleFileName } from "../rules/files/rule-file.js";
import { readRuleBytes, UnusableRuleFile } from "../rules/rule-bytes.js";
import type { RuleSet } from "../rules/rule-set.js";
import { placeOf, type Rule } from "../rules/rule.js";
import { readingOfLine } from "../sources/forms/input-forms.js";
import { errorCode, systemReason } from "../std/system-error.js";
import type { ByteString, Text } from "../std/text/byte-string.js";
import type { Finding } from "./finding.js";
import type { RuleCorpus, RuleIndex } from "./sets/rule-corpus.js";

export interface Canary {
  readonly file: Text;
  /** From 1. */
  readonly line: number;
  readonly text: ByteString;
  /** The line as it is, and as rules read it where it is of another form. */
  readonly readings: readonly Uint8Array[];
}

export interface FoundCanaries {
  readonly canaries: readonly Canary[];
  /** About files that are not read. */
  readonly findings: readonly Finding[];
}

/** In: directories of rules, whose `canaries` directories are read where there are any, and further files. */
export function findCanaries(directories: readonly Text[], files: readonly Text[] = []): FoundCanaries {
  const findings: Finding[] = [];
  const say = (file: Text, kind: Finding["kind"], message: string): void => {
    findings.push({ file, line: 1, column: 1, kind, message: `${message}: no canary was read from it` });
  };
  const found = [...new Set(directories)].flatMap((directory) => {
    const path = join(directory, canariesDirectory);
    return namesIn(path, say).flatMap((name) => {
      if (isRuleFileName(name)) return [join(path, name)];
      say(
        join(path, name),
        "not-read",
        "is not named like a file of canaries: letters, digits, _ and - only",
      );
      return [];
    });
  });
  const canaries = [...found, ...files].flatMap((file) => canariesOf(file, say));
  return { canaries, findings };
}

type Say = (file: Text, kind: Finding["kind"], message: string) => void;

function namesIn(path: Text, say: Say): readonly string[] {
  try {
    return readdirSync(path)
      .filter((name) => !/^\.|~$/.test(name))
      .toSorted();
  } catch (error) {
    if (errorCode(error) !== "ENOENT") say(path, "file", `cannot be read: ${systemReason(error)}`);
    return [];
  }
}

/** A line each; blank lines and those that begin with `#` are none. */
function canariesOf(file: Text, say: Say): readonly Canary[] {
  try {
    const lines = readRuleBytes(file).toString("latin1").split("\n");
    return lines.flatMap((text, index) => {
      return text.trim() === "" || text.startsWith("#")
        ? []
        : [{ file, line: index + 1, text, readings: readingsOf(text) }];
    });
  } catch (error) {
    if (!(error instanceof UnusableRuleFile)) throw error;
    say(file, "file", error.message);
    return [];
  }
}

/** The canaries that a run with these rules would drop. */
export function hiddenCanaries(canaries: readonly Canary[], ruleSet: RuleSet): Finding[] {
  const scanner = ruleSet.patterns.scanner({ isSelected: () => false });
  return canaries.flatMap(({ file, line, text, readings }): Finding[] => {
    const found = new Set(readings.flatMap((reading) => decidingRules(ruleSet, scanner, reading)));
    const rule = hidingRule(verdictOf(ruleSet.rules.filter((one) => found.has(one))));
    if (rule === undefined) return [];
    const other = placeOf(rule);
    return [{ file, line, column: 1, kind: "canary", message: `hidden by ${other}`, other, witness: text }];
  });
}

const traditional = /^[A-Z][a-z]{2} [ 0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} [-._0-9A-Za-z]+ [^ ]/;

function readingsOf(text: ByteString): readonly Uint8Array[] {
  // Nearly all are in the traditional form, which is read as it is.
  const readAs = traditional.test(text) ? undefined : readingOfLine(text)?.line;
  return (readAs === undefined ? [text] : [text, readAs]).map((reading) => Buffer.from(reading, "latin1"));
}

/** The rules of a corpus that hide a canary, each with the first that it hides. */
export function rulesThatHide(
  canaries: readonly Canary[],
  corpus: RuleCorpus,
): ReadonlyMap<RuleIndex, Uint8Array> {
  const hiding = new Map<RuleIndex, Uint8Array>();
  for (const { text, readings } of canaries) {
    const matching = new Set(readings.flatMap((reading) => corpus.matching(reading)));
    const inOrder = [...matching].sort((one, other) => one - other);
    const rule = hidingRule(verdictOf(inOrder.flatMap((index) => corpus.rules[index] ?? [])));
    const index = inOrder.find((one) => rule !== undefined && corpus.rules[one] === rule);
    if (index !== undefined && !hiding.has(index)) hiding.set(index, Buffer.from(text, "latin1"));
  }
  return hiding;
}

/** The rule that hides a line which comes once, on a host that never saw it. */
function hidingRule({ layer, rule, otherwise }: Verdict): Rule | undefined {
  if (layer === "ignored") return rule?.directives?.firstSeen === undefined ? rule : undefined;
  // One line is fewer than any number that an alarm asks for.
  return rule?.directives?.min !== undefined && otherwise ? hidingRule(otherwise) : undefined;
}
