/** Questions about patterns without a log, judged by all short lines, by the matcher and by grep. */
import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, PatternLanguages, type LineAnswer, type Locale } from "../../src/ere/index.js";
import { isLong, randomStream } from "../support/seed.js";
import { askGrepOften, type Question } from "./support/grep-judge.js";
import { randomPattern } from "./support/random-patterns.js";

const bytesOf = (ere: string): Uint8Array => Buffer.from(ere, "latin1");

function languagesOf(eres: readonly string[], locale: Locale, trims = false): PatternLanguages {
  return new PatternLanguages(eres.map(bytesOf), { locale, trimsTrailingSpace: trims });
}

/** "none", "not decided", or the line in quotes. */
function shown(answer: LineAnswer): string {
  return answer.kind === "line" ? JSON.stringify(Buffer.from(answer.line).toString()) : answer.kind;
}

const é = "\xc3\xa9";
const inclusions: readonly (readonly [own: string, other: string, outside: string])[] = [
  ["^a{2,4}$", "^a+$", "none"],
  ["^a{2,4}$", "^a{3,}$", '"aa"'],
  ["^(ab)*$", "^(a|b)*$", "none"],
  ["^x.{200}y$", "^x.*y$", "none"],
  ["^x[ -~]{200}y$", "x.*y", "none"],
  ["^.+$", "^[^ ]+$", '" "'],
  ["^[^ ]+$", "^.+$", "none"],
  ["^\\w+$", "^[[:alnum:]_]+$", "none"],
  ["\\bfoo\\b", "\\<foo\\>", "none"],
  ["foo", "\\<foo\\>", '"fooa"'],
  [`^(${é})+$`, `^(${é}|x)+$`, "none"],
  [`^[${é}b]$`, `^${é}$`, '"b"'],
  ["a|b", "[ab]", "none"],
  ["^a", "a", "none"],
  ["a$", "a", "none"],
  ["a", "^a", '"ba"'],
  ["(aa)\\1", "a", "none"],
  ["^aaa$", "(a)\\1", "not decided"],
  ["b", "(a)\\1", '"b"'],
  ["(b)\\1", "a", "not decided"],
  ["(b|c)", "a(", '"b"'],
  ["a(", "b", "none"],
  ["$^x", "y", "none"],
];

describe("which lines a pattern matches that another does not", () => {
  for (const locale of ["C", "UTF-8"] as const)
    for (const [own, other, outside] of inclusions)
      it(`${own} without ${other}, in ${locale}: ${outside}`, () => {
        expect(shown(languagesOf([own, other], locale).lineOutside(0, [1]))).to.equal(outside);
      });

  it("counts only lines that can be, where trailing white space is cut off", () => {
    expect(shown(languagesOf(["^a ?$", "^a$"], "UTF-8").lineOutside(0, [1]))).to.equal('"a "');
    expect(shown(languagesOf(["^a ?$", "^a$"], "UTF-8", true).lineOutside(0, [1]))).to.equal("none");
    expect(shown(languagesOf(["^a $"], "UTF-8", true).lineOf(0))).to.equal("none");
    expect(shown(languagesOf(["^.{3}$", "^...?$"], "UTF-8", true).lineOutside(0, [1]))).to.equal("none");
    expect(shown(languagesOf(["a[ .]"], "UTF-8", true).lineOf(0))).to.equal('"a."');
  });

  it("takes several patterns for one", () => {
    const languages = languagesOf(["^[a-c]x*$", "^ax*$", "^[bc]x{0,3}$", "^[bc]x{4,}$"], "UTF-8");
    expect(shown(languages.lineOutside(0, [1, 2, 3]))).to.equal("none");
    expect(shown(languages.lineOutside(0, [1, 2]))).to.equal('"bxxxx"');
  });

  it("can be asked of lines that begin in some way", () => {
    const languages = languagesOf(["^[a-z]+ x$", "^b[a-z]+ [xy]$"], "UTF-8");
    expect(shown(languages.lineOutside(0, [1]))).to.equal('"a x"');
    expect(shown(languages.lineOutside(0, [1], { beginning: bytesOf("bc ") }))).to.equal("none");
    expect(shown(languages.lineOutside(0, [1], { beginning: bytesOf("bx") }))).to.equal("none");
    expect(shown(languages.lineOutside(0, [1], { beginning: bytesOf("c") }))).to.equal('"c x"');
  });

  it("is told by bytes that are no UTF-8 where a pattern takes any byte", () => {
    const options = { locale: "UTF-8", trimsTrailingSpace: false } as const;
    const [own, other] = ["^a.c$", "^a[^x]c$|^axc$"].map(bytesOf) as [Uint8Array, Uint8Array];
    const strict = new PatternLanguages([own, other], options);
    expect(shown(strict.lineOutside(0, [1]))).to.equal("none");
    const wide = new PatternLanguages([own, other], { ...options, takesAnyByte: (index) => index === 0 });
    expect(wide.lineOutside(0, [1])).to.deep.equal({ kind: "line", line: Buffer.from("a\x80c", "latin1") });
  });

  it("is not decided past the bound on the work, nor hung on what is large", () => {
    const many = languagesOf(["^[ab]*$", "a.{300}b|x"], "C");
    expect(shown(many.lineOutside(0, [1], { budget: { nodesLeft: 10_000 } }))).to.not.equal("none");
    for (const eres of [
      ["^((a{0,255}){0,255})b$", "^a*b$"],
      ["^((a{0,255})b?){0,255}$", "^[ab]*$"],
      ["^((aa?){1,255}){1,255}$", "^((a{1,2}){1,200}){1,255}b$"],
    ]) {
      const nested = languagesOf(eres, "C");
      nested.lineOutside(0, [1], { budget: { nodesLeft: 1_000_000 } });
      nested.lineOutside(1, [0], { budget: { nodesLeft: 1_000_000 } });
    }
    expect(shown(languagesOf(["^(a|b)*a(a|b){15}$", "^(a|b)*b(a|b){15}$"], "C").lineOfBoth(0, 1))).to.equal(
      "none",
    );
  });

  it("is not decided where patterns name more characters than can be told apart", () => {
    const eres = Array.from({ length: 400 }, (_, n) => Buffer.from(`^${String.fromCodePoint(0x4e00 + n)}$`));
    const languages = new PatternLanguages(eres, { locale: "UTF-8", trimsTrailingSpace: true });
    expect(shown(languages.lineOutside(0, [1]))).to.equal('"一"');
    expect(shown(languages.lineOutside(399, [0]))).to.equal("not decided");
    expect(shown(languages.lineOutside(0, [399]))).to.equal('"一"');
  });
});

describe("other questions", () => {
  const ask = (eres: readonly string[], question: (of: PatternLanguages) => LineAnswer): string =>
    shown(question(languagesOf(eres, "UTF-8", true)));

  it("whether two patterns have a line in common", () => {
    expect(ask(["^a+b?$", "^.b$"], (of) => of.lineOfBoth(0, 1))).to.equal('"ab"');
    expect(ask(["^a+$", "^b+$"], (of) => of.lineOfBoth(0, 1))).to.equal("none");
    expect(ask(["^a{2}$", "(a)\\1"], (of) => of.lineOfBoth(0, 1))).to.equal('"aa"');
  });

  it("whether two patterns match the same lines", () => {
    expect(ask(["^x[[:digit:]]{2}y$", "^x[0-9][0-9]y$"], (of) => of.lineOfOne(0, 1))).to.equal("none");
    expect(ask(["^a+$", "^a*$"], (of) => of.lineOfOne(0, 1))).to.equal('""');
  });

  it("whether a pattern matches any line", () => {
    expect(ask(["a$b"], (of) => of.lineOf(0))).to.equal("none");
    expect(ask(["^[^ ]+ \\d+$"], (of) => of.lineOf(0))).to.equal('"a d"');
  });

  it("what remains of a pattern when some take lines away, and others give them back", () => {
    const groups = [
      { patterns: [1], isWanted: false },
      { patterns: [2], isWanted: true },
    ] as const;
    const remains = ([isTaken, isGivenBack]: readonly boolean[]): boolean =>
      isTaken !== true || isGivenBack === true;
    expect(ask(["^ab?c?$", "a", "b"], (of) => of.find(0, groups, remains))).to.equal('"ab"');
    expect(ask(["^ab?c?$", "a", "d"], (of) => of.find(0, groups, remains))).to.equal("none");
  });
});

/** All lines of up to five of these; the last is one character, or two bytes in C. */
const letters = ["a", "b", " ", "1", "_", é];
function linesOf(length: number): string[] {
  return length === 0 ? [""] : linesOf(length - 1).flatMap((line) => letters.map((letter) => line + letter));
}

describe("the answers", function () {
  this.timeout(isLong ? 0 : 120_000);
  const short = [0, 1, 2, 3, 4].flatMap(linesOf).map(bytesOf);

  /** By line, whether the pattern matches; undefined for one that is refused. */
  function matchesOf(ere: string, locale: Locale): ((line: Uint8Array) => boolean) | undefined {
    try {
      const patterns = compile([bytesOf(ere)], { locale });
      return (line) => patterns.matches(line).length > 0;
    } catch {
      return undefined;
    }
  }

  const lengthOf = (line: Uint8Array, locale: Locale): number =>
    locale === "C" ? line.length : Array.from(Buffer.from(line).toString()).length;

  it("agree with trying all short lines, and grep finds every line that is given", () => {
    const random = randomStream();
    const directory = mkdtempSync(join(tmpdir(), "languages-"));
    const questions: (Question & { readonly expected: boolean; readonly ere: string })[] = [];
    let [decided, included] = [0, 0];
    const rounds = isLong ? 5_000 : 400;
    for (let round = 0; round < rounds; round++) {
      const locale = random() < 0.5 ? "C" : "UTF-8";
      const oddness = random() < 0.5 ? 0 : 0.15;
      const eres = [0, 1].map(() => randomPattern(random, oddness)) as [string, string];
      const [one, other] = eres.map((ere) => matchesOf(ere, locale));
      if (one === undefined || other === undefined) continue;
      const languages = languagesOf(eres, locale);
      const isOutside = (line: Uint8Array): boolean => one(line) && !other(line);
      const isCommon = (line: Uint8Array): boolean => one(line) && other(line);
      const asked = [
        [languages.lineOutside(0, [1]), isOutside, [true, false]],
        [languages.lineOfBoth(0, 1), isCommon, [true, true]],
      ] as const;
      for (const [answer, holds, expected] of asked) {
        const told = `${JSON.stringify(eres)} in ${locale}: ${shown(answer)}`;
        if (answer.kind === "not decided") continue;
        decided++;
        const first = short.find(holds);
        if (answer.kind === "none") {
          included++;
          expect(first && Buffer.from(first).toString(), told).to.equal(undefined);
          continue;
        }
        expect(holds(answer.line), told).to.equal(true);
        if (first) expect(lengthOf(answer.line, locale), told).to.be.at.most(lengthOf(first, locale));
        const linesFile = join(directory, `line-${questions.length}`);
        writeFileSync(linesFile, Buffer.concat([answer.line, Buffer.from("\n")]));
        eres.forEach((ere, i) =>
          questions.push({
            pattern: bytesOf(ere),
            linesFile,
            locale,
            expected: expected[i] ?? false,
            ere: told,
          }),
        );
      }
    }
    for (let at = 0; at < questions.length; at += 500) {
      const some = questions.slice(at, at + 500);
      for (const [i, answer] of askGrepOften(some, directory).entries()) {
        if (answer.kind !== "matches") continue;
        expect(answer.lines.has(0), `${some[i]?.ere}, pattern ${i % 2}`).to.equal(some[i]?.expected);
      }
    }
    rmSync(directory, { recursive: true });
    expect(decided).to.be.greaterThan(rounds);
    expect(included).to.be.greaterThan(rounds / 10);
  });
});
