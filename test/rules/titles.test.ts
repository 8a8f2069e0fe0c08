/** The titles of the shipped rules, which subjects and headlines are made of. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "chai";
import { patternParser, type SyntaxTree } from "../../src/ere/index.js";
import { decidingRules } from "../../src/rules/deciding-rules.js";
import { verdictOf } from "../../src/rules/layers.js";
import { loadRuleSet } from "../../src/rules/load-rule-set.js";
import { readRuleFile } from "../../src/rules/files/rule-file.js";
import { groupOf } from "../../src/rules/titles/fixed-words.js";
import { titleFaults } from "../../src/rules/titles/title-words.js";
import { repository } from "./shipped.js";

const parse = patternParser("UTF-8");

/** Of a group that is a flat list of words. */
function longestWord(tree: SyntaxTree | undefined, text: string, group: number): string {
  const found = tree && groupOf(tree, group);
  const words = found
    ? text
        .slice(found.start + 1, found.end - 1)
        .replaceAll("\\", "")
        .split("|")
    : [];
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), "");
}

const lists = [
  ["never.d", "never"],
  ["violations.d", "violation"],
  ["titles.d", "title"],
] as const;

describe("the titles of the shipped rules", () => {
  for (const [directory, list] of lists)
    it(`${directory}: each rule has one of at most 34 characters, which fits a line of 40 beside its id`, () => {
      for (const name of readdirSync(directory)) {
        const path = join(directory, name);
        const { rules } = readRuleFile({ path, list });
        expect(rules.length, path).to.be.greaterThan(0);
        for (const { line, text, directives } of rules) {
          const title = directives?.title ?? "";
          const place = `${path}:${line}`;
          expect(title, place).to.match(/^[ -~]{3,34}$/);
          expect(title, place).to.not.match(/\.$/);
          // What stands for its groups is a list of words, and the longest of them fit.
          const tree = parse(Buffer.from(text, "latin1"));
          expect(tree && titleFaults(title, tree), place).to.deep.equal([]);
          const filled = title.replaceAll(/\{(\d+)\}/g, (_, group) => longestWord(tree, text, Number(group)));
          expect(filled.length, filled).to.be.at.most(40);
        }
      }
    });

  it("ignore.d: what is told when it is first seen has one, too", () => {
    const untitled = ["paranoid", "server", "workstation"].flatMap((level) => {
      const directory = join("ignore.d", level);
      return (existsSync(directory) ? readdirSync(directory) : []).flatMap((name) =>
        readRuleFile({ path: join(directory, name), list: "ignored" }).rules.flatMap(
          ({ directives = {} }) => {
            const { firstSeen, family = name, title } = directives;
            if (title !== undefined) expect(title, name).to.match(/^[ -~]{3,34}$/);
            return firstSeen && title === undefined ? [family] : [];
          },
        ),
      );
    });
    // What these rules take names no one thing.
    expect(new Set(untitled)).to.deep.equal(
      new Set(["tftp", "seccomp", "web-application", "wg-quick", "kdump"]),
    );
  });

  it("titles.d: each names a line that no rule decides, and what it says is what happened", () => {
    const { ruleSet, titles } = loadRuleSet(
      { directories: [{ path: repository, isNamed: true }], level: "server", locale: "UTF-8" },
      undefined,
    );
    const scanner = ruleSet.patterns.scanner({ isSelected: () => true });
    const needed = new Set<string>();
    for (const name of readdirSync("titles.d")) {
      let expected = "";
      for (const line of readFileSync(`test/rules/titles/${name}.titled`, "latin1").trimEnd().split("\n")) {
        if (line.startsWith("# ")) expected = line.slice(2);
        else {
          const { layer, rule } = verdictOf(decidingRules(ruleSet, scanner, Buffer.from(line, "latin1")));
          expect(layer, line).to.equal("remainder");
          const { words, by } = titles.titleOf(rule, line);
          expect(words, line).to.equal(expected);
          if (by) needed.add(`${basename(by.file)}:${by.line}`);
        }
      }
    }
    const all = readdirSync("titles.d").flatMap((name) =>
      readRuleFile({ path: join("titles.d", name), list: "title" }).rules.map(
        ({ line }) => `${name}:${line}`,
      ),
    );
    expect([...needed].toSorted()).to.deep.equal(all.toSorted());
  });
});
