/** The titles of the shipped rules, which subjects and headlines are made of. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "chai";
import { decidingRules } from "../../src/rules/deciding-rules.js";
import { verdictOf } from "../../src/rules/layers.js";
import { loadRuleSet } from "../../src/rules/load-rule-set.js";
import { readRuleFile } from "../../src/rules/files/rule-file.js";
import { repository } from "./shipped.js";

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
        for (const { line, directives } of rules) {
          expect(directives?.title, `${path}:${line}`).to.match(/^[ -~]{3,34}$/);
          expect(directives?.title, `${path}:${line}`).to.not.match(/\.$|\{/);
        }
      }
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
