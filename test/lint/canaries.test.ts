import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { findCanaries, hiddenCanaries } from "../../src/lint/canaries.js";
import { loadRuleSet } from "../../src/rules/load-rule-set.js";
import { levels, type Level } from "../../src/rules/rule.js";

const head = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+";
const header = "Nov 22 03:14:15 web1";

describe("canaries", () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "canaries-"))));
  afterEach(() => rmSync(root, { recursive: true }));

  function write(name: string, content: string): void {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content.replaceAll("HEAD", head).replaceAll("AT", header));
  }

  const rulesAt = (path: string, level: Level) =>
    loadRuleSet({ directories: [{ path, isNamed: true }], level, locale: "UTF-8" }, undefined);

  const hidden = (): string[] => {
    const { ruleSet, notices } = rulesAt(root, "server");
    expect(notices).to.deep.equal([]);
    const { canaries, findings } = findCanaries([root]);
    expect(findings).to.deep.equal([]);
    return hiddenCanaries(canaries, ruleSet).map(
      ({ line, other }) => `${line} by ${other?.slice(root.length + 1)}`,
    );
  };

  it("are hidden where a run would drop the line, and not where it tells it", () => {
    write(
      "canaries/mine",
      "# a comment\n\nAT app: lost\nAT app: new root\nAT app: odd\nAT app: gone\nAT app: many\n",
    );
    write(
      "ignore.d/server/app",
      "HEAD app: (lost|gone|many|odd)$\n\n#@ first-seen=\\1\nHEAD app: new ([a-z]+)$\n",
    );
    write("violations.d/app", "HEAD app: odd\n\n#@ min=3/h\nHEAD app: many\n");
    write("never.d/app", "HEAD app: gone\n");
    write("never.ignore.d/app", "HEAD app: gone$\n");
    const by = "ignore.d/server/app:1";
    expect(hidden()).to.deep.equal([`3 by ${by}`, `6 by ${by}`, `7 by ${by}`]);
  });

  it("are lines in any form", () => {
    write(
      "canaries/mine",
      "<38>1 2026-11-22T03:14:15.123Z web1 app 7 - - lost\n" +
        "2026-11-22T03:14:15.123456+00:00 web1 app[7]: lost\n",
    );
    write("ignore.d/server/app", "HEAD app(\\[[0-9]+\\])?: lost$\n");
    expect(hidden()).to.deep.equal(["1 by ignore.d/server/app:1", "2 by ignore.d/server/app:1"]);
  });

  it("are not read from files whose names no rule file has, which is said", () => {
    write("canaries/mine.txt", "AT app: lost\n");
    write("canaries/mine~", "AT app: lost\n");
    mkdirSync(join(root, "canaries/directory"));
    const { canaries, findings } = findCanaries([root, join(root, "none")]);
    expect(canaries).to.deep.equal([]);
    expect(
      findings.map(({ file, kind }) => `${file.slice(root.length + 1)} ${kind}`).toSorted(),
    ).to.deep.equal(["canaries/directory file", "canaries/mine.txt not-read"]);
  });

  for (const level of levels)
    it(`of ours are hidden by no shipped rule at level ${level}`, () => {
      const { canaries, findings } = findCanaries(["."]);
      expect(findings).to.deep.equal([]);
      expect(canaries.length).to.be.greaterThan(140);
      expect(hiddenCanaries(canaries, rulesAt(".", level).ruleSet)).to.deep.equal([]);
    });

  it("of ours find what Debian's rules hide", function () {
    const debian = "/etc/logcheck";
    const { ruleSet } = rulesAt(debian, "server");
    if (ruleSet.rules.length < 1000) this.skip();
    const found = hiddenCanaries(findCanaries(["."]).canaries, ruleSet).map(({ witness = "" }) => witness);
    expect(found.length).to.be.greaterThan(25);
    const words = [
      "| bash)",
      "Accepted password for root",
      "Started Monero miner",
      "Emergency Mode",
      "snort: [1:",
    ];
    expect(words.filter((word) => !found.some((line) => line.includes(word)))).to.deep.equal([]);
  });
});
