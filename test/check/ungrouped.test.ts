/** Without grouping, every line is shown in its order, and what happened still stands in the subject. */
import { expect } from "chai";
import { textOf } from "../../src/report/render/text.js";
import { checkHost, type CheckHost } from "../support/check-host.js";

describe("a report without grouping", () => {
  let host: CheckHost;
  beforeEach(() => {
    host = checkHost();
    host.rules(
      "never.d/bad",
      '#@ title="somebody got in"\napp: in from [0-9.]+$\n#@ title="a disk failed"\napp: disk [a-z]+$\n',
    );
  });
  afterEach(() => host.remove());

  it("tells all lines of an alarm below its title, and offers no command that needs a kind", async () => {
    for (const second of [1, 2, 3])
      host.logged(`2026-11-27T09:30:0${second}`, `app: in from 192.0.2.${second}`);
    host.logged("2026-11-27T09:31:00", "app: disk sda");
    for (const word of ["one", "two"]) host.logged("2026-11-27T09:32:00", `app: odd ${word}`);
    const report = {
      group: false,
      commands: new Set(["show", "explain", "ack", "ignore", "report"] as const),
    };
    const { outcome } = await host.run("2026-11-27T10:00:00", { report });
    const outline = outcome.kind === "done" ? outcome.report?.outline : undefined;
    if (outline === undefined) throw new Error("no report");
    expect(outline.subject).to.match(/^ALARM \S+: a disk failed, 1 more alarm$/);
    expect(outline.alarmRows.rows.map(({ title, count }) => [title, count])).to.deep.equal([
      ["a disk failed", 1],
      ["somebody got in", 3],
    ]);
    const text = textOf(outline);
    for (const line of ["in from 192.0.2.1", "in from 192.0.2.2", "in from 192.0.2.3", "odd one", "odd two"])
      expect(text).to.contain(line);
    expect(text).not.to.contain("new,");
    expect(outline.actions.rows.map(({ command }) => command.replace(/[0-9a-f]{4}$/, "ID"))).to.deep.equal([
      "logwinnow report ID",
      "logwinnow explain",
    ]);
  });

  it("goes on with what an earlier run gathered", async () => {
    const run = (at: string, fails: boolean) =>
      host.run(at, { report: { group: false }, fails, ...(fails && { storeEveryBytes: 10 }) });
    host.logged("2026-11-27T09:30:01", "app: in from 192.0.2.1");
    await run("2026-11-27T10:00:00", true).catch(() => undefined);
    host.logged("2026-11-27T10:30:01", "app: in from 192.0.2.2");
    const { report } = await run("2026-11-27T11:00:00", false);
    const groups = report?.sections.flatMap((section) => section.groups) ?? [];
    expect(groups.map(({ title, count, samples }) => [title, count, samples.length])).to.deep.equal([
      ["somebody got in", 2, 2],
    ]);
  });
});
