/** The named classes hold what the installed glibc's hold, asked through grep about every character. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { isClassName, unicodeClass } from "../../src/ere/alphabet/character-classes.js";
import { hasCharacter } from "../../src/ere/alphabet/character-set.js";
import { needsTool } from "../support/tools.js";
import { askGrep, type Question } from "./support/grep-judge.js";

const names = [
  "alpha",
  "upper",
  "lower",
  "digit",
  "xdigit",
  "alnum",
  "space",
  "blank",
  "punct",
  "graph",
  "print",
  "cntrl",
];

describe("character classes in UTF-8", function () {
  this.timeout(60_000);
  let directory: string;
  let file: string;
  const characters: number[] = [];
  before(function () {
    needsTool(this, "grep");
    directory = mkdtempSync(join(tmpdir(), "automata-"));
    file = join(directory, "characters");
    for (let character = 0; character <= 0x10ffff; character++) {
      const isSurrogate = character >= 0xd800 && character <= 0xdfff;
      if (!isSurrogate && character !== 0x0a) characters.push(character);
    }
    writeFileSync(file, characters.map((character) => `${String.fromCodePoint(character)}\n`).join(""));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  for (const name of names)
    it(`[:${name}:] is glibc's`, () => {
      const question: Question = { pattern: Buffer.from(`[[:${name}:]]`), linesFile: file, locale: "UTF-8" };
      const answer = askGrep(question, directory);
      if (answer.kind !== "matches" || !isClassName(name)) return expect.fail(`grep refuses ${name}`);
      const set = unicodeClass(name);
      const differing = characters.filter(
        (character, line) => hasCharacter(set, character) !== answer.lines.has(line),
      );
      expect(differing.map((character) => character.toString(16))).to.deep.equal([]);
    });
});
