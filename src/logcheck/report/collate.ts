/**
 * Puts lines in the order of logcheck's report (`sort -k 1,3 -s`, or `sort -u`), then cuts trailing white space.
 * Promise: the output of sort and sed on the same lines, byte for byte.
 */
import type { ToolLocale } from "../tools/tool-locale.js";
import { trimmedLengthBytes } from "./trim-line.js";

const fieldsInKey = 3;

/** Runs the system's sort(1) with these arguments on these lines, for orders that only the system knows. */
export type SystemSort = (options: readonly string[], lines: readonly Uint8Array[]) => Uint8Array[];

/**
 * In: lines without their newlines, in reading order. Out: as they are reported.
 * `isUnique` sorts by the whole line and drops repeated lines. White space is cut afterwards, so two lines may end up
 * equal.
 */
export function collate(
  lines: readonly Uint8Array[],
  isUnique: boolean,
  locale: ToolLocale,
  systemSort: SystemSort,
): Uint8Array[] {
  const sorted =
    locale.order === "sort"
      ? systemSort(isUnique ? ["-u"] : ["-k", "1,3", "-s"], lines)
      : isUnique
        ? sortUnique(lines)
        : sortByTime(lines);
  return sorted.map((line) => line.subarray(0, trimmedLengthBytes(line, locale.characters)));
}

function sortUnique(lines: readonly Uint8Array[]): Uint8Array[] {
  const sorted = lines.toSorted((a, b) => Buffer.compare(a, b));
  return sorted.filter((line, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || Buffer.compare(previous, line) !== 0;
  });
}

/** Equal keys keep their order. Months sort by their letters, as logcheck has always done. */
function sortByTime(lines: readonly Uint8Array[]): Uint8Array[] {
  const keyed = lines.map((line) => ({ line, key: line.subarray(0, keyLengthBytes(line)) }));
  return keyed.toSorted((a, b) => Buffer.compare(a.key, b.key)).map(({ line }) => line);
}

/** The key is the first three fields; a field includes the blanks before it. */
function keyLengthBytes(line: Uint8Array): number {
  let end = 0;
  for (let field = 0; field < fieldsInKey; field++) {
    while (end < line.length && isBlank(line[end])) end++;
    while (end < line.length && !isBlank(line[end])) end++;
  }
  return end;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}

/** File names in the order in which bash lists them. */
export function sortNames(
  names: readonly string[],
  locale: ToolLocale,
  systemSort: SystemSort,
): readonly string[] {
  const bytes = names.map((name) => Buffer.from(name));
  const sorted =
    locale.order === "sort" ? systemSort([], bytes) : bytes.toSorted((a, b) => Buffer.compare(a, b));
  return sorted.map((name) => Buffer.from(name).toString());
}
