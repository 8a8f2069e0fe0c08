/**
 * Sets a value in the text of a TOML file.
 * Promise: what stood there stays, comments too, but for that value; the result says what was asked, or nothing is changed.
 */
import { isDeepStrictEqual } from "node:util";
import { parseToml, TomlError } from "../config/toml.js";

export type TomlValue = string | readonly string[];

/** What the text says of a key, such as ["mail", "to"]; undefined: nothing. The text must be valid. */
export function valueIn(text: string, [table, key]: readonly [string, string]): unknown {
  const found: unknown = parseToml(text)[table];
  return typeof found === "object" && found !== null ? (found as Record<string, unknown>)[key] : undefined;
}

/** Throws a TomlError where the text is not valid, an Error where it is written in a way that this cannot change. */
export function withValue(text: string, [table, key]: readonly [string, string], value: TomlValue): string {
  const before = parseToml(text);
  const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  const setting = `${key} = ${literalOf(value)}`;
  const header = lines.findIndex((line) => new RegExp(`^\\s*\\[\\s*${table}\\s*\\]\\s*(?:#.*)?$`).test(line));
  if (header < 0) lines.push(...(lines.length > 0 ? [""] : []), `[${table}]`, setting);
  else {
    const end = endOfTable(lines, header);
    const at = lines.findIndex(
      (line, index) => index > header && index < end && new RegExp(`^\\s*${key}\\s*=`).test(line),
    );
    if (at < 0) lines.splice(placeFor(lines, header, end, key), 0, setting);
    else lines.splice(at, lengthOfValue(lines, at), setting + commentBehind(lines[at] ?? ""));
  }
  const edited = `${lines.join("\n")}\n`;
  const expected = { ...before, [table]: { ...(before[table] as object | undefined), [key]: value } };
  if (!isDeepStrictEqual(plain(parseToml(edited)), plain(expected)))
    throw new Error(`${table}.${key}: is written in a way that cannot be changed here`);
  return edited;
}

/** Without prototypes, so that documents can be compared. */
function plain(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document));
}

function endOfTable(lines: readonly string[], header: number): number {
  const next = lines.findIndex(
    (line, index) => index > header && /^\s*\[/.test(line) && !isInValue(lines, header, index),
  );
  return next < 0 ? lines.length : next;
}

/** Whether a line that begins with a bracket belongs to a value of several lines, not to the next table. */
function isInValue(lines: readonly string[], header: number, index: number): boolean {
  return !isValid(lines.slice(header, index).join("\n"));
}

/** Behind a comment that shows how the key would be set, else at the end of the table. */
function placeFor(lines: readonly string[], header: number, end: number, key: string): number {
  const isInTable = (index: number): boolean => index > header && index < end;
  const shown = lines.findIndex(
    (line, index) => isInTable(index) && new RegExp(`^\\s*#\\s*${key}\\s*=`).test(line),
  );
  if (shown >= 0) return shown + 1;
  const last = lines.findLastIndex((line, index) => isInTable(index) && /^\s*[^\s#]/.test(line));
  return (last < 0 ? header : last) + 1;
}

function lengthOfValue(lines: readonly string[], at: number): number {
  for (let count = 1; at + count <= lines.length; count++)
    if (isValid(lines.slice(at, at + count).join("\n"))) return count;
  return 1;
}

/** A comment behind a value of one line. */
function commentBehind(line: string): string {
  const [, comment] = /^[^"'#]*=\s*(?:"[^"\\]*"|'[^']*'|[^"'#]*?)(\s*#.*)$/.exec(line) ?? [];
  return comment ?? "";
}

function isValid(text: string): boolean {
  try {
    parseToml(text);
    return true;
  } catch (error) {
    if (error instanceof TomlError) return false;
    throw error;
  }
}

/** A basic string, or an array of them: JSON's escapes, and DEL must be escaped, too. */
function literalOf(value: TomlValue): string {
  const quoted = (text: string): string => JSON.stringify(text).replaceAll("\x7f", "\\u007f");
  return typeof value === "string" ? quoted(value) : `[${value.map(quoted).join(", ")}]`;
}
