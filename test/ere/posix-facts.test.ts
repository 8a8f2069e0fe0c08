/** POSIX's facts hold, and grep says so too: a wrong fact shows, and so does a grep that has changed its mind. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { compilePatternSet, type Locale } from "../../src/ere/index.js";
import { needsTool } from "../support/tools.js";
import { factsBeyond } from "./posix-facts/beyond.js";
import { bracketFacts } from "./posix-facts/brackets.js";
import { characterFacts } from "./posix-facts/characters.js";
import type { PosixFact } from "./posix-facts/fact.js";
import { structureFacts } from "./posix-facts/structure.js";
import { askGrepOften } from "./support/grep-judge.js";

const posixFacts = [...characterFacts, ...structureFacts, ...bracketFacts, ...factsBeyond];

describe("POSIX", () => {
  let directory: string;
  before(function () {
    needsTool(this, "grep");
    directory = mkdtempSync(join(tmpdir(), "automata-"));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it("is known by more than 250 facts, each told once", () => {
    const facts = posixFacts.flatMap((group) => group.facts);
    const names = facts.map(({ pattern, line }) => `${pattern}\n${line}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).to.deep.equal([]);
    expect(facts.length).to.be.greaterThan(250);
  });

  for (const { shows, facts } of posixFacts)
    it(shows, () => {
      for (const locale of ["C", "UTF-8"] as const) {
        const expected = facts.map(told);
        expect(facts.map((fact) => told({ ...fact, matches: ourVerdict(fact, locale) }))).to.deep.equal(
          expected,
        );
        const answers = grepVerdicts(facts, locale);
        expect(facts.map((fact, i) => told({ ...fact, matches: answers[i] ?? false }))).to.deep.equal(
          expected,
        );
      }
    });

  function grepVerdicts(facts: readonly PosixFact[], locale: Locale): boolean[] {
    const questions = facts.map(({ pattern, line }, i) => {
      const linesFile = join(directory, `line-${i}`);
      writeFileSync(linesFile, `${line}\n`);
      return { pattern: Buffer.from(pattern), linesFile, locale };
    });
    return askGrepOften(questions, directory).map((answer) => {
      if (answer.kind !== "matches") throw new Error(`grep has ${answer.kind}`);
      return answer.lines.has(0);
    });
  }
});

function told({ pattern, line, matches }: PosixFact): string {
  return `${pattern} ${matches ? "matches" : "does not match"} "${line}"`;
}

function ourVerdict({ pattern, line }: PosixFact, locale: Locale): boolean {
  const { set, errors } = compilePatternSet([Buffer.from(pattern)], { locale, trimsTrailingSpace: false });
  expect(errors, pattern).to.deep.equal([]);
  return set.scanner({ isSelected: () => true }).matchLine(Buffer.from(line)) !== 0;
}
