/**
 * Makes a rule for each kind of lines.
 * Promise: a rule matches all lines of its kind that are kept, in a run and in grep, and none of another kind and none that
 * must be kept; where that cannot be, there is no rule, and the reason is said.
 */
import { compileRules, type RuleSet, type RuleSetOptions } from "../../rules/rule-set.js";
import type { Rule } from "../../rules/rule.js";
import type { ByteString } from "../../std/text/byte-string.js";
import { dividedLine, headerPattern } from "./header-pattern.js";
import type { Kind } from "./kinds.js";
import { messagePattern } from "./message-pattern.js";

export interface Suggestion {
  readonly kind: Kind;
  /** The ERE, or why there is none. */
  readonly outcome: { readonly rule: ByteString } | { readonly refused: string };
}

export interface MustKeep {
  readonly line: ByteString;
  /** What is said of a rule that would hide it: "the canary …". */
  readonly name: string;
}

/** In: the kinds to make rules of, all lines that are known, by kind, and lines that no rule may hide. */
export function suggestRules(
  wanted: readonly Kind[],
  all: readonly Kind[],
  kept: readonly MustKeep[],
  options: RuleSetOptions,
): Suggestion[] {
  const now = new Date();
  const made = (kinds: readonly Kind[], isTight: boolean): (ByteString | undefined)[] =>
    kinds.map((kind) => patternOf(kind, now, isTight));
  const judge = (kinds: readonly Kind[], patterns: readonly (ByteString | undefined)[]): Suggestion[] =>
    judged(kinds, patterns, all, kept, options);
  const first = judge(wanted, made(wanted, false));
  // A rule that takes too much is tried again with the characters alone that its lines have.
  const again = first.filter(({ outcome }) => "refused" in outcome).map(({ kind }) => kind);
  const second = new Map(judge(again, made(again, true)).map((one) => [one.kind, one]));
  return first.map((one) => second.get(one.kind) ?? one);
}

/** Longer ones are no rule that anybody reads. */
const longestRule = 4000;

function patternOf({ lines, shape }: Kind, now: Date, isTight: boolean): ByteString | undefined {
  const divided = lines.map((line) => dividedLine(line, now));
  const header = headerPattern(divided);
  const messages =
    header === undefined ? lines.map((line) => line.trimEnd()) : divided.map(({ message }) => message);
  const template = header === undefined ? undefined : shape.replace(/^[^ ]*: /, "");
  const message = messagePattern(messages, template, isTight);
  const pattern = message === undefined ? undefined : `${header ?? "^"}${message}$`;
  return pattern !== undefined && pattern.length <= longestRule && isPlain(pattern) ? pattern : undefined;
}

/** Of UTF-8, and without control bytes: a file of rules can hold it, and people can read it. */
function isPlain(pattern: ByteString): boolean {
  const text = Buffer.from(pattern, "latin1").toString("utf8");
  return !/[\p{Cc}\ufffd]/u.test(text.replaceAll("\t", ""));
}

const unlike = "its lines have too little in common";

function judged(
  kinds: readonly Kind[],
  patterns: readonly (ByteString | undefined)[],
  all: readonly Kind[],
  kept: readonly MustKeep[],
  options: RuleSetOptions,
): Suggestion[] {
  const faults = new Map<number, string>();
  const say = (index: number, fault: string): void => void (faults.has(index) || faults.set(index, fault));
  const rules = patterns.map((text, index): Rule => ({
    list: "ignored",
    file: "",
    line: index,
    text: text ?? "",
  }));
  const there = rules.filter(({ text }) => text !== "");
  for (const widensHeaders of [true, false]) {
    const matching = matcher(compileRules(there, { ...options, widensHeaders }));
    for (const [index, kind] of kinds.entries()) {
      const missed = kind.lines.find((line) => !matching(line).has(index));
      if (missed !== undefined)
        say(index, patterns[index] === undefined ? unlike : "it would not match all its lines");
    }
    // What is found in one form is found in the other.
    if (!widensHeaders) continue;
    for (const kind of all)
      for (const line of kind.lines)
        for (const index of matching(line))
          if (kinds[index]?.shape !== kind.shape) say(index, `it would also hide lines such as ${line}`);
    for (const { line, name } of kept)
      for (const index of matching(line)) say(index, `it would hide ${name}`);
  }
  return kinds.map((kind, index) => {
    const [fault, rule] = [faults.get(index), patterns[index]];
    return {
      kind,
      outcome: fault === undefined && rule !== undefined ? { rule } : { refused: fault ?? unlike },
    };
  });
}

/** In: rules that have their place among the kinds as their line. */
function matcher({ rules, patterns }: RuleSet): (line: ByteString) => ReadonlySet<number> {
  const scanner = patterns.scanner({ isSelected: () => true });
  return (line) => {
    const matches = scanner.matches(scanner.matchLine(Buffer.from(line, "latin1")));
    return new Set(matches.flatMap((match) => rules[match]?.line ?? []));
  };
}
