/**
 * Reads logcheck.logfiles and its *.logfiles neighbours: which logs there are to check.
 * Promise: a line means here what it means to logcheck, its leading blanks included.
 */
import type { Locale } from "../../ere/index.js";
import { isBlankLine } from "../report/white-space.js";

export type ListedLog =
  | { readonly kind: "journal" }
  | { readonly kind: "path"; readonly path: string }
  /** A pattern of file names; none matched is nothing to read, and no error. */
  | { readonly kind: "glob"; readonly pattern: string };

/** Reads one list, in its order. Empty lines and those that begin with "#" are no logs. */
export function readLogList(list: Uint8Array, locale: Locale): ListedLog[] {
  const lines = Buffer.from(list).toString("latin1").split("\n");
  return lines
    .filter((line) => !line.startsWith("#") && !isBlankLine(Buffer.from(line, "latin1"), locale))
    .flatMap((line) => line.split("\b")) // the script splits at newlines and, by an accident of its own, back spaces
    .filter((word) => word !== "")
    .map((word) => listedLog(Buffer.from(word, "latin1").toString()));
}

function listedLog(word: string): ListedLog {
  if (word === "journal") return { kind: "journal" };
  return /[*?]|\[.*\]/s.test(word) ? { kind: "glob", pattern: word } : { kind: "path", path: word };
}
