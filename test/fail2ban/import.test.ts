/** Imported rules, held against fail2ban's own code on its own filters. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "chai";
import { importFilter } from "../../src/fail2ban/import-filter.js";
import { FilterError } from "../../src/fail2ban/filter-file.js";
import { compileRules } from "../../src/rules/rule-set.js";
import type { Rule } from "../../src/rules/rule.js";
import { formatNotice } from "../../src/std/notice.js";
import { isLong, seed } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { handmadeLines } from "./lines.js";

const directory = "/etc/fail2ban";

interface Answer {
  readonly error?: string;
  readonly failregexes: readonly string[];
  readonly lines: readonly {
    readonly line: string;
    /** The failregexes that find a failure in it. */
    readonly found: readonly number[];
    readonly hasHeader: boolean;
  }[];
}

/** Whether one of the rules matches a line, loaded as a rule file's are. */
function matcherOf(texts: readonly string[]): (line: string) => boolean {
  const rules = texts.map((text, index): Rule => ({
    list: "violation",
    file: "fail2ban",
    line: index,
    text,
  }));
  const { patterns, notices } = compileRules(rules, { locale: "UTF-8", widensHeaders: true });
  expect(notices.map(formatNotice)).to.deep.equal([]);
  const scanner = patterns.scanner({ isSelected: () => false });
  return (line) => scanner.matches(scanner.matchLine(Buffer.from(line))).length > 0;
}

describe("rules imported from fail2ban's filters", () => {
  let answers: Readonly<Record<string, Answer>>;
  let names: readonly string[];
  before(function () {
    this.timeout(600_000);
    needsTool(this, "/usr/bin/python3", "fail2ban-server");
    names = readdirSync(join(directory, "filter.d"))
      .filter((name) => name.endsWith(".conf"))
      .map((name) => basename(name, ".conf"))
      .toSorted();
    const asked = { directory, filters: names, lines: handmadeLines, seed, samples: isLong ? 200 : 5 };
    const python = spawnSync("/usr/bin/python3", ["test/fail2ban/oracle.py"], {
      input: JSON.stringify(asked),
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
    expect(python.stderr.replaceAll(/^No section: 'Definition'\n/gm, "")).to.equal("");
    answers = JSON.parse(python.stdout) as Readonly<Record<string, Answer>>;
  });

  it("match exactly the lines in which fail2ban finds the failure: made ones, changed ones, and those of its logs", function () {
    this.timeout(600_000);
    const wrong: string[] = [];
    const counts = { imported: 0, found: 0, compared: 0 };
    for (const name of names) {
      const answer = answers[name];
      if (!answer || answer.error !== undefined) continue;
      for (const { source, rules } of importFilter(join(directory, "filter.d", `${name}.conf`)).failregexes) {
        const index = answer.failregexes.indexOf(source.text);
        expect(index, `${name}: ${source.text}`).to.be.at.least(0);
        const matches = matcherOf(rules);
        counts.imported++;
        for (const { line, found, hasHeader } of answer.lines) {
          const [isFound, isMatched] = [found.includes(index), matches(line)];
          // A rule asks for the host and the program of a header, where its filter has a prefregex.
          if (isFound && !hasHeader) continue;
          counts.compared++;
          if (isFound) counts.found++;
          if (isFound !== isMatched) wrong.push(`${name} ${index}: ${isFound ? "missed" : "taken"}: ${line}`);
        }
      }
    }
    expect(wrong.slice(0, 10)).to.deep.equal([]);
    expect(counts.imported).to.be.at.least(130);
    expect(counts.found).to.be.at.least(500);
  });

  for (const [name, lines] of Object.entries(handmadeLines))
    it(`match the failures of ${name} that its daemon logs`, () => {
      const { failregexes } = importFilter(join(directory, "filter.d", `${name}.conf`));
      const matches = matcherOf(failregexes.flatMap(({ rules }) => rules));
      expect(lines.filter((line) => !matches(line))).to.deep.equal([]);
      const known = answers[name]?.lines.filter(({ line }) => lines.includes(line)) ?? [];
      expect(known.filter(({ found }) => found.length === 0)).to.deep.equal([]);
    });

  it("name what is no filter, with its line", () => {
    expect(() => importFilter(join(directory, "filter.d/selinux-common.conf"))).to.throw(
      FilterError,
      /selinux-common\.conf:\d+: nothing says what "%\(_type\)s" stands for/,
    );
  });

  it("come of the mode that a jail asks for", () => {
    const path = join(directory, "filter.d/sshd.conf");
    const line =
      "Nov 22 00:41:26 web1 sshd[7]: banner exchange: Connection from 192.0.2.7 port 4242: invalid format";
    for (const [mode, isMatched] of [
      ["normal", false],
      ["aggressive", true],
    ] as const) {
      const { failregexes } = importFilter(path, new Map([["mode", mode]]));
      expect(matcherOf(failregexes.flatMap(({ rules }) => rules))(line)).to.equal(isMatched);
    }
  });
});
