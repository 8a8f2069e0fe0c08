/** When the job runs next: what systemd and cron say, and nothing that they do not. */
import { expect } from "chai";
import { chmodSync, mkdirSync } from "node:fs";
import { scheduleOf } from "../../src/status/schedule.js";
import { Sandbox } from "../support/cli.js";

describe("the schedule of the job", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
  });
  afterEach(() => box.remove());
  const now = new Date(2026, 10, 25, 17, 20);

  /** In: what systemctl prints, null where systemd does not run; the text of the entry in cron.d. */
  function told(systemctl: string | null, cron?: string) {
    if (systemctl !== null) mkdirSync(box.path("run"));
    const program = box.write("systemctl", `#!/bin/sh\ncat <<'END'\n${systemctl ?? ""}\nEND\n`);
    chmodSync(program, 0o755);
    const cronEntry = cron === undefined ? box.path("absent") : box.write("cron", cron);
    return scheduleOf({ systemd: box.path("run"), systemctl: program, cronEntry }, now);
  }

  it("is the timer's, where it is active", () => {
    expect(
      told("ActiveState=active\nNextElapseUSecRealtime=@1795629600", "2 * * * * root x\n"),
    ).to.deep.equal({
      by: "logwinnow.timer",
      next: new Date(1_795_629_600_000),
    });
  });

  it("has no time where the timer states none", () => {
    expect(told("ActiveState=active\nNextElapseUSecRealtime=")).to.deep.equal({ by: "logwinnow.timer" });
  });

  it("is cron's, where the timer is not active", () => {
    expect(told("ActiveState=inactive\nNextElapseUSecRealtime=", "2 * * * * root x\n")).to.deep.equal({
      by: `cron, ${box.path("cron")}`,
      next: new Date(2026, 10, 25, 18, 2),
    });
  });

  for (const [words, entry, next] of [
    [
      "a minute that is still to come this hour",
      "@reboot root x\n# 5 * * * * root no\n45 * * * * logwinnow x\n",
      45,
    ],
    ["no time of a plan that it does not know", "*/20 7-19 * * 1-5 logwinnow x\n", undefined],
    ["no time of several plans", "5 * * * * root x\n35 * * * * root x\n", undefined],
  ] as const)
    it(`is ${words}`, () => {
      const schedule = told(null, entry);
      if (schedule === "none") throw new Error("there is a plan");
      expect(schedule.next).to.deep.equal(next && new Date(2026, 10, 25, 17, next));
      if (next === undefined) expect(schedule.by).to.include(entry.split(/ (?:root|logwinnow)/)[0]);
    });

  it("is none where neither says anything", () => {
    expect(told(null)).to.equal("none");
    expect(told("ActiveState=inactive", "# off\n")).to.equal("none");
  });
});
