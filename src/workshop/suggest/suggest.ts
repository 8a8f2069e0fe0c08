/**
 * Makes a rule for each kind of lines.
 * Promise: a rule matches all lines of its kind that are kept, in a run and in grep, and none of another kind and none that
 * must be kept, and it has no field that takes any text, as lint says; where that cannot be, there is no rule, and the
 * reason is said.
 */
import { patternParser } from "../../ere/index.js";
import { freeTextIn } from "../../rules/free-text.js";
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

/** How a rule is made of lines. */
interface Manner {
  /** With the characters alone that its lines have. */
  readonly isTight: boolean;
  /** So that nothing that is written after it takes the alarm away. */
  readonly isOpen: boolean;
}

/** Rules that ignore lines. In: the kinds to make them of, all lines that are known, by kind, and lines that no rule may hide. */
export function suggestRules(
  wanted: readonly Kind[],
  all: readonly Kind[],
  kept: readonly MustKeep[],
  options: RuleSetOptions,
): Suggestion[] {
  const [loose, tight] = [false, true].map((isTight): Manner => ({ isTight, isOpen: false })) as [
    Manner,
    Manner,
  ];
  // A rule that takes too much is tried again.
  return firstGood(wanted, [loose, tight], (kinds, patterns) => judged(kinds, patterns, all, kept, options));
}

/**
 * Rules that raise lines, open at their end where that takes no line of another kind. One that takes some all the same is
 * no fault: in doubt a line is reported. In: the kinds to make them of, and all lines that are known, by kind.
 */
export function suggestAlarms(
  wanted: readonly Kind[],
  all: readonly Kind[],
  options: RuleSetOptions,
): Suggestion[] {
  const manners = [true, false].flatMap((isOpen) =>
    [false, true].map((isTight): Manner => ({ isTight, isOpen })),
  );
  const own = firstGood(wanted, manners, (kinds, patterns) => judged(kinds, patterns, all, [], options));
  const others = own.filter(({ outcome }) => "refused" in outcome).map(({ kind }) => kind);
  const any = firstGood(others, manners, (kinds, patterns) => judged(kinds, patterns, [], [], options));
  return own.map((one) => any.find(({ kind }) => kind === one.kind) ?? one);
}

/** Makes rules in each manner in turn, until one of a kind is good; the last refusal where none is. */
function firstGood(
  wanted: readonly Kind[],
  manners: readonly Manner[],
  judge: (kinds: readonly Kind[], patterns: readonly (ByteString | undefined)[]) => Suggestion[],
): Suggestion[] {
  const now = new Date();
  const found = new Map<Kind, Suggestion>();
  for (const manner of manners) {
    const left = wanted.filter((kind) => "refused" in (found.get(kind)?.outcome ?? { refused: "" }));
    if (left.length === 0) break;
    const patterns = left.map((kind) => patternOf(kind, now, manner));
    for (const one of judge(left, patterns)) found.set(one.kind, one);
  }
  return wanted.flatMap((kind) => found.get(kind) ?? []);
}

/** Longer ones are no rule that anybody reads. */
const longestRule = 4000;

function patternOf({ lines, shape }: Kind, now: Date, { isTight, isOpen }: Manner): ByteString | undefined {
  const divided = lines.map((line) => dividedLine(line, now));
  const header = headerPattern(divided);
  const messages =
    header === undefined ? lines.map((line) => line.trimEnd()) : divided.map(({ message }) => message);
  const template = header === undefined ? undefined : shape.replace(/^[^ ]*: /, "");
  const message = messagePattern(messages, template, isTight);
  const pattern = message === undefined ? undefined : `${header ?? "^"}${message}${isOpen ? "" : "$"}`;
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
  const parse = patternParser(options.locale);
  for (const { text, line } of there) {
    const tree = parse(Buffer.from(text, "latin1"));
    for (const { start, end } of tree ? freeTextIn(tree) : [])
      say(line, `its ${text.slice(start, end)} would take any text, whoever writes it`);
  }
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
