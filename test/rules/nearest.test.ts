/** The nearest rule: which ignore rule almost takes a line, and where it stops. */
import { expect } from "chai";
import { explainLine } from "../../src/rules/explain.js";
import { compileRules } from "../../src/rules/rule-set.js";
import type { Rule } from "../../src/rules/rule.js";

const header = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ ";
const texts = [
  `${header}sshd\\[[0-9]+\\]: Connection closed by [.0-9]{7,15} port [0-9]+$`,
  `${header}sshd\\[[0-9]+\\]: Connection (closed|reset) by user [a-z]+$`,
  `${header}cron\\[[0-9]+\\]: [(][a-z]+\\) CMD x{2,3}y$`,
  `${header}sshd\\[[0-9]+\\]: a|${header}sshd\\[[0-9]+\\]: Connection closed by everyone`,
  "Connection closed by nobody",
  `${header}.+\\[[0-9]+\\]: .*horde$`,
];
const rules: readonly Rule[] = texts.map((text, index) => ({
  list: "ignored",
  file: "ssh",
  line: index + 1,
  text,
}));
const ruleSet = compileRules(rules, { locale: "UTF-8", widensHeaders: true });

/** By line, in which "^" stands before the column where the nearest rule stops; and that rule's line. */
const cases: Readonly<Record<string, number>> = {
  "Nov 22 00:41:26 web1 sshd[812]: Connection closed by 192.0.2.7 port ^x": 1,
  "Nov 22 00:41:26 web1 sshd[812]: Connection closed by 192.0.2.7 port 22^ [preauth]": 1,
  "2026-11-22T00:41:26Z web1 sshd[812]: Connection reset by user ^OPS": 2,
  "Nov 22 00:41:26 web1 sshd[812]: Connection ^lost": 2,
  "Nov 22 00:41:26 web1 cron[1]: (root) CMD ^xyz": 3,
  "Nov 22 00:41:26 web1 cron[1]: (root) CMD xxx^xy": 3,
  "Nov 22 00:41:26 web1 sshd[812]: Connection closed by ^\xff": 2,
};

describe("nearest-rule: where the best of the ignore rules stops", () => {
  for (const [marked, line] of Object.entries(cases)) {
    it(marked, () => {
      const bytes = Buffer.from(`${marked.replace("^", "")}\n`, "latin1");
      const { matching, nearest } = explainLine(ruleSet, bytes);
      expect(matching).to.deep.equal([]);
      expect(nearest).to.deep.equal({ rule: rules[line - 1], column: marked.indexOf("^") + 1 });
    });
  }

  const none = [
    "Nov 22 00:41:26 web1 crond[1]: x",
    "Nov 22 00:41:26 web1 other: x",
    "no header",
    "",
    "x".repeat(5000),
  ];
  for (const line of none) {
    it(`none knows the program of "${line.slice(0, 40)}"`, () => {
      expect(explainLine(ruleSet, Buffer.from(line)).nearest).to.equal(undefined);
    });
  }

  it("is not asked for where a rule ignores the line", () => {
    const line = "Nov 22 00:41:26 web1 sshd[812]: Connection closed by 192.0.2.7 port 22";
    expect(explainLine(ruleSet, Buffer.from(line))).to.deep.equal({ matching: [rules[0]] });
  });
});
