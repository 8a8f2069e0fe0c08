/**
 * Puts lines into the order of logcheck's report: `sort -k 1,3 -s`, or `sort -u`, then trailing white space is cut.
 * Promise: byte for byte what sort and sed make of the same lines.
 */
import type { ToolLocale } from "../tools/locale.js";
import { trimmedLengthBytes } from "./white-space.js";

const fieldsInKey = 3;

/** Runs the system's sort(1) with these arguments on these lines; for the orders that only the system knows. */
export type SystemSort = (options: readonly string[], lines: readonly Uint8Array[]) => Uint8Array[];

/**
 * In: lines without their newlines, as they came out of the logs one after the other. Out: as they are reported.
 * `isUnique` sorts by the whole line and drops repetitions, before white space is cut, so that two may end up alike.
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

/** Equal keys keep their order. Months sort by their letters: logcheck has always done so. */
function sortByTime(lines: readonly Uint8Array[]): Uint8Array[] {
  const keyed = lines.map((line) => ({ line, key: line.subarray(0, keyLengthBytes(line)) }));
  return keyed.toSorted((a, b) => Buffer.compare(a.key, b.key)).map(({ line }) => line);
}

/** A field is the blanks before it and what is not blank; the key is all of the first three. */
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
