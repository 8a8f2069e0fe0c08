/**
 * The locale as logcheck's tools see it: how bytes become characters, and how lines are sorted.
 * Promise: a locale that is not installed counts as "C", as it does for grep, sed, sort and bash.
 */
import type { Locale } from "../../ere/index.js";

export interface ToolLocale {
  /** How bytes become characters: for patterns, white space and the length of a heading. */
  readonly characters: Locale;
  /** "bytes" where lines sort by their bytes, as in C; "sort" where only the system's `sort` knows the order. */
  readonly order: "bytes" | "sort";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The first of the variables that is set and not empty, as in setlocale(3); else "C". */
function chosen(environment: Environment, category: string): string {
  return environment.LC_ALL || environment[category] || environment.LANG || "C";
}

const plain = /^(?:C|POSIX)$/;
/** glibc's built-in UTF-8 locale, which sorts by bytes. */
const plainUtf8 = /^C\.utf-?8$/i;

/**
 * Reads LC_ALL, LC_CTYPE, LC_COLLATE and LANG.
 * `charmapName` answers as `locale charmap` does; it is called only for locales other than C, POSIX and C.UTF-8.
 */
export function toolLocale(environment: Environment, charmapName: () => string): ToolLocale {
  const type = chosen(environment, "LC_CTYPE");
  const collation = chosen(environment, "LC_COLLATE");
  const isUtf8 = plainUtf8.test(type) || (!plain.test(type) && charmapName() === "UTF-8");
  return {
    characters: isUtf8 ? "UTF-8" : "C",
    order: plain.test(collation) || plainUtf8.test(collation) ? "bytes" : "sort",
  };
}
