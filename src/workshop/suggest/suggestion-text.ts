/**
 * Writes down suggested rules: as text that may become a file of rules, and as JSON.
 * Promise: a rule is written as it has to stand in a file, and what is said about it is a comment.
 */
import { placeOf } from "../../rules/rule.js";
import { escaped, jsonText } from "../../std/text/escape.js";
import type { ByteString } from "../../std/text/byte-string.js";
import type { SimilarRule } from "./similar-rules.js";
import type { Suggestion } from "./suggest.js";

/** In: what was suggested, and the rules that are similar to it, the nearest first. Refused ones are left out. */
export function suggestionText({ kind, outcome }: Suggestion, similar: readonly SimilarRule[]): string {
  if ("refused" in outcome) return "";
  const { id, count, lines } = kind;
  const text = [
    `# ${count === 1 ? "1 line" : `${count} lines`} of kind ${id}, such as`,
    `# ${escaped(lines[0] ?? "")}`,
  ];
  for (const { rule, column, change, isContained } of similar) {
    text.push(`# similar: ${placeOf(rule)}, which stops matching at column ${column}`);
    if (isContained) text.push("# all its lines match the rule below too: it can be deleted then");
    else if (change) text.push("# in its place, wider:", `# ${escaped(change.text)}`);
  }
  return `${text.join("\n")}\n${utf8(outcome.rule)}\n`;
}

export function suggestionJson({ kind, outcome }: Suggestion, similar: readonly SimilarRule[]): string {
  const { id, count, lines } = kind;
  const record = {
    ...("rule" in outcome ? { rule: utf8(outcome.rule) } : { refused: escaped(outcome.refused) }),
    kind: id,
    lines: count,
    sample: escaped(lines[0] ?? ""),
    similar: similar.map(({ rule, column, change, isContained }) => ({
      rule: placeOf(rule),
      column,
      text: escaped(rule.text),
      contained: isContained,
      ...(change && { wider: escaped(change.text) }),
    })),
  };
  return `${jsonText(record)}\n`;
}

function utf8(rule: ByteString): string {
  return Buffer.from(rule, "latin1").toString("utf8");
}
