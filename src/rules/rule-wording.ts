/**
 * Says in a few words what a rule matches: its own text, with "*" for what varies.
 * Promise: it stays the same while the rule does, wherever in its file the rule stands; never empty.
 */
import { basename } from "node:path";
import type { ByteString } from "../std/text/byte-string.js";
import type { Rule } from "./rule.js";

const maxBytes = 100;

/** A character, an escape, a class, or what opens, parts and closes groups; then what repeats it. */
const token =
  /(\\[^]|\[\^?\]?(?:\[:[a-z]+:\]|\[[.=][^\]]*[.=]\]|[^\]])*\]|[\xc0-\xff][\x80-\xbf]*|[^])((?:[*+?]|\{[0-9,]*\})*)/gy;

/** "sshd*[*]: Invalid user * from *". The name of its file where nothing of it is fixed. */
export function ruleWording({ text, file }: Pick<Rule, "text" | "file">): ByteString {
  let words = "";
  let depth = 0;
  // The engine says more of a rule, and takes longer than all else that is done for an ignored line.
  for (const [, atom = "", repetition = ""] of text.matchAll(token)) {
    if (atom === ")") depth -= 1;
    if (depth === 0) {
      const part = repetition !== "" || atom === "|" || atom === "(" ? "*" : fixedPart(atom);
      if (part !== "*" || !words.endsWith("*")) words += part;
      // Another branch; or enough, with a few characters that come before the program.
      if (atom === "|" || words.length > maxBytes + 40) break;
    }
    if (atom === "(") depth += 1;
  }
  // What varies before the first word is the time and the host.
  const wording = words
    .replace(/^(?:\* ?)+/, "")
    .slice(0, maxBytes)
    .trim();
  return /[A-Za-z0-9]/.test(wording) ? wording : basename(file);
}

function fixedPart(atom: ByteString): ByteString {
  if (atom === "$" || atom === "^") return "";
  if (atom === ")") return "*";
  if (/^\\[^A-Za-z0-9<>`']$/.test(atom)) return atom.slice(1);
  return /^(?:[^\\.[]|[\xc0-\xff][\x80-\xbf]*)$/.test(atom) ? atom : "*";
}
