/** Random rule sets and lines: the automata agree with grep on every one, in every way a line can be scanned. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { compilePatternSet, type Locale, type PatternSetOptions } from "../../src/automata/pattern-set.js";
import { isLong, randomStream, seed } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { askGrep } from "./support/grep-judge.js";
import { randomLine, randomPattern } from "./support/random-patterns.js";

const ruleSets = isLong ? 100_000 : 2_000;
const roundsPerCorpus = 50;
const linesPerCorpus = 300;

interface Corpus {
  readonly lines: readonly Buffer[];
  readonly wholeFile: string;
  /** The same lines without trailing white space, as sed leaves them. */
  readonly trimmedFile: string;
}

describe("random patterns", function () {
  this.timeout(isLong ? 0 : 180_000);
  let directory: string;
  before(function () {
    needsTool(this, "grep", "sed");
    directory = mkdtempSync(join(tmpdir(), "automata-"));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  function corpusOf(random: () => number): Corpus {
    const lines = Array.from({ length: linesPerCorpus }, () => Buffer.from(randomLine(random, 8), "latin1"));
    const [wholeFile, trimmedFile] = [join(directory, "whole"), join(directory, "trimmed")];
    writeFileSync(wholeFile, joinLines(lines));
    const sed = spawnSync("sed", ["s/[[:space:]]*$//", wholeFile], {
      env: { PATH: process.env.PATH, LC_ALL: "C" },
    });
    writeFileSync(trimmedFile, sed.stdout);
    return { lines, wholeFile, trimmedFile };
  }

  it("match the lines that grep says they match", () => {
    const random = randomStream(seed);
    const differences: string[] = [];
    let corpus = corpusOf(random);
    for (let round = 0; round < ruleSets && differences.length < 20; round++) {
      if (round % roundsPerCorpus === 0) corpus = corpusOf(random);
      const texts = [0, 1, 2].map(() => randomPattern(random, random() < 0.5 ? 0.5 : 0.1));
      const patterns = texts.map((text) => Buffer.from(text, "latin1"));
      const locale: Locale = random() < 0.5 ? "C" : "UTF-8";
      const trimsTrailingSpace = random() < 0.5;
      const options = { locale, trimsTrailingSpace };
      const asked = round % patterns.length;
      const name = `${locale}${trimsTrailingSpace ? ", trimmed" : ""} ${JSON.stringify(texts[asked])}`;
      const answer = askGrep(
        patterns[asked] ?? Buffer.alloc(0),
        trimsTrailingSpace ? corpus.trimmedFile : corpus.wholeFile,
        locale,
      );
      const { errors } = compilePatternSet(patterns, options);
      const error = errors.find(({ index }) => index === asked);
      if (answer.kind === "refused" || error !== undefined) {
        const theirs = answer.kind === "refused" ? answer.reason : "no error";
        const ours = error?.reason ?? "no error";
        if (theirs !== ours) differences.push(`${name}: grep says "${theirs}", not "${ours}"`);
        continue;
      }
      const byLine = matchedOneByOne(patterns, options, corpus.lines);
      const wrong = corpus.lines.findIndex(
        (_, line) => byLine[line]?.includes(asked) !== answer.lines.has(line),
      );
      if (wrong !== -1) {
        const line = JSON.stringify(corpus.lines[wrong]?.toString("latin1"));
        differences.push(`${name}: grep says ${answer.lines.has(wrong)} of line ${line}`);
      }
      // The ways to scan are compared now and then: making a scanner takes longer than asking grep.
      for (const usesWebAssembly of round % 8 === 0 ? [true, false] : []) {
        const scanned = matchedByScan(patterns, { ...options, usesWebAssembly }, corpus.lines);
        const differs = corpus.lines.findIndex((_, line) => scanned[line]?.join() !== byLine[line]?.join());
        if (differs !== -1) {
          const line = JSON.stringify(corpus.lines[differs]?.toString("latin1"));
          differences.push(
            `${name}: scan ${usesWebAssembly ? "in lanes" : "plainly"} differs in line ${line}`,
          );
        }
      }
    }
    expect(differences.join("\n")).to.equal("");
  });
});

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
