/** Directive comments: what they say is kept, what they get wrong is named and changes nothing else. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readDirectives } from "../../src/rules/directives.js";
import { loadRules } from "../../src/rules/load-rules.js";
import { readRuleFile } from "../../src/rules/rule-file.js";
import { formatNotice } from "../../src/std/notice.js";
import { repository } from "./shipped.js";

const packets = { tally: ["packets"] };
const form = 'not of the form key=value or key="some words"';

/** Comments, what they say, and what is wrong with them as column and reason. */
const comments: readonly (readonly [string, object, ...string[]])[] = [
  ["#@ tally=packets", packets],
  ['#@tally="packets"', packets],
  ["#@\ttally=packets \r", packets],
  ["#@", {}],
  ["#@ tally=packets,packets", packets],
  ["#@ tally=packets until=2027-01-31", packets, '18: unknown directive "until"'],
  ['#@ reason="a \\b=c" tally=packets', packets, '4: unknown directive "reason"'],
  ["#@ tally=address", {}, '4: unknown value "address" of "tally", which takes "packets"'],
  ["#@ tally=caf\xc3\xa9", {}, '4: unknown value "café" of "tally", which takes "packets"'],
  ["#@ tally=packets,user", {}, '4: unknown value "packets,user" of "tally", which takes "packets"'],
  ["#@ tally=packets tally=packets", packets, '18: "tally" is given twice'],
  ["#@ tally", {}, `4: ${form}`],
  ["#@ tally= packets", {}, `4: ${form}`, `11: ${form}`],
  ["#@ Tally=packets =x tally=packets", packets, `4: ${form}`, `18: ${form}`],
  ['#@ tally=pack"ets tally=packets', packets, `4: ${form}`],
  ['#@ tally="packets"x', {}, `4: ${form}`],
  ['#@ tally=packets reason="open tally=packets', packets, "18: a quote is not closed"],
  ['#@ tally=""', {}, '4: unknown value "" of "tally", which takes "packets"'],
];

describe("directives: key=value in a comment", () => {
  for (const [comment, directives, ...errors] of comments) {
    it(JSON.stringify(comment), () => {
      const read = readDirectives(comment);
      expect(read.directives).to.deep.equal(directives);
      expect(read.errors.map(({ column, reason }) => `${column}: ${reason}`)).to.deep.equal(errors);
    });
  }
});

describe("directives: the rules that a comment qualifies", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "directives-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  /** The rules of a file, those that are counted with a "+", and its notices. */
  function read(...lines: readonly string[]) {
    const path = join(directory, "rules");
    writeFileSync(path, `${lines.join("\n")}\n`, "latin1");
    const { rules, notices } = readRuleFile({ path, list: "ignored" });
    return {
      rules: rules.map(({ text, directives }) => (directives?.tally ? `${text} +` : text)).join(", "),
      notices: notices.map((notice) => formatNotice(notice).replace(path, "FILE")),
    };
  }

  it("are those up to a blank line; other comments between them do not end it", () => {
    expect(read("a", "#@ tally=packets", "b", "# and", "c", " \t", "d")).to.deep.equal({
      rules: "a, b +, c +, d",
      notices: [],
    });
  });

  it("are those up to the next such comment, which says all that holds from there", () => {
    expect(read("#@ tally=packets", "a", "#@", "b", "#@ tally=packets", "c")).to.deep.equal({
      rules: "a +, b, c +",
      notices: [],
    });
  });

  it("stay on whatever is wrong with the comment, and the notice says where that is", () => {
    expect(read("# one", "#@ tally=packets max=20/h", "a", "b")).to.deep.equal({
      rules: "a +, b +",
      notices: ['FILE:2:18: unknown directive "max": directive not applied, its rules stay on'],
    });
  });

  it("are at least one, or the comment is named: it stands in the wrong place", () => {
    const useless =
      "no rule follows before a blank line or the next such comment: its directives have no effect";
    expect(
      read("#@ tally=packets", "", "a", "#@ tally=packets", "#@ tally=packets", "b", "#@"),
    ).to.deep.equal({
      rules: "a, b +",
      notices: [`FILE:1:1: ${useless}`, `FILE:4:1: ${useless}`, `FILE:7:1: ${useless}`],
    });
  });
});

describe("directives: the shipped rules", () => {
  it("have packets counted by every rule that ignores packets, and by no other", () => {
    const directories = [{ path: repository, isNamed: true }];
    const { rules, notices } = loadRules({ directories, level: "workstation" });
    expect(notices).to.deep.equal([]);
    const ignoring = rules.filter(({ list }) => list === "ignored");
    const tallied = ignoring.filter(({ directives }) => directives?.tally?.includes("packets"));
    expect(tallied.map(({ text }) => text)).to.deep.equal(
      ignoring.map(({ text }) => text).filter((text) => text.includes(" OUT=")),
    );
    expect(tallied).to.have.length(2);
  });
});
