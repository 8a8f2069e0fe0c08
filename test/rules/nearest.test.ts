/** The nearest rules: which ignore rules almost take a line, where they stop, and what would make them take it. */
import { expect } from "chai";
import { compile, type PatternSet } from "../../src/ere/index.js";
import { lineExplainer } from "../../src/rules/explain.js";
import type { NearestRule } from "../../src/rules/nearest/nearest.js";
import { compileRules, type RuleSet } from "../../src/rules/rule-set.js";
import type { Rule } from "../../src/rules/rule.js";

const header = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ ";

function ruleSetOf(texts: readonly string[]): RuleSet {
  const rules = texts.map((text, index): Rule => ({ list: "ignored", file: "ssh", line: index + 1, text }));
  return compileRules(rules, { locale: "UTF-8", widensHeaders: true });
}

const ruleSet = ruleSetOf([
  `${header}sshd\\[[0-9]+\\]: Connection closed by [.0-9]{7,15} port [0-9]+$`,
  `${header}sshd\\[[0-9]+\\]: Connection (closed|reset) by user [a-z]+$`,
  `${header}cron\\[[0-9]+\\]: [(][a-z]+\\) CMD x{2,3}y$`,
  `${header}sshd\\[[0-9]+\\]: a|${header}sshd\\[[0-9]+\\]: Connection closed by everyone`,
  "Connection closed by nobody",
  `${header}.+\\[[0-9]+\\]: .*horde$`,
  `${header}backup: job [[:digit:]]{11} done( in [0-9]+ s)?$`,
  `${header}backup: (job )?removed`,
]);

interface Case {
  /** The line, with "^" before the column that is named. */
  readonly marked: string;
  readonly rule: number;
  readonly expected: string;
  readonly found: string;
  readonly count?: number;
  readonly change?: readonly [from: string, to: string];
}

const cases: readonly Case[] = [
  {
    marked: "Nov 22 00:41:26 web1 sshd[812]: Connection closed by 192.0.2.7 port ^x",
    rule: 1,
    expected: "[0-9]+",
    found: "x",
    change: ["[0-9]", "[0-9a-z]"],
  },
  {
    marked: "Nov 22 00:41:26 web1 sshd[812]: Connection closed by 192.0.2.7 port 22^ [preauth]",
    rule: 1,
    expected: "$",
    found: " [preauth]",
    change: ["", "( \\[preauth\\])?"],
  },
  {
    marked: "2026-11-22T00:41:26Z web1 sshd[812]: Connection reset by user ^OPS",
    rule: 2,
    expected: "[a-z]+",
    found: "OPS",
    change: ["[a-z]", "[a-zA-Z]"],
  },
  {
    marked: "Nov 22 00:41:26 web1 sshd[812]: Connection ^lost by user ops",
    rule: 2,
    expected: "(closed|reset)",
    found: "lost",
    change: ["(closed|reset)", "(closed|reset|lost)"],
  },
  {
    marked: "Nov 22 00:41:26 web1 sshd[812]: Connec^xion closed by 192.0.2.7 port 22",
    rule: 1,
    expected: "Connection",
    found: "Connecxion",
    change: ["Connection", "(Connection|Connecxion)"],
  },
  {
    marked: "Nov 22 00:41:26 web1 cron[1]: (root) CMD xxx^xy",
    rule: 3,
    expected: "x{2,3}",
    found: "x",
    count: 4,
    change: ["{2,3}", "{2,4}"],
  },
  {
    marked: "Nov 22 00:41:26 web1 backup: job 1234567890^ done in 7 s",
    rule: 7,
    expected: "[[:digit:]]{11}",
    found: "",
    count: 10,
    change: ["{11}", "{10,11}"],
  },
  {
    marked: "Nov 22 00:41:26 web1 backup: job 12345678901^2 done",
    rule: 7,
    expected: "[[:digit:]]{11}",
    found: "2",
    count: 12,
    change: ["{11}", "{11,12}"],
  },
  {
    marked: "Nov 22 00:41:26 web1 backup: job 12345678901 done in 7 ^h",
    rule: 7,
    expected: "s",
    found: "h",
    change: ["s", "(s|h)"],
  },
];

const unmarked = (marked: string): Buffer => Buffer.from(`${marked.replace("^", "")}\n`);

function nearestTo(line: Uint8Array, set: RuleSet = ruleSet): NearestRule | undefined {
  return lineExplainer(set)(line).nearest[0];
}

describe("the nearest rule", () => {
  for (const { marked, rule, expected, found, count, change } of cases)
    it(`of ${marked}`, () => {
      const line = unmarked(marked);
      expect(lineExplainer(ruleSet)(line).matching).to.deep.equal([]);
      const nearest = nearestTo(line);
      expect(nearest?.rule.line).to.equal(rule);
      expect(nearest?.column).to.equal(marked.indexOf("^") + 1);
      expect([nearest?.expected, nearest?.found, nearest?.count]).to.deep.equal([expected, found, count]);
      expect(nearest?.change && [nearest.change.from, nearest.change.to]).to.deep.equal(change);
    });

  it("takes the line once the change is made", () => {
    for (const { marked } of cases) {
      const change = nearestTo(unmarked(marked))?.change ?? expect.fail(marked);
      const [, first = ""] = change.text.split(header);
      expect(compile([first]).matches(unmarked(marked)), marked).to.deep.equal([0]);
    }
  });

  const none = [
    "Nov 22 00:41:26 web1 crond[1]: x",
    "Nov 22 00:41:26 web1 other: x",
    "Nov 22 00:41:26 web1 sshd[812]: something that no rule is about at all",
    "Nov 22 00:41:26 web1 backup: tape drive 3 needs to be cleaned soon",
    "no header",
    "",
    "x".repeat(5000),
  ];
  for (const line of none)
    it(`is none where no more than the header fits: "${line.slice(0, 70)}"`, () => {
      expect(lineExplainer(ruleSet)(Buffer.from(line)).nearest).to.deep.equal([]);
    });

  it("is not asked for where a rule ignores the line", () => {
    const line = "Nov 22 00:41:26 web1 sshd[812]: Connection closed by 192.0.2.7 port 22";
    expect(lineExplainer(ruleSet)(Buffer.from(line))).to.deep.equal({
      matching: [ruleSet.rules[0]],
      nearest: [],
    });
  });

  it("is one of several that are as near", () => {
    const twins = ruleSetOf([`${header}door: (front|back) opened$`, `${header}door: side opened$`]);
    const line = Buffer.from("Nov 22 00:41:26 web1 door: roof opened");
    expect(lineExplainer(twins)(line).nearest.map(({ rule }) => rule.line)).to.have.members([1, 2]);
  });

  it("is not a rule of free text where another spells the line out", () => {
    const free = ruleSetOf([`${header}mail: .*$|^never$`, `${header}mail: from=[a-z]+ size=[0-9]+$`]);
    const line = Buffer.from("Nov 22 00:41:26 web1 mail: from=ops size=x9");
    expect(lineExplainer(free)(line).matching.map(({ line: at }) => at)).to.deep.equal([1]);
    const others = ruleSetOf([`${header}mail: .* sent$`, `${header}mail: from=[a-z]+ size=[0-9]+$`]);
    expect(nearestTo(line, others)?.rule.line).to.equal(2);
  });

  it("is found in bytes that are no UTF-8, and the column counts bytes", () => {
    const line = Buffer.from("Nov 22 00:41:26 web1 backup: \xff\xc3\xa9job 12345678901 done", "latin1");
    expect(nearestTo(line)?.rule.line).to.equal(7);
    const text = Buffer.from("Nov 22 00:41:26 wéb1 sshd[812]: Connection closed by 192.0.2.7 port 22");
    const accents = ruleSetOf([
      `^\\w{3} [ :0-9]{11} [[:alnum:]]+ sshd\\[[0-9]+\\]: Connection opened by .*$`,
    ]);
    expect(nearestTo(text, accents)?.column).to.equal(45);
  });

  it("is found for the beginning of a long line", () => {
    const line = `Nov 22 00:41:26 web1 sshd[812]: Connection lost by user ${"x".repeat(100_000)}`;
    expect(nearestTo(Buffer.from(line))?.rule.line).to.equal(2);
  });

  it("is the same by words that were kept, and by none where they are damaged or of other rules", () => {
    const kept = new Map<string, Uint8Array>();
    let stored = 0;
    const cache = {
      read: (key: string) => kept.get(key),
      store: (key: string, words: Uint8Array) => {
        kept.set(key, words);
        stored++;
      },
    };
    const found = (set: RuleSet): unknown => {
      const explain = lineExplainer(set, cache);
      return cases.map(({ marked }) => explain(unmarked(marked)).nearest);
    };
    const without = cases.map(({ marked }) => lineExplainer(ruleSet)(unmarked(marked)).nearest);
    for (const storedBefore of [0, 1]) {
      expect(stored).to.equal(storedBefore);
      expect(found(ruleSet)).to.deep.equal(without);
    }
    const [[key, words] = ["", Buffer.of()]] = kept;
    for (const bad of [words.subarray(0, -1), Buffer.from(words).fill("!", words.length - 2)]) {
      kept.set(key, bad);
      expect(found(ruleSet)).to.deep.equal(without);
    }
    const [first, ...others] = ruleSet.rules;
    const other = compileRules(others, { locale: "UTF-8", widensHeaders: true });
    expect(first).to.not.equal(undefined);
    const { nearest } = lineExplainer(other, { read: () => words, store: () => undefined })(
      unmarked(cases[0]?.marked ?? ""),
    );
    expect(nearest).to.deep.equal(lineExplainer(other)(unmarked(cases[0]?.marked ?? "")).nearest);
  });

  it("is the same behind each form of header, whatever form the rule is written for", () => {
    const forms = [
      "Nov 22 00:41:26 web1 ",
      "2026-11-22T00:41:26.123456+01:00 web1 ",
      "2026-11-22 00:41:26 web1 ",
    ];
    const texts = [
      "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ app: queue of [0-9]+ jobs is empty$",
      "^(\\w{3} [ :[:digit:]]{11}|[0-9T:.+-]{32}) [._[:alnum:]-]+ app: disk [a-z]+ is full$",
      "^(\\w{3} [ :0-9]{11} [._[:alnum:]-]+ )?app: fan [0-9]+ is slow$",
    ];
    const rules = texts.map((text, index): Rule => ({ list: "ignored", file: "f", line: index + 1, text }));
    const set = compileRules(rules, { locale: "UTF-8", widensHeaders: true });
    const messages = ["app: queue of 7 jobs is ^lost", "app: disk sda is ^lost", "app: fan 7 is ^lost"];
    for (const form of forms)
      for (const [index, message] of messages.entries()) {
        const nearest = nearestTo(unmarked(form + message), set);
        expect([nearest?.rule.line, nearest?.column, nearest?.found], form + message).to.deep.equal([
          index + 1,
          (form + message).indexOf("^") + 1,
          "lost",
        ]);
        expect(nearest?.change?.text.startsWith(texts[index]?.slice(0, 20) ?? "-"), form + message).to.equal(
          true,
        );
      }
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
    for (const { marked, rule } of cases)
      expect(explain(unmarked(marked)).nearest[0]?.rule.line).to.equal(rule);
    expect(scanners).to.equal(1);
  });
});
