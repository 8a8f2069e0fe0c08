/** The nearest rule: which ignore rule almost takes a line, and where it stops. */
import { expect } from "chai";
import { compilePatternSet, partsOf, patternParser, type PatternSet } from "../../src/ere/index.js";
import { lineExplainer } from "../../src/rules/explain.js";
import { compileRules } from "../../src/rules/rule-set.js";
import type { Rule } from "../../src/rules/rule.js";
import { randomStream, seed } from "../support/seed.js";

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
      const { matching, nearest } = lineExplainer(ruleSet)(bytes);
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
      expect(lineExplainer(ruleSet)(Buffer.from(line)).nearest).to.equal(undefined);
    });
  }

  it("is not asked for where a rule ignores the line", () => {
    const line = "Nov 22 00:41:26 web1 sshd[812]: Connection closed by 192.0.2.7 port 22";
    expect(lineExplainer(ruleSet)(Buffer.from(line))).to.deep.equal({ matching: [rules[0]] });
  });

  it("is found for many lines with one scanner", () => {
    let scanners = 0;
    const { patterns } = ruleSet;
    const counting: PatternSet = {
      key: patterns.key,
      scanner(options) {
        scanners++;
        return patterns.scanner(options);
      },
    };
    const explain = lineExplainer({ ...ruleSet, patterns: counting });
    for (const marked of Object.keys(cases))
      expect(explain(Buffer.from(marked.replace("^", ""), "latin1")).nearest?.column).to.equal(
        marked.indexOf("^") + 1,
      );
    expect(scanners).to.equal(1);
  });

  it("is the one that trying every beginning of every rule finds", () => {
    const explain = lineExplainer(ruleSet);
    const random = randomStream(seed);
    const lines = Object.keys(cases).map((marked) => marked.replace("^", ""));
    for (let n = 0; n < 300; n++) {
      const line = lines[Math.floor(random() * lines.length)] ?? "";
      const at = Math.floor(random() * line.length);
      const odd = ["", "#", " odd ", "]: "][Math.floor(random() * 4)] ?? "";
      const changed = line.slice(0, at) + odd + line.slice(at + (random() < 0.5 ? 1 : 0));
      const { matching, nearest } = explain(Buffer.from(changed, "latin1"));
      if (matching.length === 0) expect(nearest?.column, changed).to.equal(slowColumn(changed));
    }
  });
});

/** A rule that is cut after each of its parts, and the places in the line where a cut rule ends. */
const cutRules = ruleSet.eres.flatMap((ere) => {
  const tree = patternParser("UTF-8")(Buffer.from(ere));
  if (!ere.startsWith("^") || tree === undefined || tree.kind === "choice") return [];
  const beginnings = partsOf(tree).map(({ end }) => ere.slice(0, end));
  const wildcard = beginnings.findIndex((beginning) => /[^\\]\.[*+]$/.test(beginning));
  return [
    {
      beforeWildcard: wildcard < 0 ? beginnings.length : wildcard,
      begins: matcherOf(beginnings),
      endsThere: matcherOf(beginnings.map((beginning) => `${beginning}$`)),
    },
  ];
});

function slowColumn(line: string): number | undefined {
  const lengths = cutRules.map(({ beforeWildcard, begins, endsThere }) => {
    const agreed = Math.min(begins(line).length, beforeWildcard) - 1;
    const ends = Array.from({ length: line.length + 1 }, (_, length) => length);
    return ends.findLast((length) => endsThere(line.slice(0, length)).includes(agreed)) ?? 0;
  });
  const longest = Math.max(...lengths);
  return longest > Math.max(line.indexOf(": "), 0) ? longest + 1 : undefined;
}

function matcherOf(patterns: readonly string[]): (line: string) => readonly number[] {
  const bytes = patterns.map((pattern) => Buffer.from(pattern));
  const options = { locale: "UTF-8", trimsTrailingSpace: false } as const;
  const scanner = compilePatternSet(bytes, options).set.scanner({ isSelected: () => true });
  return (line) => scanner.matches(scanner.matchLine(Buffer.from(line, "latin1")));
}
