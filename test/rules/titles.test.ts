/** The titles of the shipped rules, which subjects and headlines are made of. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readRuleFile } from "../../src/rules/files/rule-file.js";

const lists = [
  ["never.d", "never"],
  ["violations.d", "violation"],
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
});
