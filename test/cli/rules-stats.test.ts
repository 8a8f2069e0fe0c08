/** `rules stats` as a user meets it: which rules work, which never did. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { expect } from "chai";
import { decodeRuleHits, encodeRuleHits, ruleHitsName, type RuleHits } from "../../src/memory/rule-hits.js";
import { encodeState, unseal } from "../../src/store/state-file.js";
import type { State } from "../../src/store/state.js";
import { decodeStored, encodeStored } from "../../src/store/stored.js";
import { Sandbox, type Outcome } from "../support/cli.js";

describe("rules stats", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
    const recent = new Date(Date.now() - 3_600_000).toISOString();
    const messages = ["app[3]: up", "app[3]: up", "app[3]: odd"];
    box.write("app.log", messages.map((message) => `${recent} web1 ${message}\n`).join(""));
    box.write(
      "logwinnow.toml",
      `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "app.log"\n`,
    );
    box.write("rules/ignore.d/local/app", "app\\[[0-9]+\\]: up$\napp\\[[0-9]+\\]: down$\n(a)\\1 twice$\n");
  });
  afterEach(() => box.remove());
  const logwinnow = (...args: readonly string[]): Outcome =>
    box.run([...args, "--config", box.path("logwinnow.toml")]);
  const place = (line: number): string => `${box.path("rules/ignore.d/local/app")}:${line}`;

  /** As if counting had begun so many days before. */
  const countedFor = (days: number): void => {
    const file = readdirSync(box.path("state/memory")).find((name) => name.includes(ruleHitsName)) ?? "";
    const path = box.path("state/memory", file);
    const stored = decodeStored(readFileSync(path));
    const hits = decodeRuleHits({ kind: "stored", stored });
    if (hits === undefined) throw new Error("nothing was counted");
    const earlier: RuleHits = {
      ...hits,
      since: hits.since - days,
      unused: { [hits.since - days]: Object.values(hits.unused).flat() },
    };
    const bytes = encodeStored(encodeRuleHits(earlier));
    writeFileSync(path, bytes);
    const state = JSON.parse(
      Buffer.from(unseal(readFileSync(box.path("state/state.json"))) ?? []).toString(),
    ) as State;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const { commitNumber } = state;
    const memory = { ...state.memory, [ruleHitsName]: { commitNumber, sha256 } };
    writeFileSync(box.path("state/state.json"), encodeState({ ...state, memory }));
  };

  it("says that nothing is counted before a run, and calls no rule unused before its time", () => {
    const before = logwinnow("rules", "stats");
    expect(before.status).to.equal(1);
    expect(before.stderr).to.include("no run has counted what rules decide");
    expect(logwinnow("check", "--stdout").status).to.equal(0);
    const { stdout, stderr, status } = logwinnow("rules", "stats", "--unused", "90d");
    expect({ stdout, status }).to.deep.equal({ stdout: "", status: 0 });
    expect(stderr).to.include("lines are counted for 0 days only: no rule is called unused for 90 days yet");
  });

  it("tells on a screen what decides most, what never did, and what costs", () => {
    logwinnow("check", "--stdout");
    countedFor(97);
    const { stdout, stderr } = logwinnow("rules", "stats");
    expect(stderr).to.equal("");
    const lines = stdout.split("\n");
    expect(lines[0]).to.match(/^97 days since \d{4}-\d\d-\d\d: 3 lines$/);
    expect(lines.slice(1, 6)).to.deep.equal([
      "rules          all      used    unused   90 days",
      "shipped          0         0         0         0",
      "yours            3         1         2         2",
      "",
      "     lines  last used   most used",
    ]);
    expect(lines[6]).to.match(/^ {9}2 {2}today {7}.*ignore\.d\/local\/app:1$/);
    expect(stdout).to.match(
      /\nyours, unused for 90 days \(all: rules stats --unused 90d\)\n.*app:2\n {6}app.*down\$\n/,
    );
    expect(stdout).to.match(/\n {4}places {2}costliest\n +\d+ {2}verified .*app:3\n/);
    expect(lines.length).to.be.at.most(24);
    expect(lines.every((line) => line.length <= 80)).to.equal(true);
    expect(logwinnow("rules", "stats", "--unused", "90d").stdout).to.equal(
      `${place(2)}: app\\[[0-9]+\\]: down$\n${place(3)}: (a)\\1 twice$\n`,
    );
  });

  it("gives programs a rule a line, then what was counted", () => {
    logwinnow("check", "--stdout");
    const records = logwinnow("rules", "stats", "--json")
      .stdout.trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records).to.have.length(4);
    const today = new Date().toISOString().slice(0, 10);
    expect(records[0]).to.deep.include({
      rule: place(1),
      list: "ignored",
      shipped: false,
      lines: 2,
      months: { [today.slice(0, 7)]: 2 },
      countedSince: today,
      lastUsed: today,
      unusedDays: 0,
      verified: false,
    });
    expect(records[1]).to.deep.include({ lines: 0, months: {} }).and.to.not.have.property("lastUsed");
    expect(records[2]).to.deep.include({ verified: true });
    expect(records[3]).to.deep.equal({ since: today, days: 0, lines: { [today.slice(0, 7)]: 3 } });
  });
});
