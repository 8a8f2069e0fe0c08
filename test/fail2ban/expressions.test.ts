/** Single expressions, written as filters, against Python's own re. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { importFilter } from "../../src/fail2ban/import-filter.js";
import { compileRules } from "../../src/rules/rule-set.js";
import { formatNotice } from "../../src/std/notice.js";
import { temporaryDirectory } from "../sources/reading.js";
import { needsTool } from "../support/tools.js";

const header = "Nov 22 00:41:26";

/** Each with texts that follow the date; which of them it finds, Python says. */
const expressions: readonly (readonly [string, readonly string[]])[] = [
  [
    String.raw`^ web1 x: a{2}b{,2}c{1,}d{2,3}?$`,
    [" web1 x: aaccdd", " web1 x: aabbbcdd", " web1 x: aabcddd", " web1 x: aabcdddd"],
  ],
  [String.raw`^ web1 x: (?:a|b)+?c*?$`, [" web1 x: abab", " web1 x: c", " web1 x: acc"]],
  [String.raw`^ web1 x: (?P<one>a)?(?(one)b|c)$`, [" web1 x: ab", " web1 x: c", " web1 x: ac", " web1 x: b"]],
  [
    String.raw`^ web1 x: (?P<q>["']?)\w+(?P=q)$`,
    [` web1 x: "ab"`, " web1 x: 'ab'", " web1 x: ab", ` web1 x: "ab'`],
  ],
  [String.raw`^ web1 x: (a|b)\1$`, [" web1 x: aa", " web1 x: bb", " web1 x: ab"]],
  [String.raw`^ web1 x: (?!root\b)`, []],
  [
    String.raw`^ web1 x: user (?!root|admin)\w+ failed$`,
    [
      " web1 x: user root failed",
      " web1 x: user rooty failed",
      " web1 x: user roo failed",
      " web1 x: user admin failed",
      " web1 x: user alice failed",
    ],
  ],
  [String.raw`^ web1 x: a(?!b)`, [" web1 x: a", " web1 x: ab", " web1 x: ac", " web1 x: abc"]],
  [String.raw`^ web1 x: (?=ab)a\w+$`, [" web1 x: ab", " web1 x: abc", " web1 x: ac"]],
  [
    String.raw`^ web1 x:(?: (?!y=)\w=\d)* y=\d$`,
    [" web1 x: a=1 b=2 y=3", " web1 x: y=1 y=2", " web1 x: y=3"],
  ],
  [
    String.raw`(?i)^ web1 x: Failed [a-c]+[^x-z]$`,
    [" WEB1 X: FAILED ABCd", " web1 x: failed abX", " web1 x: failed aby"],
  ],
  [String.raw`^ web1 x: (?i:aB)c$`, [" web1 x: AbC", " web1 x: ABc", " web1 x: abc"]],
  [String.raw`^ web1 x: ((?i)ab)c$`, [" web1 x: ABc", " web1 x: ABC"]],
  [
    String.raw`failed\b.*\bfrom\b`,
    [" web1 x: failed from", " web1 x: failedx from", " web1 x: failed xfrom y", " web1 x: failed: a from"],
  ],
  [
    String.raw`^ web1 x: [\w\-.^_]+[]a][^]b]$`,
    [" web1 x: a-b.^]c", " web1 x: aa]", " web1 x: a]b", " web1 x: -aa"],
  ],
  [String.raw`^ web1 x: [\d\s]+\D\S\W$`, [" web1 x: 1 2a;-", " web1 x: 1aa_", " web1 x:  a a-"]],
  [String.raw`^ web1 x: a\s$`, [" web1 x: a", " web1 x: ab"]],
  [String.raw`^ web1 x: a\s`, [" web1 x: a", " web1 x: a b", " web1 x: ab"]],
  [String.raw`^ web1 x: (?:a\s+b|c)(?:\s|$)`, [" web1 x: a b", " web1 x: c d", " web1 x: cd"]],
  [String.raw`^ web1 x: \x41\u0042\t?\.\[\]\{\}\/\-$`, [" web1 x: AB.[]{}/-", " web1 x: AB.[]{}/"]],
  [
    String.raw`^ web1 x: a{,}b{x}c{d{}$`,
    [" web1 x: aab{x}c{d{}", " web1 x: b{x}c{d{}", " web1 x: a{,}b{x}c{d{}"],
  ],
  [
    String.raw`(?:^|\s)from <HOST>$`,
    [" web1 x: from 192.0.2.7", " web1 x:from 192.0.2.7", " from 2001:db8::7", " web1 from a.example"],
  ],
  [
    String.raw`^ web1 x: (?:IPv6:<IP6>|<IP4>) <DNS>$`,
    [
      " web1 x: IPv6:2001:db8::7 a.b",
      " web1 x: 192.0.2.7 a",
      " web1 x: a.b c",
      " web1 x: ::ffff:192.0.2.7 -a",
    ],
  ],
  [String.raw`^ web1 x: \[<ADDR>\]$`, [" web1 x: [192.0.2.7]", " web1 x: [[2001:db8::7]]", " web1 x: [a]"]],
  [String.raw`^ web1 x: <SUBNET>$`, [" web1 x: 192.0.2.0/24", " web1 x: 2001:db8::/32", " web1 x: /24"]],
  [String.raw`^\s*web1\s+x(?:\[\d+\])?:\s+a|b$`, [" web1  x[7]: a", " web1 x: c", " b", " web1 x: b"]],
];

const refused: readonly (readonly [string, string])[] = [
  [String.raw`^ x (?:(?! from ).)*$`, "repeats a look-ahead"],
  [String.raw`^ x (\w+) \1$`, 'refers to what the group "1" has matched'],
  [String.raw`^ x (?<=a)b$`, "looks behind (column 6"],
  [String.raw`^ x (?>a)b$`, "has an atomic group"],
  [String.raw`^ x a++$`, "has a possessive quantifier"],
  [String.raw`^ x (?x) a$`, 'has the flag "x"'],
  [String.raw`^ x (a$`, 'lacks a ")"'],
  [String.raw`^ x a)$`, 'has a ")" too many'],
  [String.raw`^ x (*a)$`, "repeats nothing"],
  [String.raw`^ x a+*$`, "repeats a repeat"],
  [String.raw`^ x [a$`, "ends too early"],
  [String.raw`^ x [z-a]$`, "names a character beyond ASCII"],
  [String.raw`^ x ä$`, "names a character beyond ASCII"],
  [String.raw`^ x \y$`, String.raw`has the unknown escape "\y"`],
  [String.raw`^x <SKIPLINES> y$`, "several lines"],
  [String.raw`^ <F-NOFAIL>x</F-NOFAIL>$`, "marks what is no failure"],
  [String.raw`^ x a{40000}$`, "has impossible bounds"],
  [String.raw`^ x (?!\w+)y$`, "looks ahead for more than a few texts"],
];

describe("expressions of Python in a filter", () => {
  const root = temporaryDirectory();
  const filterOf = (failregex: string): string => {
    const path = join(mkdtempSync(join(root, "case-")), "x.conf");
    writeFileSync(
      path,
      `[Definition]\nfailregex = ${failregex.replaceAll("%", "%%")}\ndatepattern = {^LN-BEG}\n`,
    );
    return path;
  };
  let verdicts: readonly (readonly boolean[])[];
  before(function () {
    needsTool(this, "/usr/bin/python3", "fail2ban-server");
    const program = [
      "import json, sys",
      "sys.path.insert(0, '/usr/lib/python3/dist-packages')",
      "from fail2ban.server.failregex import Regex",
      "asked = json.load(sys.stdin)",
      "print(json.dumps([[bool(Regex(e)._regexObj.search(t + chr(10))) for t in ts] for e, ts in asked]))",
    ].join("\n");
    const python = spawnSync("/usr/bin/python3", ["-c", program], {
      input: JSON.stringify(expressions.filter(([, texts]) => texts.length > 0)),
      encoding: "utf8",
    });
    expect(python.stderr).to.equal("");
    verdicts = JSON.parse(python.stdout) as readonly (readonly boolean[])[];
  });

  for (const [index, [failregex, texts]] of expressions.filter(([, all]) => all.length > 0).entries())
    it(`${failregex} finds what Python's re finds`, () => {
      const { failregexes, notices } = importFilter(filterOf(failregex));
      expect(notices.map(formatNotice)).to.deep.equal([]);
      const { patterns } = compileRules(
        (failregexes[0]?.rules ?? []).map((text, line) => ({ list: "violation", file: "x", line, text })),
        { locale: "UTF-8", widensHeaders: true },
      );
      const scanner = patterns.scanner({ isSelected: () => false });
      for (const stamp of [header, "2026-11-22T00:41:26.123456+00:00"]) {
        const found = texts.map(
          (text) => scanner.matches(scanner.matchLine(Buffer.from(stamp + text))).length > 0,
        );
        expect(found).to.deep.equal(verdicts[index]);
      }
      expect(verdicts[index]).to.include(true);
    });

  for (const [failregex, reason] of refused)
    it(`${failregex} makes no rule: it ${reason}`, () => {
      const path = filterOf(failregex);
      const { failregexes, notices } = importFilter(path);
      expect(failregexes).to.deep.equal([]);
      expect(notices.map(formatNotice).join())
        .to.contain(reason)
        .and.contain(`${path}:2: `)
        .and.contain(": no rule written");
    });

  it("that are hostile end in bounded time, each with a rule or a reason", () => {
    for (const failregex of [
      `^ x ${"(".repeat(5000)}a${")".repeat(5000)}$`,
      `^ x ${"(?:a|b)?".repeat(3000)}$`,
      `^ x (?:(?:(?:a{0,200}){0,200}){0,200}){0,200}$`,
      `^ x ${"(?P<g>a|b)?(?(g)c|d)".repeat(12)}$`,
      `^ x ${"(?!abcdefgh)\\w*".repeat(12)}$`,
      `^ x ${"[".repeat(100)}$`,
      `^ x ${"a|".repeat(20_000)}b$`,
    ]) {
      const { failregexes, notices } = importFilter(filterOf(failregex));
      expect(failregexes.length + notices.length).to.be.at.least(1);
    }
  }).timeout(60_000);
});
