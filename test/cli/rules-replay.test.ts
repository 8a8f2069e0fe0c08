/** `rules replay` as a user meets it: what other rules would have done to the lines that are kept. */
import { expect } from "chai";
import { Sandbox, type Outcome } from "../support/cli.js";

describe("rules replay", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
    const recent = new Date(Date.now() - 3_600_000).toISOString();
    const messages = [
      "backup[7]: job 17 done",
      "backup[7]: job 18 done",
      "app[3]: user root came",
      "app[3]: up",
    ];
    box.write("app.log", messages.map((message) => `${recent} web1 ${message}\n`).join(""));
    box.write(
      "logwinnow.toml",
      `[rules]\ndirectories = ["old"]\n[[source]]\nkind = "file"\npath = "app.log"\n`,
    );
    box.write("old/never.d/app", '#@ title="root came"\nuser root came$\n');
    box.write("new/ignore.d/server/backup", "job [0-9]+ done$\n");
    box.write("new/violations.d/app", "app\\[[0-9]+\\]: up$\n");
  });
  afterEach(() => box.remove());
  const replay = (...args: readonly string[]): Outcome =>
    box.run(["rules", "replay", "--config", box.path("logwinnow.toml"), ...args]);

  it("tells alarms first, then what would be raised, hidden and shown, within a screen", () => {
    const { stdout, stderr, status } = replay("--rules", box.path("new"));
    expect({ stderr, status }).to.deep.equal({ stderr: "", status: 1 });
    const told = stdout.replaceAll(/(since|Z?) ?\d{4}-\d\d-\d\d(T\S+)?/g, "$1 DATE").split("\n");
    expect(told.filter((line) => !line.includes(" web1 "))).to.deep.equal([
      "4 lines: logs since DATE, 0 from the archive",
      "before         1 alarms         0 violations         3 others",
      "after          0 alarms         1 violations         1 others",
      "alarms lost: 1 line of 1 kind",
      "       1  now reported  root came: app: user * came",
      "violations gained: 1 line of 1 kind",
      "       1  was reported  app: up",
      "hidden: 2 lines of 1 kind",
      "       2  all           backup: job * done",
      "",
    ]);
    expect(stdout.split("\n").every((line) => line.length <= 80)).to.equal(true);
  });

  it("is nothing where nothing changes, and goes both ways", () => {
    const same = replay("--rules", box.path("old"), "--before", box.path("old"));
    expect(same.status).to.equal(0);
    expect(same.stdout).to.match(/\nno line would be told otherwise\n$/);
    expect(replay("--before", box.path("new")).stdout).to.include("alarms gained: 1 line of 1 kind\n");
    expect(replay().stderr).to.include("no other rules: --rules, --before or --level");
  });

  it("gives programs a kind a line, then what was read", () => {
    const records = replay("--rules", box.path("new"), "--json")
      .stdout.trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records).to.have.length(4);
    expect(records[0]).to.deep.include({
      change: "alarms lost",
      lines: 1,
      shape: "app: user * came",
      title: "root came",
      before: { never: 1, violation: 0, remainder: 0 },
      after: { never: 0, violation: 0, remainder: 1 },
      ruleBefore: `${box.path("old/never.d/app")}:2`,
    });
    expect(records[3]).to.deep.include({ read: 4, archived: 0, isAllRead: true });
  });
});
