/** The hourly job counts which rules decide its lines, in the commit of its positions. */
import { expect } from "chai";
import { decodeRuleHits, ruleHitsName, type RuleHits } from "../../src/memory/rule-hits.js";
import { loadRules } from "../../src/rules/files/load-rules.js";
import { ruleKey } from "../../src/memory/rule-hits.js";
import { realDisk } from "../../src/std/disk.js";
import { readOnlyStore } from "../../src/store/store.js";
import { checkHost, type CheckHost } from "../support/check-host.js";

describe("rules that decide lines", () => {
  let host: CheckHost;
  beforeEach(() => (host = checkHost()));
  afterEach(() => host.remove());

  const hits = (): RuleHits | undefined =>
    decodeRuleHits(readOnlyStore(host.state, realDisk).store.memory(ruleHitsName));
  /** Lines by the end of the rule's place. */
  const lines = (): Record<string, number> =>
    Object.fromEntries(
      loadRules(host.config.rules).rules.map((rule) => [
        `${rule.file.replace(/^.*rules\//, "")}:${rule.line}`,
        Object.values(hits()?.used.get(ruleKey(rule))?.months ?? {}).reduce((sum, count) => sum + count, 0),
      ]),
    );

  it("are counted once a line: those that ignore, raise, or cancel what would have raised", async () => {
    host.rules("ignore.d/server/app", "app: \napp: job done$\n");
    host.rules("never.d/app", "root\n");
    host.rules("never.ignore.d/app", "root came$\n");
    host.rules("violations.d/app", "#@ min=3/h\nuser\n");
    for (const message of [
      "app: job done",
      "app: root came",
      "app: root failed",
      "app: user 1",
      "idled: idle",
      "odd: line",
    ])
      host.logged("2026-11-27T10:30:00", message);
    await host.run("2026-11-27T11:00:00");
    expect(lines()).to.deep.equal({
      "never.d/app:1": 1,
      "never.ignore.d/app:1": 1,
      "violations.d/app:2": 0,
      "ignore.d/server/app:1": 3,
      "ignore.d/server/app:2": 0,
      "ignore.d/server/idle:1": 1,
    });
    expect(hits()?.lines).to.deep.equal({ "2026-11": 6 });
    host.logged("2026-11-27T11:30:00", "app: job done");
    await host.run("2026-11-27T12:00:00");
    expect(lines()["ignore.d/server/app:1"]).to.equal(4);
  });

  it("are counted where they decide a command that stands on several lines", async () => {
    const sudo = "sudo:     anna : ";
    const header = "TTY=pts/0 ; PWD=/root ; USER=root ; COMMAND=/bin/sh -c";
    host.rules("never.d/sudo", "COMMAND=/bin/sh -c one two$\n");
    host.logged("2026-11-27T10:30:00", `${sudo}${header} one`);
    host.logged("2026-11-27T10:30:00", `${sudo}(command continued) two`);
    const { report } = await host.run("2026-11-27T11:00:00");
    expect(report?.sections.map(({ layer }) => layer)).to.include("never");
    expect(lines()["never.d/sudo:1"]).to.equal(1);
  });

  it("are not counted by a run that was not committed", async () => {
    host.logged("2026-11-27T10:30:00", "idled: idle");
    host.logged("2026-11-27T10:30:00", "odd: line");
    await host.run("2026-11-27T11:00:00", { fails: true }).catch(() => undefined);
    expect(hits()).to.equal(undefined);
    await host.run("2026-11-27T12:00:00");
    expect(lines()).to.deep.equal({ "ignore.d/server/idle:1": 1 });
  });
});
