/** Random rule sets and lines: the automata agree with grep on every one. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { compilePatternSet, type Locale } from "../../src/automata/pattern-set.js";
import { isLong, randomStream, seed } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { askGrep } from "./support/grep-judge.js";
import { randomLine, randomPattern } from "./support/random-patterns.js";

const ruleSets = Number(process.env.FUZZ_SETS ?? (isLong ? 100_000 : 2_000));

describe("random patterns", function () {
  this.timeout(0);
  let directory: string;
  before(function () {
    needsTool(this, "grep");
    directory = mkdtempSync(join(tmpdir(), "automata-"));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it("match the lines that grep says they match", () => {
    const random = randomStream(seed);
    const differences: string[] = [];
    let lines: Buffer[] = [];
    const linesFile = join(directory, "lines");
    for (let round = 0; round < ruleSets && differences.length < 40; round++) {
      const locale: Locale = random() < 0.5 ? "C" : "UTF-8";
      if (round % 50 === 0) {
        lines = Array.from({ length: 300 }, () => Buffer.from(randomLine(random, 8), "latin1"));
        writeFileSync(linesFile, Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")])));
      }
      const texts = [0, 1, 2].map(() => randomPattern(random, random() < 0.5 ? 0.5 : 0.1));
      const patterns = texts.map((text) => Buffer.from(text, "latin1"));
      const { set, errors } = compilePatternSet(patterns, { locale, trimsTrailingSpace: false });
      const scanner = set.scanner({ isListed: () => true });
      const sets = lines.map((line) => scanner.matches(scanner.matchLine(line)));
      const asked = round % 3;
      const pattern = patterns[asked]!;
      const answer = askGrep(pattern, linesFile, locale);
      const name = `${locale} ${JSON.stringify(texts[asked])}`;
      const error = errors.find(({ index }) => index === asked);
      if (answer.kind === "refused") {
        if (error?.reason !== answer.reason)
          differences.push(`${name}: grep "${answer.reason}" ours "${error?.reason}"`);
      } else if (error !== undefined) differences.push(`${name}: grep accepts, ours "${error.reason}"`);
      else {
        const wrong = sets.findIndex((matches, line) => matches.includes(asked) !== answer.lines.has(line));
        if (wrong !== -1) {
          const all = sets.filter(
            (matches, line) => matches.includes(asked) !== answer.lines.has(line),
          ).length;
          differences.push(
            `${name}: line ${JSON.stringify(lines[wrong]!.toString("latin1"))}: grep ${answer.lines.has(wrong)} (${all} lines)`,
          );
        }
      }
    }
    expect(differences.join("\n")).to.equal("");
  });
});
