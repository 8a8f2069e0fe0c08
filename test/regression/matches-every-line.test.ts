/** "Matches every line" was said by samples: of rules that match few lines, and not of those that hide a whole host. */
import { expect } from "chai";
import { compilePatternSet, PatternLanguages, type Locale, type StatesCache } from "../../src/ere/index.js";
import { headersOf, messageLanguage, messages } from "../../src/rules/headers/any-line.js";
import { compileRules } from "../../src/rules/rule-set.js";
import type { Rule } from "../../src/rules/rule.js";
import type { RuleList } from "../../src/rules/rule-list.js";
import { loggedHostNames } from "../../src/std/host-name.js";
import { randomPattern } from "../ere/support/random-patterns.js";
import { expectLinear } from "../support/expect-linear.js";
import { isLong, randomStream, seed } from "../support/seed.js";

const stamp = "^\\w{3} [ :0-9]{11}";
const host = "[._[:alnum:]-]+";

/** Why the rule is off, if it is, where the host is called as given. */
function faultOf(
  text: string,
  hosts: readonly string[] = [],
  list: RuleList = "ignored",
): string | undefined {
  const rule: Rule = { list, file: "x", line: 1, text };
  const { notices, rules } = compileRules([rule], { locale: "UTF-8", widensHeaders: true, hosts });
  expect(rules.length + notices.length, text).to.equal(1);
  return notices[0]?.what;
}

describe("a rule that matches few lines", () => {
  const few = [
    "Jan",
    "z",
    "2026",
    "00:00:00",
    "zq",
    "zqx",
    "x",
    "J|z",
    "Jan  1",
    "-01-01T",
    "~|z",
    "^Jan",
    "^2026",
    "^J",
    "[Jz]",
    "an 1",
    "00:00",
    " 1 ",
    "[01]{2}:00",
    "\\bzq\\b",
    "^.{15} zq ",
    "q[^a]*[7z:]",
    "^\\w{3}  1",
    "^[JFMASOND]an",
    "^[^ ]{3} [ :0-9]{11} z",
    `${stamp} z`,
    `${stamp} ${host} z`,
    `${stamp} ${host} [^ ]*\\[`,
    `${stamp} ${host} [a-z]+: .*`,
    `${stamp} ${host} [^ ]+: [^ ]+$`,
    `${stamp} ${host} .{5,}$`,
    "^.{1,200}$",
    "[^ -~]",
    "(z)\\1*q",
    "(z|q).*\\1",
    "(0):\\1",
    "[[:upper:]][[:lower:]]{2}  ",
  ];
  for (const text of few)
    it(`is on: ${text}`, () => {
      expect(faultOf(text, ["web1"])).to.equal(undefined);
    });
});

describe("a rule that matches every line", () => {
  const every = [
    ".*",
    "foo|",
    ":",
    " ",
    "[0-9]",
    "\\w",
    "[a-z]|:",
    "^[A-Z]|^[0-9]",
    "[^x]",
    "^.",
    "(.)\\1*",
    "()\\1",
    "^.{10}",
    "^.{30}",
    "[JFMASOND]",
    "^(J|F|M|A|S|O|N|D)",
    "^[[:alpha:]]{3} ",
    "^\\w{3} +[0-9]+ ",
    "[0-5][0-9]:[0-5][0-9]",
    "\\<[0-9]+\\>",
    "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
    "^[0-9]{4}-",
    "T[0-2]|^[A-Z][a-z][a-z] [ 0-9]",
    "-[0-3][0-9]T",
    `${stamp} `,
    `${stamp} ${host} `,
    `${stamp} ${host} [^ ]+: .*$`,
    `${stamp} ${host} .+`,
    `${stamp} [^ ]+ [[:print:]]+$`,
    `${stamp} ${host} [^:]+:( .*)?$`,
    `${stamp} ${host} ([^[]*|.*\\[[0-9]+\\]: .*|.*)$`,
    "(.*x.{3}|.*)y?",
  ];
  for (const text of every)
    it(`is off: ${text}`, () => {
      expect(faultOf(text)).to.match(/matches every line$/);
    });
});

describe("a rule that matches every line of this host", () => {
  const ofHost: readonly string[] = [
    `${stamp} web1 `,
    `${stamp} web1 .*$`,
    `${stamp} (web1|web2) `,
    `${stamp} web[0-9]+ [^ ]+: `,
    `${stamp} w.b. .*`,
    "web1",
    "web",
    " web1 ",
    "^[0-9T:.+-]{32} web1 ",
    "\\<web1\\>",
    "1 [a-z]|web1",
  ];
  for (const text of ofHost)
    it(`is off there, and on elsewhere: ${text}`, () => {
      expect(faultOf(text, ["web1"])).to.equal("matches every line of this host");
      expect(faultOf(text, ["web1.example.org", "web1"])).to.equal("matches every line of this host");
      expect(faultOf(text, ["mail"])).to.equal(undefined);
      expect(faultOf(text, [])).to.equal(undefined);
    });

  const others = [
    `${stamp} web1 sshd`,
    `${stamp} web1 [a-z]+: `,
    `${stamp} web2 `,
    "web1\\.",
    "^web1",
    "web1:",
    "web11",
    "web1 x",
  ];
  for (const text of others)
    it(`is not: ${text}`, () => {
      expect(faultOf(text, ["web1"])).to.equal(undefined);
    });

  it("is judged by each name of the host, also by odd ones", () => {
    expect(faultOf(`${stamp} web1\\.example\\.org `, ["web1", "web1.example.org"])).to.match(/of this host/);
    expect(faultOf(`${stamp} a\\+b `, ["a+b"])).to.match(/of this host/);
    expect(faultOf(`${stamp} aab `, ["a+b"])).to.equal(undefined);
    expect(loggedHostNames("web1", "web1.example.org")).to.deep.equal(["web1", "web1.example.org"]);
    expect(loggedHostNames("web1.example.org", "web1.example.org")).to.deep.equal([
      "web1",
      "web1.example.org",
    ]);
    expect(loggedHostNames("", "")).to.deep.equal([]);
    expect(loggedHostNames("a b\xff", "a b\xff")).to.deep.equal([]);
  });

  it("stays on where it raises: that may be what is wanted", () => {
    for (const list of ["never", "violation"] as const)
      expect(faultOf(`${stamp} web1 `, ["web1"], list)).to.equal(undefined);
    for (const list of ["never.ignore", "violation.ignore"] as const)
      expect(faultOf(`${stamp} web1 `, ["web1"], list)).to.match(/of this host/);
  });

  it("is found when the host gets its name, though the rules' states were kept", () => {
    const stored = new Map<string, Uint8Array>();
    const statesCache: StatesCache = {
      read: (key) => stored.get(key),
      store: (key, automaton) => void stored.set(key, automaton.saveStates()),
    };
    const rule: Rule = { list: "ignored", file: "x", line: 1, text: `${stamp} web1 ` };
    const noticesOn = (name: string): number => {
      const options = { locale: "UTF-8", widensHeaders: true, statesCache, hosts: [name] } as const;
      const { notices, patterns } = compileRules([rule], options);
      const scanner = patterns.scanner({ isSelected: () => true });
      scanner.matchLine(Buffer.from("Nov 22 00:41:26 web1 sshd[1]: bye"));
      scanner.keepStates();
      return notices.length;
    };
    expect(["mail", "web1", "mail", "web1"].map(noticesOn)).to.deep.equal([0, 1, 0, 1]);
  });
});

function decide(language: string, pattern: string, nodesLeft = 1_000_000, locale: Locale = "UTF-8"): string {
  const eres = [language, pattern].map((ere) => Buffer.from(ere, "latin1"));
  const languages = new PatternLanguages(eres, { locale, trimsTrailingSpace: true });
  const { kind } = languages.lineOutside(0, [1], { budget: { nodesLeft } });
  return { none: "included", line: "not included", "not decided": "not decided" }[kind];
}

describe("the language of all lines", () => {
  it("holds the samples that rules are tried with first", () => {
    for (const name of [undefined, "web1", "a+b.c"])
      for (const { language, samples, moreSamples } of headersOf(name)) {
        const lines = [...samples, ...moreSamples].flatMap((header) =>
          messages.map((message) => header + message),
        );
        for (const line of lines) {
          // The sample as a language of its own: it is in the other where each of its lines is.
          const alone = `^${line
            .replaceAll(/[^A-Za-z0-9 ]/g, (one) => `[${one}]`)
            .replaceAll("[^]", "\\^")
            .replaceAll("[\\]", "\\\\")}$`;
          expect(decide(alone, `^${language}${messageLanguage}$`, 100_000, "C"), line).to.equal("included");
        }
      }
  });
});

describe("inclusion", function () {
  this.timeout(120_000);
  it("is decided", () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ["^a{2,4}$", "^a+$", "included"],
      ["^a{2,4}$", "^a{3,}$", "not included"],
      ["^(ab)*$", "^(a|b)*$", "included"],
      ["^(a|b)*$", "^(ab)*$", "not included"],
      ["^x[ -~]{200}y$", "x.*y", "included"],
      ["^[a-c]x$", "\\bx", "not included"],
      ["^[a-c] x$", "\\bx\\b", "included"],
      ["^[a-c]*$", "", "included"],
      ["^[a-c]+$", "a(", "not included"],
      ["^aa$", "(a)\\1", "not decided"],
      ["^[ab]{3}$", "a|b", "included"],
      ["^[ab]{3}$", "^$|^..b", "not included"],
    ];
    for (const [language, pattern, answer] of cases)
      expect(decide(language, pattern), `${language} in ${pattern}`).to.equal(answer);
  });

  it("is not decided past the bound on the work", () => {
    expect(decide("^[ab]{1,60}$", "a.{30}|b.{30}|^.{0,70}$", 1000)).to.equal("not decided");
    expect(decide("^[ab]*$", "a.{300}b|x", 50_000)).to.not.equal("included");
  });

  it("agrees with trying all lines of a small language", () => {
    const random = randomStream(seed);
    const words = (length: number): string[] =>
      length === 0
        ? [""]
        : words(length - 1).flatMap((word) => ["a", "b", " "].map((letter) => word + letter));
    const lines = [0, 1, 2, 3, 4].flatMap(words);
    let decided = 0;
    const tried = isLong ? 2000 : 400;
    for (let n = 0; n < tried; n++) {
      const pattern = randomPattern(random, 0.1);
      const answer = decide("^[ab ]{0,4}$", pattern);
      if (answer === "not decided") continue;
      decided++;
      const options = { locale: "UTF-8", trimsTrailingSpace: false } as const;
      const { set } = compilePatternSet([Buffer.from(pattern, "latin1")], options);
      const scanner = set.scanner({ isSelected: () => true });
      const isAll = lines.every((line) => scanner.matchLine(Buffer.from(line)) !== 0);
      expect(answer, JSON.stringify(pattern)).to.equal(isAll ? "included" : "not included");
    }
    expect(decided).to.be.greaterThan(tried / 2);
  });

  it("of a language in many rules costs no more for each", () =>
    expectLinear(
      "rules that match nearly all lines",
      (count) => () => {
        const rules = Array.from({ length: count }, (_, n): Rule => ({
          list: "ignored",
          file: "x",
          line: n + 1,
          text: `[0-9].{${n % 50}}[:z]`,
        }));
        return compileRules(rules, { locale: "UTF-8", widensHeaders: true, hosts: ["web1"] });
      },
      100,
    ));
});
