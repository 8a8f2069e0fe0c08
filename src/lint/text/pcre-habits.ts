/**
 * Finds what means something in Perl's or JavaScript's expressions and something else in grep's.
 * Promise: each is named at its column, with what grep reads and what to write; where one thing only can be meant, the
 * text to put in its place is given.
 */
import type { ByteString } from "../../std/text/byte-string.js";
import { ereTokens, type EreToken } from "./ere-tokens.js";

export interface Habit {
  /** Bytes from 0, `end` after the last. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** What was meant, as grep reads it. */
  readonly replacement?: ByteString;
}

/** What escapes of a letter mean elsewhere, and how it is written for grep; undefined: there is nothing like it. */
const escapes: ReadonlyMap<string, string | undefined> = new Map([
  ["d", "[[:digit:]]"],
  ["D", "[^[:digit:]]"],
  ["t", "[[:blank:]]"],
  ["h", "[[:blank:]]"],
  ["A", "^"],
  ["z", "$"],
  ["Z", "$"],
]);
/** Letters whose escapes grep knows. */
const known = "wWsSbB";

/** In: an ERE that is valid or nearly so. */
export function pcreHabits(ere: ByteString): Habit[] {
  const delimiters = /^\/(.*)\/[a-z]*$/s.exec(ere);
  if (delimiters) {
    const message = "slashes around an expression are part of it: write it without them";
    return [{ start: 0, end: ere.length, message, replacement: delimiters[1] ?? "" }];
  }
  const tokens = ereTokens(ere);
  const hasReferences = tokens.some(({ kind, text }) => kind === "escape" && /[1-9]/.test(text));
  return tokens.flatMap((token, place): Habit[] => {
    if (token.kind === "escape") return escapeHabits(token);
    if (token.kind === "bracket") return bracketHabits(token, ere);
    return characterHabits(token, tokens[place - 1], ere, hasReferences);
  });
}

function escapeHabits({ text, start }: EreToken): Habit[] {
  const letter = text[1] ?? "";
  if (!/[A-Za-z0]/.test(letter) || known.includes(letter)) return [];
  const meant = escapes.get(letter);
  const advice = meant === undefined ? "" : `: write ${meant}`;
  const message = `"${text}" is read as the letter "${letter}"${advice}`;
  const habit = { start, end: start + text.length, message };
  return [meant === undefined ? habit : { ...habit, replacement: meant }];
}

const classes: ReadonlyMap<string, string> = new Map([
  ["d", "[:digit:]"],
  ["w", "_[:alnum:]"],
  ["s", "[:space:]"],
  ["t", "[:blank:]"],
]);

function bracketHabits({ text, start }: EreToken, ere: ByteString): Habit[] {
  const habits: Habit[] = [];
  const inner = text.slice(1, -1);
  for (const match of inner.matchAll(/\\([A-Za-z])/g)) {
    const [escape, letter = ""] = match;
    // The second of two backslashes escapes nothing.
    if (inner[match.index - 1] === "\\" || !/[dDwWsStnrfhv]/.test(letter)) continue;
    const meant = classes.get(letter);
    const message = `in brackets "${escape}" is a backslash or the letter "${letter}"${meant ? `: write ${meant}` : ""}`;
    const place = start + 1 + match.index;
    const habit = { start: place, end: place + escape.length, message };
    habits.push(meant === undefined ? habit : { ...habit, replacement: meant });
  }
  // "[[[:digit:]]+]": the first bracket is one of the set, and the last a letter of its own.
  const [outside] = /^[*+?]?\]/.exec(ere.slice(start + text.length)) ?? [];
  if (/^\[\[\[:[a-z]+:\]\]$/.test(text) && outside !== undefined) {
    const meant = `\\[${text.slice(1)}${outside.slice(0, -1)}\\]`;
    const end = start + text.length + outside.length;
    const message = `"${ere.slice(start, end)}" is "[" or one of the class, and then "]": write ${meant}`;
    habits.push({ start, end, message, replacement: meant });
  }
  const range = /(?<!\\)\\-(?!$)/.exec(inner);
  if (range)
    habits.push({
      start: start + 1 + range.index,
      end: start + 3 + range.index,
      message: 'in brackets "\\-" begins a range at the backslash: put "-" at their end',
    });
  // "[^\]]": the bracket ends at the first "]".
  const end = start + text.length;
  if (/(?<!\\)\\$/.test(inner) && ere[end] === "]")
    habits.push({
      start: end - 2,
      end,
      message: 'in brackets "\\]" is a backslash and the end: put "]" first, as in "[]x]" or "[^]x]"',
    });
  return habits;
}

function characterHabits(
  { text, start }: EreToken,
  before: EreToken | undefined,
  ere: ByteString,
  hasReferences: boolean,
): Habit[] {
  if (before?.kind !== "character") return [];
  if (text === "?" && before.text === "(") {
    const [group = "(?"] = /^\(\?(?:[:=!>#|]|<[=!]?|P<?|[a-z^-]+[:)])?/.exec(ere.slice(start - 1)) ?? [];
    const isPlain = group === "(?:";
    const message = isPlain
      ? 'there is no "(?:" in grep: write "("'
      : `there is no "${group}" in grep${/^\(\?<?[=!]/.test(group) ? ", nor looking ahead or behind" : ""}`;
    const habit = { start: start - 1, end: start - 1 + group.length, message };
    return [isPlain && !hasReferences ? { ...habit, replacement: "(" } : habit];
  }
  if (!"?+".includes(text)) return [];
  const isQuantifier =
    "*+?".includes(before.text) || (before.text === "}" && /\{[0-9,]*\}$/.test(ere.slice(0, start)));
  if (!isQuantifier || (before.text === "?" && ere[start - 2] === "(")) return [];
  const quantifier = before.text + text;
  const message = `"${quantifier}" is a repetition of a repetition: there is none that takes as little as may be or gives nothing back`;
  return [{ start: start - 1, end: start + 1, message, replacement: before.text }];
}
