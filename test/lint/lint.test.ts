import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { findCanaries } from "../../src/lint/canaries.js";
import { isFault, type Finding } from "../../src/lint/finding.js";
import { lint } from "../../src/lint/lint.js";
import { findRuleSources } from "../../src/lint/rule-sources.js";
import type { Level } from "../../src/rules/rule.js";

const { canaries } = findCanaries(["."]);

/** The header of the shipped rules. */
const head = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+";

describe("lint", () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "lint-"))));
  afterEach(() => rmSync(root, { recursive: true }));

  /** In: by path below the directory, the file's content. "HEAD" stands for the header of a rule. */
  function findingsIn(files: Readonly<Record<string, string>>, level: Level = "server"): Finding[] {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), content.replaceAll("HEAD", head), "latin1");
    }
    const sources = findRuleSources([root], { directories: [], level });
    return lint(sources, { locale: "UTF-8", now: new Date("2026-11-22"), hosts: ["web1"], canaries }).map(
      (finding) => ({
        ...finding,
        file: finding.file.slice(root.length + 1),
      }),
    );
  }

  const shown = (findings: readonly Finding[]): string[] =>
    findings.map(({ line, column, kind, other }) =>
      [`${line}:${column} ${kind}`, ...(other ? [other.slice(root.length + 1)] : [])].join(" "),
    );

  const linesOf = (...rules: readonly string[]): string => `${rules.join("\n")}\n`;

  it("asks of titles.d only what titles say, and names groups that a title cannot show", () => {
    const found = findingsIn({
      "titles.d/app": linesOf(
        '#@ title="{1} gave up after {2}"',
        "app: (a|b) gave up after ([0-9]+)",
        '#@ title="it ended"',
        "app: (",
        ".*",
      ),
      "violations.d/app": linesOf('#@ title="{1} of {3}"', "^app: ([a-z]+)"),
    });
    expect(found.map(({ file, line, column, kind }) => `${file}:${line}:${column} ${kind}`)).to.deep.equal([
      "titles.d/app:2:26 directive",
      "titles.d/app:4:6 syntax",
      "violations.d/app:2:1 directive",
      "violations.d/app:2:7 directive",
    ]);
    expect(found[0]?.message).to.equal(
      'its title shows group 2, which is no list of fixed words: "*" stands in its place',
    );
  });

  it("has nothing to say of rules in the house form", () => {
    expect(
      findingsIn({
        "ignore.d/server/app": linesOf(
          "# of app",
          "HEAD app\\[[0-9]+\\]: started by [^[:space:]]+$",
          '#@ max=20/h owner=ops reason="noise"',
          'HEAD app\\[[0-9]+\\]: agent "[^"]*" said (yes|no)$',
          "",
          "^[0-9]+:M [0-9]{2} \\w{3} [0-9]{4} [:0-9]{8} \\* ready$",
        ),
        "never.d/app": "HEAD app\\[[0-9]+\\]: broken into by \n",
      }),
    ).to.deep.equal([]);
  });

  const single: readonly (readonly [rule: string, ...findings: readonly string[]])[] = [
    ["HEAD app: \\d+$", "41 pcre"],
    ["HEAD app: [\\d.]+$", "42 pcre"],
    ["HEAD app: [^\\]]+x$", "43 pcre"],
    ["HEAD app: [a\\-z]+$", "43 pcre"],
    ["HEAD app[[[:digit:]]+]: a$", "39 pcre"],
    ["HEAD app: [[[:digit:]]+ a$"],
    ["HEAD app: (?:a|b)$", "41 pcre"],
    ["HEAD app: (?=a)b$", "41 pcre"],
    ["HEAD app: (?i)b$", "41 pcre"],
    ["HEAD app: [a-z]+?$", "46 pcre"],
    ["HEAD app: a\\tb$", "42 pcre"],
    ["HEAD app: \\s\\S\\w\\W\\bx\\.\\/$"],
    ["HEAD app: a", "41 unanchored"],
    ["HEAD app: (a$|b)", "46 unanchored"],
    ["app: a$", "1 unanchored"],
    ["(HEAD| b) app: a$", "37 unanchored"],
    ["HEAD app: .*a$", "41 attacker-field"],
    ["HEAD app: [^x]{1,100}$", "41 attacker-field"],
    ['HEAD app: "[^"]*" a$'],
    ["HEAD app: .{1,9}a$"],
    ["HEAD app: a{1,100}(b{0,255}){0,99}$", "1 interval"],
    ["HEAD app: (a{0,255}){0,255}$", "1 interval"],
    ["HEAD app: (a$", "41 syntax"],
    ["HEAD app: [[:alhpa:]]$", "42 syntax"],
    ["HEAD app: a$ ", "1 never-matches", "43 trailing-blank", "43 unanchored"],
    ["HEAD app: a$\t# why", "1 never-matches", "44 comment", "48 unanchored"],
    ["HEAD app: a #[0-9]+$"],
    [" HEAD app: a$", "1 leading-blank", "1 unanchored", "1 never-matches"],
    ["HEAD app: a\xc2\xa0b$", "42 no-break-space"],
    ["HEAD app: a$\r", "43 carriage-return"],
    ["HEAD app: a$b", "1 never-matches", "43 unanchored"],
    ["^Nov 23 10:11:12 web1 app: a$", "1 never-matches"],
    ["^\\w{3} [ :0-9]{10} [._[:alnum:]-]+ app: a$", "1 never-matches"],
    ["^Nov [ 0-9]{2} [:0-9]{8} [^ ]+ app: a$", "1 stamp"],
    ["^[A-Z][a-z]{2} [0-9]{2} [:0-9]{8} [^ ]+ app: a$"],
    ["^2026/[0-9]{2}/[0-9]{2} [:0-9]{8} \\[error\\] a$"],
    [".*", "1 unanchored", "1 attacker-field", "2 unanchored", "1 universal"],
    ["^\\w{3} [ :0-9]{11} web1 .*$", "25 attacker-field", "1 universal"],
    ["HEAD app(\\[[0-9]+\\])?: .*$", "54 attacker-field", "1 universal"],
    ["HEAD app: a$|", "43 empty-alternative", "1 universal"],
  ];
  for (const [rule, ...expected] of single)
    it(`of ${JSON.stringify(rule)} ${expected.length > 0 ? `finds ${expected.join(", ")}` : "finds nothing"}`, () => {
      const found = shown(findingsIn({ "ignore.d/server/app": `${rule}\n` }));
      expect(found.toSorted()).to.deep.equal(expected.map((finding) => `1:${finding}`).toSorted());
    });

  it("finds what is wrong with comments", () => {
    const found = findingsIn({
      "ignore.d/server/app": linesOf(
        "#@ untill=2027-01-01",
        "HEAD app: a$",
        "#@ until=2020-01-01",
        "HEAD app: b$",
        '#@ title="saw {1}, {2} and {3}" allow=overlap,nothing',
        "HEAD app: ([a-z]+|x) and (one|two)$",
        "#@ first-seen=\\2",
        "HEAD app: (c)$",
        "#@ owner=ops",
        "",
        " # a comment",
      ),
    });
    expect(shown(found)).to.deep.equal([
      "1:4 directive",
      "4:1 ended",
      "6:1 directive",
      "6:1 directive",
      "6:41 directive",
      "8:1 directive",
      "9:1 directive",
      "11:1 comment",
      "11:1 unanchored",
      "11:12 unanchored",
    ]);
  });

  it("finds files that are not read for their names, and a mark at a file's beginning", () => {
    const found = findingsIn({
      "ignore.d/server/app.rules": "^a$\n",
      "ignore.d/sever/app": "^a$\n",
      "ignore.d/server/empty": "",
      "ignore.d/server/marked": "\xef\xbb\xbf^a$\r\n",
      "violation.d/app": "^a$\n",
    });
    expect(found.map(({ file, line, column, kind }) => `${file}:${line}:${column} ${kind}`)).to.deep.equal([
      "ignore.d/server/app.rules:1:1 not-read",
      "ignore.d/server/empty:1:1 file",
      "ignore.d/server/marked:1:1 byte-order-mark",
      "ignore.d/server/marked:1:7 carriage-return",
      "ignore.d/sever:1:1 not-read",
      "violation.d:1:1 not-read",
    ]);
  });

  it("finds rules that another of their list contains or equals, each with a line that grep agrees on", () => {
    const found = findingsIn({
      "ignore.d/server/app": linesOf(
        "HEAD app: [0-9]+ files$",
        "^([[:alpha:]]{3} [ :[:digit:]]{11}|[0-9T:.+-]{32}) [._[:alnum:]-]+ app: [0-9a-f]+ files$",
        "HEAD app: (one|two)$",
        "HEAD app: (two|one)$",
        "HEAD app: x{2,4}$",
        "HEAD app: x{3,5}$",
        "HEAD app: (a|b)\\1$",
        "HEAD app: (aa|bb|c)$",
      ),
      "violations.d/app": "HEAD app: 7 files\n",
    });
    const inSets = found.filter(({ kind }) => ["contained", "equal", "not-decided"].includes(kind));
    expect(shown(inSets)).to.deep.equal([
      "1:1 contained ignore.d/server/app:2",
      "4:1 equal ignore.d/server/app:3",
      // It is contained, but what a back-reference stands for is not known.
      "7:1 not-decided ignore.d/server/app:8",
    ]);
    const [{ witness = "" } = {}] = inSets;
    const rules = spawnSync("cat", [join(root, "ignore.d/server/app")], { encoding: "utf8" }).stdout.split(
      "\n",
    );
    const greps = (rule: string): boolean =>
      spawnSync("grep", ["-Eq", rule], { input: `${witness}\n`, env: { LC_ALL: "C.UTF-8" } }).status === 0;
    expect([greps(rules[1] ?? ""), greps(rules[0] ?? "")]).to.deep.equal([true, false]);
  });

  it("says of rules with the same text that one can be deleted, however many there are", () => {
    const found = findingsIn({
      "ignore.d/server/app": linesOf(...Array<string>(2000).fill("HEAD app: one$")),
    });
    expect(found.length).to.equal(1999);
    expect(shown(found.slice(-1))).to.deep.equal(["2000:1 equal ignore.d/server/app:1"]);
  });

  it("keeps apart what levels and conditions keep apart", () => {
    const found = findingsIn({
      // Read where the wider one is not.
      "ignore.d/paranoid/app": "HEAD app: one$\n",
      "ignore.d/server/app": linesOf(
        "HEAD app: (one|two|six)$",
        "#@ max=1/h",
        "HEAD app: eight$",
        "",
        "HEAD app: (three|eight)$",
        "#@ max=1/h",
        "HEAD app: three$",
        "#@ max=2/h",
        "HEAD app: (four|five)$",
        "",
        "HEAD app: four$",
        "HEAD app: six$",
      ),
    });
    expect(shown(found)).to.deep.equal([
      // Another rule decides first, so that its condition is never asked.
      "7:1 contained ignore.d/server/app:5",
      "11:1 contained ignore.d/server/app:9",
      "12:1 contained ignore.d/server/app:1",
    ]);
  });

  it("finds rules that never decide, by the whole table of verdicts", () => {
    const found = findingsIn({
      "never.d/app": linesOf("HEAD app: (broken|burnt)", "HEAD app: false alarm"),
      "never.ignore.d/app": "HEAD app: false alarm\n",
      "violations.d/app": linesOf("HEAD app: odd", "HEAD app: broken pipe"),
      "violations.ignore.d/app": "HEAD app: odd weather$\n",
      "ignore.d/server/app": linesOf(
        "HEAD app: broken$",
        "HEAD app: odd (thing|weather)$",
        "HEAD app: odd thing$",
        "HEAD app: (odd|broken) thing$",
        "HEAD app: false alarm$",
      ),
    }).filter(({ kind }) => kind === "dead" || kind === "overlap");
    expect(found.map(({ file, line, kind }) => `${file}:${line} ${kind}`)).to.deep.equal([
      "ignore.d/server/app:1 dead",
      "ignore.d/server/app:2 overlap",
      "ignore.d/server/app:3 dead",
      "ignore.d/server/app:4 dead",
      "never.d/app:2 dead",
      "violations.d/app:2 dead",
    ]);
  });

  it("finds ignore rules that match what an alarm was written for, with a line of both", () => {
    const files = {
      "never.d/app": "HEAD app\\[[0-9]+\\]: login of root from \n",
      "ignore.d/server/app": linesOf(
        "HEAD app\\[[0-9]+\\]: login of [a-z]+ from .*$",
        "HEAD app\\[[0-9]+\\]: logout$",
      ),
    };
    const [overlap, ...others] = findingsIn(files).filter(({ kind }) => kind === "overlap");
    expect(others).to.deep.equal([]);
    expect(overlap?.other).to.match(/never\.d\/app:1$/);
    expect(overlap?.witness).to.contain("app[0]: login of root from ");
    const field = findingsIn({
      ...files,
      "ignore.d/server/app": linesOf(
        "HEAD app\\[[0-9]+\\]: login of [a-z]+ from [.0-9]+$",
        "HEAD app: [a-z]+ is up$",
      ),
    });
    expect(field.map(({ line, kind }) => `${line} ${kind}`)).to.deep.equal(["1 overlap"]);
    expect(field[0]?.witness).to.match(/login of root from [.0-9]+$/);
    const allowed = {
      ...files,
      "ignore.d/server/app": `#@ allow=overlap,attacker-field\n${files["ignore.d/server/app"]}`,
    };
    expect(findingsIn(allowed)).to.deep.equal([]);
  });

  it("finds ignore rules that hide a canary, unless what they hide was seen before", () => {
    const started = "HEAD systemd\\[1\\]: Started ([^.]{1,20}) miner service\\.$";
    const found = findingsIn({
      "ignore.d/server/miner": linesOf(
        started,
        "",
        "#@ first-seen=\\1",
        started.replace("Started", "St[a-z]+"),
      ),
    }).filter(({ kind }) => kind === "canary");
    expect(shown(found)).to.deep.equal(["1:1 canary"]);
    expect(found[0]?.witness).to.contain("Started Monero miner service.");
  });

  it("asks of alarms only whether they are tied to the line's start", () => {
    expect(
      shown(findingsIn({ "never.d/app": linesOf("app: .* broken ", "HEAD app: burnt .*down") })),
    ).to.deep.equal(["1:1 unanchored"]);
  });
});

describe("the shipped rules", () => {
  it("have no findings", () => {
    const settings = { directories: [{ path: ".", isNamed: true }], level: "workstation" } as const;
    const sources = findRuleSources([], settings);
    const findings = lint(sources, {
      locale: "UTF-8",
      now: new Date("2026-11-22"),
      hosts: ["web1"],
      canaries,
    });
    expect(
      findings
        .filter(isFault)
        .map(({ file, line, kind, message }) => `${file}:${line}: ${message} (${kind})`),
    ).to.deep.equal([]);
    expect(sources.sources.length).to.be.greaterThan(100);
  }).timeout(60_000);
});
