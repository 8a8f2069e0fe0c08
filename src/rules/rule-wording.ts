/**
 * Says in a few words what a rule matches: its own text, with "*" for what varies.
 * Promise: it stays the same while the rule does, wherever in its file the rule stands; never empty.
 */
import { basename } from "node:path";
import type { ByteString } from "../std/text/byte-string.js";
import { atomsOf } from "./headers/pattern-atoms.js";
import type { Rule } from "./rule.js";

const maxBytes = 100;

/** "sshd*[*]: Invalid user * from *". The name of its file where nothing of it is fixed. */
export function ruleWording({ text, file }: Pick<Rule, "text" | "file">): ByteString {
  let words = "";
  let start = text.startsWith("^") ? 1 : 0;
  for (const { end } of atomsOf(text, start)) {
    const part = fixedPart(text.slice(start, end));
    if (part !== "*" || !words.endsWith("*")) words += part;
    start = end;
    // What comes before the program is a few characters.
    if (words.length > maxBytes + 40) break;
  }
  // Another branch, or what is not understood.
  if (start < text.length) words += "*";
  // What varies before the first word is the time and the host.
  const wording = words
    .replaceAll(/\*+/g, "*")
    .replace(/^(?:\* ?)+/, "")
    .slice(0, maxBytes)
    .trim();
  return /[A-Za-z0-9]/.test(wording) ? wording : basename(file);
}

/** In: an atom with what repeats it. */
function fixedPart(atom: ByteString): ByteString {
  if (atom === "$" || atom === "^") return "";
  if (/^\\[^A-Za-z0-9<>`']$/.test(atom)) return atom.slice(1);
  return /^(?:[^\\.([*+?{]|[\xc0-\xff][\x80-\xbf]*)$/.test(atom) ? atom : "*";
}
