/**
 * The text in which somebody edits a rule, and what is read of it.
 * Promise: what cannot be understood is said, and no rule is made of it.
 */
import { isDirectiveComment, readDirectives } from "../rules/files/directives.js";
import { escaped } from "../std/text/escape.js";
import { bytesOfText, type ByteString } from "../std/text/byte-string.js";
import type { Advice, OwnRule, TriageKind } from "./state.js";

const shownLines = 10;

/** In: the kind, and what the rule is to begin with. Out: bytes as latin1. */
export function editText(
  { id, count, lines }: TriageKind,
  { own, ignore, raise }: Advice,
  fallback: ByteString,
): ByteString {
  const made = [ignore, raise].flatMap((one) => ("rule" in one ? [one.rule] : []))[0];
  const { rule, reason = "", title = "" } = own ?? { rule: made ?? fallback };
  return [
    `# One rule for kind ${id}: ${count === 1 ? "1 line" : `${count} lines`}, such as`,
    ...lines.slice(0, shownLines).map((line) => `#   ${bytesOfText(escaped(line))}`),
    "#",
    "# A line that begins with # is left out; without a rule nothing changes.",
    `#@ reason="${bytesOfText(reason)}" title="${bytesOfText(title)}"`,
    rule,
    "",
  ].join("\n");
}

/** In: bytes as latin1. Undefined: there is no rule in it. */
export function readEdited(content: ByteString): OwnRule | { readonly problem: string } | undefined {
  const lines = content.split("\n").map((line) => line.replace(/\r$/, ""));
  const [rule, ...others] = lines.filter((line) => line.trim() !== "" && !line.startsWith("#"));
  if (rule === undefined) return undefined;
  if (others.length > 0) return { problem: "more than one rule" };
  // An empty value says nothing.
  const comments = lines
    .filter(isDirectiveComment)
    .map((line) => line.replaceAll(/ (?:reason|title)="\s*"/g, ""));
  const read = comments.map((line) => readDirectives(line, "ignored"));
  const [error] = read.flatMap(({ errors }) => errors);
  if (error !== undefined) return { problem: `column ${error.column} of the comment: ${error.reason}` };
  const { reason, title, ...more } = Object.assign({}, ...read.map(({ directives }) => directives)) as {
    reason?: string;
    title?: string;
  };
  const [other] = Object.keys(more);
  if (other !== undefined) return { problem: "the comment may have reason and title alone" };
  return { rule, ...(reason !== undefined && { reason }), ...(title !== undefined && { title }) };
}
