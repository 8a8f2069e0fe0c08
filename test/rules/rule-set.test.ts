/** The rule set: bad rules are off alone and named; one pass finds every rule that matches. */
import { expect } from "chai";
import { lineExplainer } from "../../src/rules/explain.js";
import { compileRules, type RuleSet } from "../../src/rules/rule-set.js";
import type { Rule } from "../../src/rules/rule.js";
import { formatNotice } from "../../src/std/notice.js";

function rulesOf(...texts: readonly string[]): Rule[] {
  return texts.map((text, index) => ({ list: "ignored", file: "ignore.d/server/x", line: index + 1, text }));
}

function compile(...texts: readonly string[]): RuleSet {
  return compileRules(rulesOf(...texts), { locale: "UTF-8", widensHeaders: true });
}

function matching(ruleSet: RuleSet, line: string): string[] {
  return lineExplainer(ruleSet)(Buffer.from(line, "latin1")).matching.map(({ text }) => text);
}

const skipped = "rule skipped, its lines will be reported";

describe("rule-set: a bad rule is off alone, and named", () => {
  it("one that does not parse", () => {
    const ruleSet = compile("good", "bad(", "good too");
    expect(ruleSet.notices.map(formatNotice)).to.have.length(1);
    expect(formatNotice(ruleSet.notices[0]!)).to.match(
      /^ignore\.d\/server\/x:2:\d+: .+: rule skipped, its lines will be reported$/,
    );
    expect(matching(ruleSet, "good too, not bad(")).to.deep.equal(["good", "good too"]);
  });

  it("the column is that of the rule as written, not of the widened one", () => {
    const plain = compile("^xxxxxxxxxx sshd[[:nope:]]").notices[0];
    const text = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ sshd[[:nope:]]";
    const widened = compile(text).notices[0];
    const shift = text.indexOf("sshd") - "^xxxxxxxxxx ".length;
    const column = Number(plain?.where.split(":")[2]) + shift;
    expect(widened?.where).to.equal(`ignore.d/server/x:1:${column}`);
  });

  const everything = [
    "foo|",
    "|foo",
    "foo||bar",
    ".*",
    ".",
    "^",
    "$",
    "()",
    "(foo|)",
    "(foo)?",
    "(foo){0,3}",
    "((foo|bar)*|.)",
    `${"(".repeat(200)}.${")".repeat(200)}`,
    "x*",
    "[^x]",
    "^.+$",
    " ",
    "[0-9]",
    "[]Z]*",
    "[^]Z]*",
    "[[:alpha:]Z]*",
    "[^^]Z]*|.",
    "([)Z]|Q)*",
    "(R(S)|.)",
    "(Q{0}|.)",
    "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ ",
    "^(\\w{3} [ :0-9]{11}|[0-9T:.+-]{32}) [._[:alnum:]-]+ .*$",
    "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ [^ ]+: .*$",
  ];
  for (const text of everything) {
    it(`one that matches everything: ${text}`, () => {
      const ruleSet = compile("good", text, "bad(", "good too");
      expect(ruleSet.notices).to.have.length(2);
      expect(ruleSet.notices[0]?.done).to.equal(skipped);
      expect(ruleSet.rules.map((rule) => rule.text)).not.to.include(text);
      expect(matching(ruleSet, "Nov 22 00:41:26 web1 sshd[1]: good too")).to.deep.equal(["good", "good too"]);
    });
  }

  it("an empty alternative is pointed at", () => {
    const places = ["foo|", "|foo", "foo||bar", "a[|]b|", "a\\|b|", "(a|b)|"].map(
      (text) => compile(text).notices[0],
    );
    expect(places.map((notice) => notice?.where.split(":")[2])).to.deep.equal(["4", "1", "5", "6", "5", "6"]);
    expect(places[0]?.what).to.equal('an empty alternative beside "|" matches every line');
  });

  const harmless = [
    "^$",
    "foo(bar|)",
    "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ sshd\\[[0-9]+\\]: ",
    "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ kernel: .*$",
    "DEBUG|INFO",
    "^.{300}",
    "-- MARK --",
    "(Q|R)+",
    "((Q)R{2}|S[x]?)",
    "[QRS]",
  ];
  for (const text of harmless) {
    it(`one that says what it means stays on: ${text}`, () => {
      expect(compile(text).notices).to.deep.equal([]);
    });
  }
});

describe("rule-set: headers", () => {
  const rules = rulesOf("^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ sshd\\[[0-9]+\\]: bye$");
  const traditional = "Nov 22 00:41:26 web1 sshd[1]: bye";
  const iso = "2026-11-22T00:41:26.123456+00:00 web1 sshd[1]: bye";

  it("are widened when asked for", () => {
    const ruleSet = compileRules(rules, { locale: "UTF-8", widensHeaders: true });
    for (const line of [traditional, iso]) expect(matching(ruleSet, line), line).to.have.length(1);
  });

  it("are left as written when not: for logcheck's own meaning", () => {
    const ruleSet = compileRules(rules, { locale: "UTF-8", widensHeaders: false });
    expect(matching(ruleSet, traditional)).to.have.length(1);
    expect(matching(ruleSet, iso)).to.deep.equal([]);
  });
});
