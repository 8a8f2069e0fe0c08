/**
 * Finds the rules that have conditions, and what each of them needs to be asked.
 * Promise: a rule has the same name in memory on each run, wherever its file lies and whatever stands before it there.
 */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { isAttention } from "../rules/rule-list.js";
import { placeOf, type Rule } from "../rules/rule.js";
import type { RuleSet } from "../rules/rule-set.js";
import type { Text } from "../std/text/byte-string.js";
import type { Notice } from "../std/notice.js";
import { KeyReader } from "./key-reader.js";
import { usualExpireDays, type Family } from "./known-keys.js";

export interface ConditionalRule {
  /** By which it is known in memory. */
  readonly name: string;
  /** Of a rule with `first-seen`. */
  readonly keys?: {
    /** The name of its family. */
    readonly family: Text;
    /** Made when it is first asked for: to read all rules takes 10 ms. Undefined where the rule has no such groups. */
    readonly reader: () => KeyReader | undefined;
  };
}

export interface ConditionalRules {
  readonly rules: ReadonlyMap<Rule, ConditionalRule>;
  readonly families: readonly Family[];
}

export function conditionalRules({ rules, eres, locale }: RuleSet): ConditionalRules {
  const conditional = new Map<Rule, ConditionalRule>();
  const families = new Map<Text, Family>();
  for (const [index, rule] of rules.entries()) {
    if (!hasConditions(rule)) continue;
    const name = nameOf(rule);
    if (rule.directives?.firstSeen === undefined) {
      conditional.set(rule, { name });
      continue;
    }
    const family = rule.directives.family ?? name;
    const expireDays = Math.max(families.get(family)?.expireDays ?? 0, expireDaysOf(rule));
    families.set(family, {
      name: family,
      program: families.get(family)?.program ?? basename(rule.file),
      expireDays,
    });
    // Rules and EREs are of one length.
    const reader = once(() => KeyReader.of(rule, eres[index]!, locale));
    conditional.set(rule, { name, keys: { family, reader } });
  }
  return { rules: conditional, families: [...families.values()] };
}

function hasConditions({ list, directives }: Rule): boolean {
  if (directives === undefined) return false;
  const { max, firstSeen, min, near, unlessCountry, unlessNetwork, suspect, unlessSuspect } = directives;
  const conditions = isAttention(list)
    ? [min, near, unlessCountry, unlessNetwork, suspect]
    : list === "ignored"
      ? [max, firstSeen, suspect, unlessSuspect]
      : [];
  return conditions.some((directive) => directive !== undefined);
}

function nameOf({ list, text }: Rule): string {
  const digest = createHash("sha256").update(`${list}\n${text}`, "latin1").digest("hex");
  return `rule ${digest.slice(0, 16)}`;
}

const dayMs = 86_400_000;

function expireDaysOf({ directives }: Rule): number {
  return directives?.expireMs === undefined ? usualExpireDays : Math.ceil(directives.expireMs / dayMs);
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

export function keyNotice(rule: Rule): Notice {
  const groups = (rule.directives?.firstSeen ?? []).map(({ group }) => `\\${group}`).join(",");
  return {
    where: `${placeOf(rule)}:1`,
    what: `"first-seen=${groups}" names a group that the rule does not have`,
    done: "its lines will be reported",
  };
}
