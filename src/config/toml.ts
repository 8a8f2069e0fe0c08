/** Parses TOML, and finds the lines of its keys. The only door of smol-toml. */
import { parse, TomlError } from "smol-toml";

export { TomlError, parse as parseToml };

type Key = string | number;

function holds(document: unknown, path: readonly Key[]): boolean {
  let value = document;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<Key, unknown>)[key];
  }
  return true;
}

/**
 * In: the text of a valid document and a path into it. Out: the line (from 1) where the value starts, or undefined.
 * The shortest prefix of lines that parses and holds the path ends with the value. Quadratic: for error messages only.
 */
export function lineOfKey(text: string, path: readonly Key[]): number | undefined {
  const lines = text.split("\n");
  let lastWhole = 0;
  for (let count = 1; count <= lines.length; count++) {
    let document: unknown;
    try {
      document = parse(lines.slice(0, count).join("\n"));
    } catch {
      continue; // The prefix ends within a value of several lines.
    }
    if (holds(document, path)) return lastWhole + 1;
    lastWhole = count;
  }
  return undefined;
}
