/**
 * Makes one ERE of the messages of a kind.
 * Promise: it matches each message that it was made of, from its beginning to its end.
 */
import { escapedEre } from "../../rules/nearest/rule-changes.js";
import type { ByteString } from "../../std/text/byte-string.js";
import { elementsOf, type Element } from "./message-elements.js";
import { valueClass } from "./value-class.js";

/** Text, or the values that were seen in one place. */
type Part = ByteString | readonly ByteString[];

/** Messages of one wording. */
interface Wording {
  readonly key: string;
  readonly parts: readonly Part[];
}

/** A kind with more wordings has something in common that a rule cannot say. */
const mostWordings = 16;

/**
 * In: the messages of a kind, without trailing white space, and the kind's template. Out: an ERE without anchors, or
 * undefined where the messages differ too much.
 */
export function messagePattern(
  messages: readonly ByteString[],
  template: ByteString | undefined,
  isTight: boolean,
): ByteString | undefined {
  const elements = messages.map((message) => elementsOf(message, template));
  const exact = wordingsOf(elements);
  const wordings = exact.length <= 1 ? exact : wordingsOf(elements.map(withoutValueRuns));
  if (wordings.length > mostWordings) return undefined;
  return merged(wordings, isTight);
}

function wordingsOf(messages: readonly (readonly Element[])[]): Wording[] {
  const wordings = new Map<string, { key: string; parts: (string | string[])[] }>();
  for (const elements of messages) {
    const key = elements.map(({ kind, text }) => (kind === "value" ? "\0" : text)).join("");
    let wording = wordings.get(key);
    if (wording === undefined) {
      wording = { key, parts: elements.map(({ kind, text }) => (kind === "value" ? [] : text)) };
      wordings.set(key, wording);
    }
    for (const [index, { kind, text }] of elements.entries()) {
      const part = wording.parts[index];
      if (kind === "value" && typeof part === "object") part.push(text);
    }
  }
  return [...wordings.values()];
}

/** Values with nothing but blanks and marks between them are one: a text of the user's has any number of words. */
function withoutValueRuns(elements: readonly Element[]): Element[] {
  const joined: Element[] = [];
  for (let index = 0; index < elements.length; index++) {
    let element = elements[index]!;
    while (element.kind === "value" && elements[index + 2]?.kind === "value") {
      const between = elements[index + 1]?.text ?? "";
      if (!/^[\s,;:|/.+-]*$/.test(between)) break;
      element = { kind: "value", text: element.text + between + (elements[index + 2]?.text ?? "") };
      index += 2;
    }
    joined.push(element);
  }
  return joined;
}

/** What all wordings begin and end with is written once. */
function merged(wordings: readonly Wording[], isTight: boolean): ByteString {
  const all = wordings.map(({ parts }) => parts.flatMap(inWords));
  const shortest = Math.min(...all.map(({ length }) => length));
  const isShared = (at: (parts: readonly Part[]) => Part | undefined): boolean => {
    const first = at(all[0] ?? []);
    return all.every((parts) => {
      const part = at(parts);
      return typeof first === "string" ? part === first : typeof part === "object";
    });
  };
  let start = 0;
  while (start < shortest && isShared((parts) => parts[start])) start++;
  let end = 0;
  while (end < shortest - start && isShared((parts) => parts[parts.length - 1 - end])) end++;
  const shared = (from: (parts: readonly Part[]) => readonly Part[]): string => {
    const lists = all.map(from);
    return (lists[0] ?? [])
      .map((part, index) =>
        typeof part === "string"
          ? escapedEre(part)
          : valueClass(
              lists.flatMap((list) => list[index] ?? []),
              isTight,
            ),
      )
      .join("");
  };
  const middles = [
    ...new Set(
      all.map((parts) =>
        parts
          .slice(start, parts.length - end)
          .map((part) => (typeof part === "string" ? escapedEre(part) : valueClass(part, isTight)))
          .join(""),
      ),
    ),
  ];
  const prefix = shared((parts) => parts.slice(0, start));
  const suffix = shared((parts) => parts.slice(parts.length - end));
  return prefix + choice(middles) + suffix;
}

function inWords(part: Part): readonly Part[] {
  return typeof part === "string"
    ? (part.match(/[A-Za-z0-9_\x80-\xff]+|\s+|[^A-Za-z0-9_\s\x80-\xff]+/g) ?? [])
    : [part];
}

function choice(branches: readonly string[]): string {
  const filled = branches.filter((branch) => branch !== "");
  if (filled.length === 0) return "";
  if (branches.length === 1) return branches[0] ?? "";
  const group = `(${filled.join("|")})`;
  return filled.length < branches.length ? `${group}?` : group;
}
