/** Where GNU grep itself errs, shown by grep: ours goes by POSIX there. A grep that is mended shows too. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { compilePatternSet } from "../../src/ere/index.js";
import { needsTool } from "../support/tools.js";
import { faultIn, isBeyondUnicode } from "./support/grep-faults.js";
import { askGrep } from "./support/grep-judge.js";

describe("where grep is wrong, it is not followed:", () => {
  interface Deviation {
    readonly what: string;
    readonly pattern: string;
    readonly line: string;
    readonly grep: boolean;
    readonly ours: boolean;
  }
  const deviations: readonly Deviation[] = [
    {
      what: "glibc forgets an anchor in the copies that counting makes, and matches too much",
      pattern: "^( \\B[ab]){,2}b",
      line: " bba",
      grep: true,
      ours: false,
    },
    {
      what: "or then fails to say where the groups are, and finds no match at all",
      pattern: "(\\<a){,2}",
      line: "aa",
      grep: false,
      ours: true,
    },
    {
      what: "glibc asks the pattern, not the line, whether a word goes on in a byte that is no UTF-8",
      pattern: "(\xc3?)\\B\xa9",
      line: "\xc3\xa9",
      grep: false,
      ours: true,
    },
    {
      what: "glibc skips places where a match could start after a loop",
      pattern: ".*\xa9",
      line: "\xc3\xa9",
      grep: false,
      ours: true,
    },
    {
      what: "glibc loses what a repeated group has matched",
      pattern: "(a){,2}\\1",
      line: "aa",
      grep: false,
      ours: true,
    },
    {
      what: "glibc goes astray where nothing is repeated beside a back-reference",
      pattern: "(()+)\\1",
      line: "",
      grep: false,
      ours: true,
    },
    {
      what: "glibc takes one group for another where two back-references can be empty",
      pattern: "^(|a)(|a)()\\2\\2$",
      line: "aa",
      grep: true,
      ours: false,
    },
    {
      what: "or counts too much of a group that another repeats",
      pattern: "^(a*)((a?)b?)\\2()(|a)\\1b*$",
      line: "aabba",
      grep: true,
      ours: false,
    },
    {
      what: "a dot matches numbers past 10FFFF, if something else is left to glibc",
      pattern: ".[[:alpha:]]",
      line: "\xf4\x90\x80\x80a",
      grep: true,
      ours: false,
    },
  ];
  let directory: string;
  before(function () {
    needsTool(this, "grep");
    directory = mkdtempSync(join(tmpdir(), "automata-"));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  for (const { what, pattern: text, line: lineText, grep, ours } of deviations)
    it(`${what}, as in ${text}`, () => {
      const [pattern, line] = [Buffer.from(text, "latin1"), Buffer.from(lineText, "latin1")];
      const linesFile = join(directory, "line");
      writeFileSync(linesFile, Buffer.concat([line, Buffer.from("\n")]));
      const answer = askGrep({ pattern, linesFile, locale: "UTF-8" }, directory);
      expect(answer.kind === "matches" ? answer.lines.has(0) : answer.kind, "grep").to.equal(grep);
      const { set } = compilePatternSet([pattern], { locale: "UTF-8", trimsTrailingSpace: false });
      expect(set.scanner({ isSelected: () => true }).matchLine(line) !== 0, "ours").to.equal(ours);
      expect(faultIn(pattern, "UTF-8") !== undefined || isBeyondUnicode(line)).to.equal(true);
    });
});
