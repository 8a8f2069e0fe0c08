/**
 * Reads logcheck.logfiles and the other *.logfiles lists: which logs to check.
 * Promise: a line means what it means to logcheck, including its leading blanks.
 */
import type { Locale } from "../../ere/index.js";
import { isBlankLine } from "../report/trim-line.js";

export type ListedLog =
  | { readonly kind: "journal" }
  | { readonly kind: "path"; readonly path: string }
  /** A pattern of file names. It is no error when none matches. */
  | { readonly kind: "glob"; readonly pattern: string };

/** Reads one list, in its order. Empty lines and lines that begin with "#" are skipped. */
export function readLogList(list: Uint8Array, locale: Locale): ListedLog[] {
  const lines = Buffer.from(list).toString("latin1").split("\n");
  return lines
    .filter((line) => !line.startsWith("#") && !isBlankLine(Buffer.from(line, "latin1"), locale))
    .flatMap((line) => line.split("\b")) // the script splits at newlines and, by accident, at back spaces
    .filter((word) => word !== "")
    .map((word) => listedLog(Buffer.from(word, "latin1").toString()));
}

function listedLog(word: string): ListedLog {
  if (word === "journal") return { kind: "journal" };
  return /[*?]|\[.*\]/s.test(word) ? { kind: "glob", pattern: word } : { kind: "path", path: word };
}
