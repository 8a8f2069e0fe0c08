/** Random EREs and lines, dense in odd disagreements. Promise: the same random stream gives the same texts. */

type Random = () => number;

function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error("bug: nothing to pick from");
  return choice;
}

/** Texts are latin1 strings: one character is one byte. */
const commonAtoms = [
  "a",
  "b",
  "c",
  "_",
  "1",
  " ",
  ".",
  ".",
  "[ab]",
  "[^a]",
  "[[:alpha:]]",
  "[[:space:]]",
  "x",
];
const oddAtoms = [
  "\\w",
  "\\W",
  "\\s",
  "\\S",
  "\\b",
  "\\B",
  "\\<",
  "\\>",

  "\\.",
  "\\(",
  "{",
  "}",
  "{1",
  "{,2}",
  "]",
  "[]a]",
  "[^]a]",
  "[a-c]",
  "[^a-c]",
  "[a\\]",
  "[[.a.]b]",
  "[[=a=]]",
  "[[:digit:]_]",
  "[0-9]",
  "[[:upper:]\xff]",
  "[\x80-\xff]",
  "\xc3\xa9",
  "[\xc3\xa9a]",
  "[^\xc3\xa9]",
  "\xe2\x82\xac",
  "\xff",
  "\xa9",
  "\xc3",
  "\t",
  "\r",
  "\x00",
  "[[:punct:]]",
  "[^[:alnum:]]",
  "()",
  "\\1",
  "\\2",
  "*",
  "+",
  "?",
  "|",
  ")",
  "(",
  "[a",
  "\\",
  "[b-a]",
  "[a-c-e]",
  "[[:foo:]]",
  "[:a:]",
  "{2,1}",
  "{1a}",
  "{}",
];
const anchors = ["^", "$", "\\`", "\\'"];
const repetitions = [
  "*",
  "+",
  "?",
  "{2}",
  "{,2}",
  "{1,3}",
  "{0}",
  "{2,}",
  "{0,}",
  "{,}",
  "**",
  "+?",
  "{1,2}*",
];

/** Where grep's two readers part ways, or grep takes a pattern for less than it is: dense, since chance rarely joins them. */
const corners = [
  "{1\\,2}",
  "{\\01,2}",
  "{1,\\02}",
  "{1\\,}",
  `{${"0".repeat(70)}2}`,
  `{1,${"0".repeat(70)}3}`,
  "{a}",
  "{{",
  "^$",
  "$",
  "^",
  "^${",
  "(a|a)",
  "(ab|ab)",
  "(^a|a)",
  "(a$|a$)",
  "(^|^)",
  "a{2}",
  "a",
  "b",
  "ab",
  "$",
  "[^[=a=]]",
  "[[=b=]]",
  "\\b{1}",
  "\\B*",
  "\\<+",
  "${1}",
  "^*",
  "{1}",
  "{2}{1}",
  "()",
  "\\1",
];

/** A few corners in a row. */
export function cornerPattern(random: Random): string {
  const pieces = 1 + Math.floor(random() * 5);
  let text = random() < 0.4 ? "^" : "";
  for (let count = 0; count < pieces; count++) {
    const piece = pick(random, corners);
    text += random() < 0.1 ? `(${piece})` : piece;
  }
  return random() < 0.4 ? `${text}$` : text;
}

/** A pattern that begins as another does, cut anywhere, also inside of a character. */
export function siblingOf(pattern: string, random: Random): string {
  const start = pattern.slice(0, Math.floor(random() * (pattern.length + 1)));
  return (
    start + pick(random, ["", "a", "\xa9", "\xa9?", "\xc3", "\xc3\xa9?", "\x82\xac", "{2}", "b$", "*", "]"])
  );
}

/** One pattern. `oddness` from 0 to 1 says how often an odd atom is taken; many such patterns are refused. */
export function randomPattern(random: Random, oddness: number, depth = 0): string {
  const branches = random() < 0.2 ? 2 : 1;
  const texts: string[] = [];
  for (let branch = 0; branch < branches; branch++) {
    let text = depth === 0 && random() < 0.3 ? "^" : "";
    const pieces = Math.floor(random() * 5);
    for (let piece = 0; piece < pieces; piece++) {
      const roll = random();
      if (roll < 0.15 && depth < 3) text += `(${randomPattern(random, oddness, depth + 1)})`;
      else if (roll < 0.18) text += pick(random, anchors);
      else text += pick(random, random() < oddness ? oddAtoms : commonAtoms);
      if (random() < 0.3) text += pick(random, repetitions);
    }
    if (depth === 0 && random() < 0.2) text += "$";
    texts.push(text);
  }
  return texts.join("|");
}

const lineBytes = [
  "a",
  "a",
  "b",
  "b",
  "c",
  "_",
  "1",
  " ",
  "x",
  "A",
  ".",
  "\t",
  "\r",
  "\x00",
  "{",
  "}",
  "]",
  "(",
  ")",
  "\\",
  "-",
  "\xc3\xa9",
  "\xe2\x82\xac",
  "\xff",
  "\xa9",
  "\xc3",
  "\xf0\x9f\x98\x80",
  "\xc0\x80",
  "\xc2\xa0",
  "\xe3\x80\x80",
  "\xed\xa0\x80",
  "\xf4\x90\x80\x80",
  "1}",
  "\x0b",
  "\x0c",
];

/** One line without newline, of up to `longest` pieces. */
export function randomLine(random: Random, longest: number): string {
  const length = Math.floor(random() * (longest + 1));
  let line = "";
  const tame = random() < 0.5;
  for (let i = 0; i < length; i++) line += pick(random, tame ? lineBytes.slice(0, 8) : lineBytes);
  return line;
}
