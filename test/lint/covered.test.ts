/** Rules that several others match together, judged by grep and by counting words. */
import { spawnSync } from "node:child_process";
import { expect } from "chai";
import type { Finding } from "../../src/lint/finding.js";
import { lint } from "../../src/lint/lint.js";
import { isLong, randomStream } from "../support/seed.js";

const head = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ app:";

function findingsIn(rules: readonly string[], ...files: readonly (readonly string[])[]): Finding[] {
  const [edited, ...others] = [rules, ...files].map((lines, index) => ({
    path: `/rules/${index}`,
    list: "ignored" as const,
    isLocal: false,
    isTarget: index === 0,
    content: lines.map((line) => `${line.replace("HEAD", head)}\n`).join(""),
  }));
  const sources = [...others, ...(edited ? [edited] : [])];
  return lint(
    { sources, findings: [] },
    { locale: "UTF-8", now: new Date("2026-11-22"), hosts: ["web1"], canaries: [] },
  );
}

const greps = (rule: string, line: string): boolean =>
  spawnSync("grep", ["-Eq", rule.replace("HEAD", head)], { input: `${line}\n` }).status === 0;

describe("a rule that several others match together", () => {
  it("is found, with a line that the first of them alone matches", () => {
    const rules = ["HEAD (one|two|six)$", "HEAD (three|four)$", "HEAD (two|three)$"];
    const [found, ...others] = findingsIn(rules);
    expect(others).to.deep.equal([]);
    expect([found?.line, found?.kind, found?.other]).to.deep.equal([3, "covered", "/rules/0:1"]);
    expect(found?.message).to.contain("matched by one of /rules/0:1, /rules/0:2");
    const { witness = "" } = found ?? {};
    expect(rules.map((rule) => greps(rule, witness))).to.deep.equal([true, false, true]);
  });

  it("is found among rules of other files, by a line for each of them", () => {
    const ranges = ["HEAD [0-9]{1,2} ms$", "HEAD [0-9]{3} ms$", "HEAD [0-9]{4,} ms$"];
    const found = findingsIn(["HEAD [0-9]+ ms$", "HEAD -?[0-9]+ s$"], ranges);
    expect(found.map(({ line, kind, other }) => `${line} ${kind} ${other}`)).to.deep.equal([
      "1 covered /rules/1:1",
    ]);
  });

  it("is none where what it does is another thing, where one line is missing, or that its comment allows", () => {
    const halves = ["HEAD [a-m]+$", "HEAD [n-z]+$"];
    expect(findingsIn(["HEAD ([a-m]+|[n-z]+)$"], halves)).to.have.length(1);
    expect(findingsIn(["HEAD ([a-m]+|[n-z]+)$"], ["#@ until=2027-01-31", ...halves])).to.deep.equal([]);
    expect(findingsIn(["HEAD ([a-m]+|[n-z]+|az)$"], halves)).to.deep.equal([]);
    expect(findingsIn(["#@ allow=covered", "HEAD ([a-m]+|[n-z]+)$"], halves)).to.deep.equal([]);
  });

  it("can be deleted with all others that were found: the rest matches the same lines", () => {
    const random = randomStream();
    let covered = 0;
    for (let round = 0; round < (isLong ? 300 : 10); round++) {
      const sets = Array.from({ length: 8 }, () =>
        ["one", "two", "three", "four", "five"].filter(() => random() < 0.45),
      ).filter((words) => words.length > 0);
      const found = findingsIn(sets.map((words) => `HEAD (${words.join("|")})$`));
      const deleted = new Set(found.map(({ line }) => line));
      covered += found.filter(({ kind }) => kind === "covered").length;
      const left = sets.filter((_, index) => !deleted.has(index + 1));
      expect(new Set(left.flat()), JSON.stringify(sets)).to.deep.equal(new Set(sets.flat()));
      for (const { kind, line, witness = "" } of found) {
        if (kind === "covered") expect(sets[line - 1]).to.include(witness.split(" ").at(-1));
      }
    }
    expect(covered).to.be.greaterThan(0);
  });
});
