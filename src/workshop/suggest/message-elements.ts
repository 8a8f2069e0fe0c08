/**
 * Divides a message into what its kind has in common and what varies, by the kind's template.
 * Promise: the elements together are the message; text that the template keeps is never said to vary.
 */
import { templateOf } from "../../group/template/template.js";
import type { ByteString } from "../../std/text/byte-string.js";

/** A part of a message. Blanks are text. */
export interface Element {
  readonly kind: "text" | "value";
  readonly text: ByteString;
}

interface Token {
  readonly text: ByteString;
  isValue: boolean;
}

/** Longer messages are text from there on. */
const mostTokens = 400;
/** Marks that join values to one: "192.0.2.7:22", "a/b.c", "2026-11-22". */
const joining = /^[-.:/@_+,~%#&?*!=]$/;
/** Marks that belong to the value after them, and before them. */
const [leading, trailing] = [/^[-+/~.]$/, /^\/$/];

/** In: a message without trailing white space, and the template of its kind. */
export function elementsOf(message: ByteString, template = templateOf(message)): Element[] {
  const words = message.match(/[A-Za-z0-9_\x80-\xff]+|\s+|[^A-Za-z0-9_\s\x80-\xff]/g) ?? [];
  const kept = keptWords(words.slice(0, mostTokens), template.match(/[A-Za-z0-9_\x80-\xff]+/g) ?? []);
  const tokens = words.map((text, index): Token => {
    const isWord = /^[A-Za-z0-9_\x80-\xff]/.test(text);
    return { text, isValue: isWord && index < mostTokens && !kept.has(index) };
  });
  keepUnits(tokens);
  keepKeys(tokens);
  joinValues(tokens);
  return asElements(tokens);
}

/** The places of words that stand in the template too: a longest common sequence. A word is there in the singular. */
function keptWords(words: readonly string[], template: readonly string[]): ReadonlySet<number> {
  const width = template.length + 1;
  const lengths = new Uint16Array((words.length + 1) * width);
  const isSame = (word: string, other: string): boolean =>
    word === other || word === `${other}s` || word === `${other}es`;
  for (let i = words.length - 1; i >= 0; i--)
    for (let j = template.length - 1; j >= 0; j--)
      lengths[i * width + j] = isSame(words[i] ?? "", template[j] ?? "")
        ? lengths[(i + 1) * width + j + 1]! + 1
        : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
  const kept = new Set<number>();
  for (let i = 0, j = 0; i < words.length && j < template.length;) {
    if (isSame(words[i] ?? "", template[j] ?? "")) {
      kept.add(i++);
      j++;
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
    else j++;
  }
  return kept;
}

/** A template leaves out units and "port", which a rule spells out. */
const units =
  /^(port|[munk]?s|secs?|seconds?|min(ute)?s?|hours?|days?|msecs?|usecs?|[kKMGT]?i?[bB]|bytes?|[kMG]?Hz|MiB|KiB|GiB)$/;

function keepUnits(tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 2];
    const isAfterNumber = before?.isValue === true && /^[0-9]+$/.test(before.text);
    if (token.isValue && isAfterNumber && tokens[index - 1]?.text === " " && units.test(token.text))
      token.isValue = false;
  }
}

/** "name" in "name=x": a template leaves keys out, too. */
function keepKeys(tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries()) {
    const isKey = /^[A-Za-z_]+$/.test(token.text) && tokens[index + 1]?.text === "=";
    if (isKey && /^$|[\s,;("'[{]$/.test(tokens[index - 1]?.text ?? "")) token.isValue = false;
  }
}

function joinValues(tokens: readonly Token[]): void {
  const isValueAt = (index: number): boolean => tokens[index]?.isValue === true;
  const isEdge = (index: number): boolean =>
    tokens[index] === undefined || /^[\s"'([{<=,]/.test(tokens[index].text);
  for (let index = 0; index < tokens.length; index++) {
    const { text } = tokens[index]!;
    if (isValueAt(index) || !/^[^A-Za-z0-9_\s\x80-\xff]$/.test(text)) continue;
    let next = index;
    while (joining.test(tokens[next]?.text ?? "")) next++;
    const joins = next > index && isValueAt(index - 1) && isValueAt(next);
    const leads = next > index && leading.test(text) && isEdge(index - 1) && isValueAt(next);
    if (joins || leads) for (let at = index; at < next; at++) tokens[at]!.isValue = true;
    else if (trailing.test(text) && isValueAt(index - 1)) tokens[index]!.isValue = true;
  }
}

function asElements(tokens: readonly Token[]): Element[] {
  const elements: { kind: Element["kind"]; text: string }[] = [];
  for (const { text, isValue } of tokens) {
    const kind = isValue ? "value" : "text";
    const last = elements.at(-1);
    if (last?.kind === kind) last.text += text;
    else elements.push({ kind, text });
  }
  return elements;
}
