/** Five corners of grep's syntax in which ours differed; grep judges each, alone and beside patterns that begin alike. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { compilePatternSet, type Locale } from "../../src/ere/index.js";
import { askGrep } from "../ere/support/grep-judge.js";
import { expectLinear } from "../support/expect-linear.js";
import { needsTool } from "../support/tools.js";

const zeros = "0".repeat(70);

/** What, and sets of patterns that show it. Patterns and lines are latin1: a character is a byte. */
const corners: readonly (readonly [string, readonly (readonly string[])[]])[] = [
  [
    "a byte that is no UTF-8 leaves patterns alone that share its beginning",
    [
      ["^x\xc3NEVER$", "^x\xc3\xa9?y$"],
      ["^x\xe2\x82NEVER$", "^x\xe2\x82\xac?y$"],
      ["^x\xe2NEVER$", "^x\xe2\x82\xac*y$", "^x\xe2\x82y$"],
      ["x(\xc3|y)z", "x(\xc3\xa9?|y)z"],
      ["^x\xc3$", "^x\xc3{0}y$", "^x\xc3\xa9{0}y$"],
      ["^x\\\xc3y", "^x\\\xc3\xa9?y"],
    ],
  ],
  [
    "an escaped comma or zero makes no interval",
    [
      ["a{1\\,2}b", "a{1,2}b"],
      ["a{\\01,2}", "{\\01,2}", "a{1,\\02}"],
      ["a{1\\,}b", "(a){1\\,2}\\1", "[^b]{1\\,2}b", "a{1\\,2}{2}"],
    ],
  ],
  [
    "contradictory anchors before fixed text are forgotten, whatever the text is made of",
    [
      ["^${a}ab$", "^${a}a", "${a}a$", "^$a{{$", "^$a{1$"],
      [
        "^$(a|a)ab$",
        "^$(a|b)ab$",
        "^$(^a|a)b$",
        "^$(a|a$)b$",
        "$(^|^)ab$",
        "{1}^$b$",
        "^${1}b$",
        "x{0}{1}^$b$",
        "^${1}{1}ab$",
        "^$(a|a|a)$",
        "^$(ab|ab)$",
      ],
    ],
  ],
  [
    "an interval is one however many zeros it has",
    [[`a{${zeros}2}b`, `^a{1,${zeros}2}$`, `^[^[=b=]]{${zeros}2}$`, `^*{${zeros}2}a$`, `(a){${zeros}2,}\\1`]],
  ],
  [
    "where only glibc can match any of a pattern, glibc judges alone",
    [
      ["^[^[=a=]]\\b{1}$", "[^[=a=]]\\b{1}$", "(^[^[=a=]]\\b{1}|)$", "^[[=b=]]*\\B{1}$", "()\\b{1}\\1$"],
      ["^[^[=a=]]\\b{1}1}$", "x|[^[=a=]]\\b{1}$", "a{0}[^[=a=]]\\b{1}$"],
    ],
  ],
];

const alphabet = ["a", "b", "x", "y", "1", "}", "{", ",", "\xc3", "\xa9"];
const moreLines = [
  "x\xc3\xa9y",
  "x\xe2\x82\xacy",
  "x\xe2y",
  "x\xc3NEVER",
  "x\xe2\x82NEVER",
  "a{1,2}b",
  "{01,2}",
  "a{01,2}",
  "a{1,02}",
  "{a}ab",
  "aaab",
  "a{1,}b",
  `{${zeros}2}a`,
  "b1}1}",
];

describe("corners of the engine: grep judges that", function () {
  this.timeout(60_000);
  let directory: string;
  let linesFile: string;
  const words = ["", ...alphabet].flatMap((one) =>
    alphabet.flatMap((two) => ["", ...alphabet].map((three) => one + two + three)),
  );
  const lines = ["", ...words, ...moreLines].map((line) => Buffer.from(line, "latin1"));
  before(function () {
    needsTool(this, "grep");
    directory = mkdtempSync(join(tmpdir(), "corners-"));
    linesFile = join(directory, "lines");
    writeFileSync(linesFile, Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")])));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  for (const [what, sets] of corners)
    for (const locale of ["C", "UTF-8"] as const)
      it(`${what} (${locale})`, () => {
        for (const set of sets) {
          const ours = matchedBy(set, locale, lines);
          set.forEach((text, n) => {
            const answer = askGrep({ pattern: Buffer.from(text, "latin1"), linesFile, locale }, directory);
            if (answer.kind !== "matches") throw new Error(`grep gives no answer for ${text}`);
            const differing = lines.filter((_, i) => ours[i]?.includes(n) !== answer.lines.has(i));
            expect(
              differing.map((line) => line.toString("latin1")),
              text,
            ).to.deep.equal([]);
          });
        }
      });
});

function matchedBy(set: readonly string[], locale: Locale, lines: readonly Buffer[]): (readonly number[])[] {
  const patterns = set.map((text) => Buffer.from(text, "latin1"));
  const scanner = compilePatternSet(patterns, { locale, trimsTrailingSpace: false }).set.scanner({
    isSelected: () => true,
  });
  return lines.map((line) => scanner.matches(scanner.matchLine(line)));
}

describe("a repetition of what can be empty", () => {
  const patternsOf = (times: number): string[] => [
    `{1}{${times}}.[^y]x|$`,
    `(){${times}}[^y]x\\b|$`,
    `(|a){${times}}x\\b|$`,
    `\\b{${times}}x|$`,
    `((a?){${times}}|b*)\\b[^y]x|$`,
  ];

  /** How many lines matched, that the work is not left out. */
  function walk(patterns: readonly string[]): number {
    const scanner = compilePatternSet(
      patterns.map((text) => Buffer.from(text)),
      { locale: "UTF-8", trimsTrailingSpace: true },
    ).set.scanner({ isSelected: () => true });
    let matched = 0;
    for (let line = 0; line < 200; line++)
      matched += scanner.matches(scanner.matchLine(Buffer.from(`line ${line} of a log`))).length;
    return matched;
  }

  for (const [place] of patternsOf(1).entries())
    it(`costs a line no more the more often it is repeated: ${patternsOf(1000)[place]}`, async () => {
      const walkingRepeated = (times: number) => {
        const pattern = patternsOf(times)[place] ?? "";
        return () => expect(walk([pattern])).to.equal(200);
      };
      await expectLinear("lines walked", walkingRepeated, 8_000);
    });
});
