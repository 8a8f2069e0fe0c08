/** What happened in the words of rule files: fixed words only, for rules of anybody. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { readEntry } from "../../src/entry/header.js";
import { createGroupTable, defaultGroupLimits } from "../../src/group/group-table.js";
import type { Group } from "../../src/group/group.js";
import { decidingRules } from "../../src/rules/deciding-rules.js";
import { verdictOf } from "../../src/rules/layers.js";
import { loadRuleSet } from "../../src/rules/load-rule-set.js";

const now = new Date(2026, 10, 22, 12);

describe("titles of rules", () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "titles-"))));
  afterEach(() => rmSync(root, { recursive: true }));

  /** In: files by path below `root`, and messages of "app". Out: the groups of a report, and what is said about rules. */
  function read(
    files: Readonly<Record<string, readonly string[]>>,
    messages: readonly string[],
    earlier: readonly Group[] = [],
  ): { readonly groups: readonly Group[]; readonly notices: readonly string[] } {
    for (const [name, lines] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), `${lines.join("\n")}\n`, "latin1");
    }
    const directories = ["shipped", "own"].map((name) => ({ path: join(root, name), isNamed: false }));
    const { ruleSet, titles, notices } = loadRuleSet(
      { directories, level: "server", locale: "UTF-8" },
      undefined,
    );
    const scanner = ruleSet.patterns.scanner({ isSelected: () => true });
    const table = createGroupTable({ isGrouped: true, limits: defaultGroupLimits, titles }, earlier);
    for (const message of messages) {
      const line = `Nov 22 10:00:00 web1 app: ${message}`;
      const verdict = verdictOf(decidingRules(ruleSet, scanner, Buffer.from(line, "latin1")));
      const entry = readEntry(line, now);
      if (verdict.layer !== "ignored")
        table.add({ source: "syslog", line, trueLengthBytes: line.length, verdict, entry });
    }
    return {
      groups: table.groups(),
      notices: notices.map(({ where, what, done }) => `${where.replace(`${root}/`, "")}: ${what}: ${done}`),
    };
  }

  const titlesOf = ({ groups }: { readonly groups: readonly Group[] }): readonly (string | undefined)[] =>
    groups.map(({ title }) => title);

  const words = '#@ title="{2} ran {1}"';
  const program = "app: (curl|wget) by (www-data|nobody|)";

  it("have the words of a group that is a list of words, also under another header than the rule's", () => {
    const rule = `^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ ${program}`;
    const { groups, notices } = read({ "own/never.d/app": [words, rule] }, ["wget by www-data"]);
    expect(groups[0]?.title).to.equal("www-data ran wget");
    expect(notices).to.deep.equal([]);
  });

  it("say nothing of a group that did not take part, and need three characters", () => {
    const files = { "own/never.d/app": ['#@ title="{1} {2}"', "app: (a)?(b|)$"] };
    expect(titlesOf(read(files, [""]))).to.deep.equal([undefined]);
  });

  it("leave out what a log could choose, and say so with its column", () => {
    const files = { "own/never.d/app": ['#@ title="{1} ran {2} as {3}"', "app: ([a-z]+) runs (ls|su)"] };
    const { groups, notices } = read(files, ["alice runs su"]);
    expect(groups[0]?.title).to.equal("* ran su as *");
    expect(notices).to.deep.equal([
      'own/never.d/app:2:6: its title shows group 1, which is no list of fixed words: "*" stands in its place',
      'own/never.d/app:2:1: its title names group 3, which the rule does not have: "*" stands in its place',
    ]);
  });

  it("leave out what is not true of all lines of a kind, also over two batches", () => {
    const files = {
      "own/violations.d/app": ['#@ title="{1} of {2} failed"', "app: (job|task) of '?(a|b)'? failed"],
    };
    const [one, other] = ["job of 'a' failed", "job of 'b' failed"];
    const both = read(files, [one, other]);
    expect(both.groups.length).to.equal(1);
    expect(titlesOf(both)).to.deep.equal(["job of * failed"]);
    const first = read(files, [one]).groups;
    expect(titlesOf(read(files, [one], first))).to.deep.equal(["job of a failed"]);
    expect(titlesOf(read(files, [other], first))).to.deep.equal(["* of * failed"]);
  });

  it("come from titles.d for rules and lines that have none, and decide nothing", () => {
    const files = {
      "own/violations.d/app": ["app: odd"],
      "own/ignore.d/server/app": ["app: dull$"],
      "own/titles.d/app": ['#@ title="the app was odd" band=damage', "app: (odd|dull|new)", "app: .* crate"],
    };
    const found = read(files, ["odd", "dull", "new crate", "plain"]);
    expect(found.groups.map(({ layer, title, band }) => [layer, title, band])).to.deep.equal([
      ["violation", "the app was odd", "damage"],
      ["remainder", "the app was odd", "damage"],
      ["remainder", undefined, undefined],
    ]);
    expect(found.notices).to.deep.equal([]);
  });

  it("leave a rule its own title, unless titles.d has its very text or names its file", () => {
    const rules = ['#@ title="as shipped" band=damage key=user', "app: odd", "app: strange"];
    const own = (...lines: readonly string[]) => ({
      "shipped/never.d/app": rules,
      "own/titles.d/app": lines,
    });
    const messages = ["odd", "strange"];
    expect(titlesOf(read(own('#@ title="mine"', "app: (odd|strange)"), messages))).to.deep.equal([
      "as shipped",
      "as shipped",
    ]);
    const alike = read(own('#@ title="mine"', "app: odd"), messages);
    expect(titlesOf(alike)).to.deep.equal(["mine", "as shipped"]);
    expect(alike.groups[0]?.band).to.equal("damage");
    expect(titlesOf(read(own('#@ title="mine" of=never.d/app', "range$"), messages))).to.deep.equal([
      "as shipped",
      "mine",
    ]);
    expect(titlesOf(read(own('#@ title="mine" of=cracking.d/app', "."), messages))).to.deep.equal([
      "as shipped",
      "as shipped",
    ]);
  });

  it("stand before those of a directory that was named earlier", () => {
    const of = (title: string): readonly string[] => [`#@ title="${title}"`, "app: new"];
    const files = { "shipped/titles.d/a": of("shipped"), "own/titles.d/z": of("mine") };
    expect(titlesOf(read(files, ["new"]))).to.deep.equal(["mine"]);
  });

  it("are named where they are wrong, and cost no other title anything", () => {
    const files = {
      "own/titles.d/app": ["app: nameless", "", '#@ title="mine" max=3/h', "app: (", "app: new"],
    };
    const { groups, notices } = read(files, ["new"]);
    expect(groups[0]?.title).to.equal("mine");
    expect(notices).to.deep.equal([
      'own/titles.d/app:1:1: has no "title" before it: it names nothing',
      'own/titles.d/app:3:17: "max" means nothing to a rule that only gives a title: directive not applied, its rules stay on',
      "own/titles.d/app:4:6: Unmatched ( or \\(: title left out",
    ]);
  });
});
