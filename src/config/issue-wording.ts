/**
 * Says what is wrong with a key of the configuration, in the words of whoever writes it.
 * Promise: what was expected and what was found stand beside each other; no word of the schema's own language is in it.
 */
import { suggestion } from "../std/text/suggestion.js";

/** What a schema finds wrong. */
export interface Fault {
  /** Of the schema: begins with "Invalid" unless the schema has words of its own. */
  readonly message: string;
  readonly expected: string | null;
  readonly received: string;
}

/** In: a fault, and its last key with the keys that may stand in its place. Out: such as `expected true or false, found "yes"`. */
export function faultText(
  { message, expected, received }: Fault,
  key: string,
  known: readonly string[],
): string {
  if (expected === "never") {
    const others = known.filter((each) => each !== key);
    return `no such key${suggestion(key, others)}`;
  }
  if (received === "undefined") return "missing";
  const wanted = isOwn(message) ? message : expectedText(expected, message);
  const isOfOthers = isOwn(message) && received === "Array";
  return `expected ${wanted}, found ${isOfOthers ? "a list of something else" : receivedText(received)}`;
}

/** Whether the words are ours, not the schema's. */
function isOwn(message: string): boolean {
  return !message.startsWith("Invalid ") && message !== refused;
}

/** The message of a value whose reader says itself what it expected. */
export const refused = "refused";

const typeNames: Readonly<Record<string, string>> = {
  boolean: "true or false",
  string: "a text in double quotes",
  number: "a number",
  Array: "a list",
  Object: "a table",
  "!0": "a text that is not empty",
};

function expectedText(expected: string | null, message: string): string {
  if (expected === null) return message.startsWith("Invalid integer") ? "a whole number" : message;
  if (Object.hasOwn(typeNames, expected)) return typeNames[expected] ?? expected;
  const [, comparison, limit = ""] = /^([<>])=(.*)$/.exec(expected) ?? [];
  if (comparison !== undefined) return comparison === ">" ? `${limit} or more` : `${limit} at most`;
  const choices = /^\((".*")\)$/.exec(expected)?.[1]?.split(" | ");
  return choices === undefined ? expected : `${choices.slice(0, -1).join(", ")} or ${choices.at(-1) ?? ""}`;
}

const receivedNames: Readonly<Record<string, string>> = {
  Array: "a list",
  Object: "a table",
  TomlDate: "a date",
};

function receivedText(received: string): string {
  return Object.hasOwn(receivedNames, received) ? (receivedNames[received] ?? received) : received;
}
