/** Random rule sets and lines: the automata agree with grep on every one, in every way a line can be scanned. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { compilePatternSet, type Locale, type PatternSetOptions } from "../../src/automata/pattern-set.js";
import { isLong, randomStream, seed } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { faultIn, grepFaults, isBeyondUnicode } from "./support/grep-faults.js";
import { askGrepOften, type GrepAnswer } from "./support/grep-judge.js";
import { randomLine, randomPattern } from "./support/random-patterns.js";

/** LOGWINNOW_SETS asks for another number of rule sets. */
const ruleSets = Number(process.env.LOGWINNOW_SETS ?? (isLong ? 100_000 : 2_000));
const setsPerCorpus = 50;
const linesPerCorpus = 300;
const patternsPerSet = 3;
/** So many differences are enough to see what is wrong. */
const mostDifferences = 20;

interface Corpus {
  readonly lines: readonly Buffer[];
  readonly wholeFile: string;
  /** The same lines without trailing white space, as sed leaves them. */
  readonly trimmedFile: string;
}

interface RuleSet {
  readonly texts: readonly string[];
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
    let comparedCount = 0;
    for (let done = 0; done < ruleSets && differences.length < mostDifferences; done += setsPerCorpus) {
      const corpus = corpusOf(random, directory);
      const sets = Array.from({ length: Math.min(setsPerCorpus, ruleSets - done) }, () => ruleSetOf(random));
      const answers = askGrepOften(
        sets.flatMap(({ patterns, options: { locale, trimsTrailingSpace } }) => {
          const linesFile = trimsTrailingSpace ? corpus.trimmedFile : corpus.wholeFile;
          return patterns.map((pattern) => ({ pattern, linesFile, locale }));
        }),
        directory,
      );
      sets.forEach((set, i) => {
        const its = answers.slice(i * patternsPerSet, (i + 1) * patternsPerSet);
        const compared = compare(set, its, corpus.lines);
        differences.push(...compared.differences);
        comparedCount += patternsPerSet - compared.leftOut.length;
        for (const reason of compared.leftOut) leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
        // The ways to scan are compared now and then: making a scanner takes longer than asking grep.
        if (i % 8 === 0) differences.push(...differencesBetweenScans(set, corpus.lines));
      });
    }
    console.log(`      ${comparedCount} patterns compared with grep; left out:`);
    for (const [reason, count] of leftOut) console.log(`      ${count}: ${reason}`);
    expect(differences.join("\n")).to.equal("");
  });
});

function corpusOf(random: () => number, directory: string): Corpus {
  const lines = Array.from({ length: linesPerCorpus }, () => Buffer.from(randomLine(random, 8), "latin1"));
  const [wholeFile, trimmedFile] = [join(directory, "whole"), join(directory, "trimmed")];
  writeFileSync(wholeFile, joinLines(lines));
  const sed = spawnSync("sed", ["s/[[:space:]]*$//", wholeFile], {
    env: { PATH: process.env.PATH, LC_ALL: "C" },
  });
  writeFileSync(trimmedFile, sed.stdout);
  return { lines, wholeFile, trimmedFile };
}

function ruleSetOf(random: () => number): RuleSet {
  const texts = Array.from({ length: patternsPerSet }, () =>
    randomPattern(random, random() < 0.5 ? 0.5 : 0.1),
  );
  const locale: Locale = random() < 0.5 ? "C" : "UTF-8";
  const patterns = texts.map((text) => Buffer.from(text, "latin1"));
  return { texts, patterns, options: { locale, trimsTrailingSpace: random() < 0.5 } };
}

function compare(
  { texts, patterns, options }: RuleSet,
  answers: readonly GrepAnswer[],
  lines: readonly Buffer[],
): { readonly differences: readonly string[]; readonly leftOut: readonly string[] } {
  const differences: string[] = [];
  const leftOut: string[] = [];
  const { errors } = compilePatternSet(patterns, options);
  const byLine = matchedOneByOne(patterns, options, lines);
  answers.forEach((answer, asked) => {
    const differs = (how: string): void => {
      differences.push(`${nameOf(options)} ${JSON.stringify(texts[asked])}: ${how}`);
    };
    const reason = errors.find(({ index }) => index === asked)?.reason;
    if (answer.kind === "no answer") leftOut.push("grep crashed or did not come to an end");
    else if (answer.kind === "refused" || reason !== undefined) {
      const theirs = answer.kind === "refused" ? answer.reason : "no error";
      const ours = reason ?? "no error";
      if (theirs !== ours) differs(`grep says "${theirs}", not "${ours}"`);
    } else {
      const fault = faultIn(patterns[asked] ?? Buffer.alloc(0), options.locale);
      if (fault !== undefined) return leftOut.push(grepFaults[fault]);
      const mayMiss = (line: Buffer) => options.locale === "UTF-8" && isBeyondUnicode(line);
      const wrong = lines.findIndex((line, i) => {
        const [ours, theirs] = [byLine[i]?.includes(asked) ?? false, answer.lines.has(i)];
        return ours !== theirs && !(theirs && mayMiss(line));
      });
      if (wrong !== -1) differs(`grep says ${answer.lines.has(wrong)} of line ${quoted(lines[wrong])}`);
    }
    return undefined;
  });
  return { differences, leftOut };
}

function differencesBetweenScans({ patterns, options }: RuleSet, lines: readonly Buffer[]): string[] {
  const byLine = matchedOneByOne(patterns, options, lines);
  return [true, false].flatMap((usesWebAssembly) => {
    const scanned = matchedByScan(patterns, { ...options, usesWebAssembly }, lines);
    const wrong = lines.findIndex((_, line) => scanned[line]?.join() !== byLine[line]?.join());
    const how = usesWebAssembly ? "scan in lanes" : "scan plainly";
    return wrong === -1 ? [] : [`${nameOf(options)}: ${how} differs in line ${quoted(lines[wrong])}`];
  });
}

function nameOf({ locale, trimsTrailingSpace }: PatternSetOptions): string {
  return `${locale}${trimsTrailingSpace ? ", trimmed" : ""}`;
}

function quoted(line: Buffer | undefined): string {
  return JSON.stringify(line?.toString("latin1"));
}

function joinLines(lines: readonly Buffer[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")]));
}

function matchedOneByOne(
  patterns: readonly Buffer[],
  options: PatternSetOptions,
  lines: readonly Buffer[],
): (readonly number[])[] {
  const scanner = compilePatternSet(patterns, options).set.scanner({ isListed: () => true });
  return lines.map((line) => scanner.matches(scanner.matchLine(line)));
}

function matchedByScan(
  patterns: readonly Buffer[],
  options: PatternSetOptions,
  lines: readonly Buffer[],
): (readonly number[])[] {
  const scanner = compilePatternSet(patterns, options).set.scanner({ isListed: () => true });
  const text = joinLines(lines);
  scanner.chunk.set(text);
  const { listedCount, matchSets } = scanner.scan(text.length);
  return Array.from(matchSets.subarray(0, listedCount), (id) => scanner.matches(id));
}
