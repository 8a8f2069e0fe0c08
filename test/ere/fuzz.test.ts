/** Random rule sets and lines: the automata agree with grep on every one, in every way a line can be scanned. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { compilePatternSet, type Locale, type PatternSetOptions } from "../../src/ere/index.js";
import { isLong, randomStream, seed } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { compareWithGrep } from "./support/compare-with-grep.js";
import { askGrepOften, type GrepAnswer, type Question } from "./support/grep-judge.js";
import { cornerPattern, randomLine, randomPattern, siblingOf } from "./support/random-patterns.js";

/** LOGWINNOW_SETS asks for another number of rule sets. */
const ruleSets = Number(process.env.LOGWINNOW_SETS ?? (isLong ? 100_000 : 800));
const setsPerCorpus = 50;
const linesPerCorpus = 300;
const patternsPerSet = 3;
/** So many differences are enough to see what is wrong. */
const mostDifferences = 20;

/** Lines as they are scanned, and as grep is to see them. */
interface Corpus {
  readonly lines: readonly Buffer[];
  readonly whole: AskedLines;
  /** Without trailing white space, as sed leaves them. */
  readonly trimmed: AskedLines;
}

interface AskedLines {
  readonly file: string;
  readonly lines: readonly Buffer[];
}

interface RuleSet {
  readonly patterns: readonly Buffer[];
  readonly options: PatternSetOptions;
}

describe("random patterns", function () {
  this.timeout(ruleSets > 2_000 ? 0 : 180_000);
  let directory: string;
  before(function () {
    needsTool(this, "grep", "sed");
    directory = mkdtempSync(join(tmpdir(), "automata-"));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it(`in ${ruleSets} sets match the lines that grep says they match`, () => {
    const random = randomStream(seed);
    const differences: string[] = [];
    const leftOut = new Map<string, number>();
    let sameCount = 0;
    for (let done = 0; done < ruleSets && differences.length < mostDifferences; done += setsPerCorpus) {
      const corpus = corpusOf(random, directory);
      const sets = Array.from({ length: Math.min(setsPerCorpus, ruleSets - done) }, () => ruleSetOf(random));
      const questions = sets.map((set) => questionsOf(set, corpus));
      const answers = askGrepOften(questions.flat(), directory);
      sets.forEach((set, i) => {
        const ours = ourAnswers(set, corpus.lines);
        questions[i]?.forEach((question, n) => {
          const [our, their] = [ours[n], answers[i * patternsPerSet + n]];
          if (our === undefined || their === undefined) throw new Error("bug: an answer is missing");
          const { lines } = corpus[set.options.trimsTrailingSpace ? "trimmed" : "whole"];
          const comparison = compareWithGrep(question, lines, our, their, directory);
          if (comparison.kind === "same") sameCount++;
          else if (comparison.kind === "differs")
            differences.push(`${nameOf(set)} ${quoted(set.patterns[n])}: ${comparison.how}`);
          else leftOut.set(comparison.why, (leftOut.get(comparison.why) ?? 0) + 1);
        });
        // The ways to scan are compared now and then: making a scanner takes longer than asking grep.
        if (i % 8 === 0) differences.push(...differencesBetweenScans(set, corpus.lines));
      });
    }
    console.log(`      grep agrees on ${sameCount} patterns; left out:`);
    for (const [why, count] of leftOut) console.log(`      ${count}: ${why}`);
    expect(differences.join("\n")).to.equal("");
  });
});

function corpusOf(random: () => number, directory: string): Corpus {
  const lines = Array.from({ length: linesPerCorpus }, () => Buffer.from(randomLine(random, 8), "latin1"));
  const whole = { file: join(directory, "whole"), lines };
  writeFileSync(whole.file, joinLines(lines));
  const { stdout } = spawnSync("sed", ["s/[[:space:]]*$//", whole.file], {
    env: { PATH: process.env.PATH, LC_ALL: "C" },
    encoding: "latin1",
  });
  const trimmedLines = stdout.split("\n").slice(0, -1);
  const trimmed = {
    file: join(directory, "trimmed"),
    lines: trimmedLines.map((line) => Buffer.from(line, "latin1")),
  };
  writeFileSync(trimmed.file, stdout, "latin1");
  return { lines, whole, trimmed };
}

function ruleSetOf(random: () => number): RuleSet {
  const texts = Array.from({ length: patternsPerSet }, () =>
    random() < 0.25 ? cornerPattern(random) : randomPattern(random, random() < 0.5 ? 0.5 : 0.1),
  );
  // Patterns of one set share what they begin with, and must not change each other.
  if (random() < 0.4) texts[1] = siblingOf(texts[0] ?? "", random);
  const patterns = texts.map((text) => Buffer.from(text, "latin1"));
  const locale: Locale = random() < 0.5 ? "C" : "UTF-8";
  return { patterns, options: { locale, trimsTrailingSpace: random() < 0.5 } };
}

function questionsOf({ patterns, options }: RuleSet, corpus: Corpus): Question[] {
  const { file } = corpus[options.trimsTrailingSpace ? "trimmed" : "whole"];
  return patterns.map((pattern) => ({ pattern, linesFile: file, locale: options.locale }));
}

function ourAnswers({ patterns, options }: RuleSet, lines: readonly Buffer[]): GrepAnswer[] {
  const { errors } = compilePatternSet(patterns, options);
  const byLine = matchedOneByOne(patterns, options, lines);
  return patterns.map((_, n) => {
    const error = errors.find(({ index }) => index === n);
    if (error !== undefined) return { kind: "refused", reason: error.reason };
    return { kind: "matches", lines: new Set(byLine.flatMap((its, i) => (its.includes(n) ? [i] : []))) };
  });
}

function differencesBetweenScans(set: RuleSet, lines: readonly Buffer[]): string[] {
  const { patterns, options } = set;
  const byLine = matchedOneByOne(patterns, options, lines);
  return [true, false].flatMap((usesWebAssembly) => {
    const scanned = matchedByScan(patterns, { ...options, usesWebAssembly }, lines);
    const wrong = lines.findIndex((_, line) => scanned[line]?.join() !== byLine[line]?.join());
    const how = usesWebAssembly ? "scan in lanes" : "scan plainly";
    return wrong === -1 ? [] : [`${nameOf(set)}: ${how} differs in line ${quoted(lines[wrong])}`];
  });
}

function nameOf({ options: { locale, trimsTrailingSpace } }: RuleSet): string {
  return `${locale}${trimsTrailingSpace ? ", trimmed" : ""}`;
}

function quoted(bytes: Buffer | undefined): string {
  return JSON.stringify(bytes?.toString("latin1"));
}

function joinLines(lines: readonly Buffer[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
}

function matchedOneByOne(
  patterns: readonly Buffer[],
  options: PatternSetOptions,
  lines: readonly Buffer[],
): (readonly number[])[] {
  const scanner = compilePatternSet(patterns, options).set.scanner({ isSelected: () => true });
  return lines.map((line) => scanner.matches(scanner.matchLine(line)));
}

function matchedByScan(
  patterns: readonly Buffer[],
  options: PatternSetOptions,
  lines: readonly Buffer[],
): (readonly number[])[] {
  const scanner = compilePatternSet(patterns, options).set.scanner({ isSelected: () => true });
  const text = joinLines(lines);
  scanner.chunk.set(text);
  const { selectedCount, matchSets } = scanner.scan(text.length);
  return Array.from(matchSets.subarray(0, selectedCount), (id) => scanner.matches(id));
}
