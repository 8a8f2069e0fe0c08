/** What conditions make of lines: told in doubt, counted once, and only what the rule's expression matched. */
import { expect } from "chai";
import { Rates } from "../../src/conditions/rates.js";
import { judge, series } from "./judge.js";

const cron = String.raw`CRON\[[0-9]+\]: \(([^ )]+)\) CMD \((.*)\)$`;

describe("first-seen", () => {
  const known = [["ignored", "first-seen=\\1,\\2:masked family=cron-command", cron]] as const;

  it("tells the first line of each key, and ignores those that follow", () => {
    const { lines, counts } = judge(known);
    expect(
      lines(
        "10:00:01 CRON[1]: (root) CMD (run-parts /etc/cron.hourly)",
        "11:00:01 CRON[2]: (root) CMD (run-parts /etc/cron.hourly)",
        "11:00:02 CRON[3]: (www-data) CMD (run-parts /etc/cron.hourly)",
        "11:00:03 CRON[4]: (root) CMD (run-parts /etc/cron.daily)",
        "11:00:04 other: line",
      ),
    ).to.deep.equal([
      "violation (first seen): 10:00:01 CRON[1]: (root) CMD (run-parts /etc/cron.hourly)",
      "violation (first seen): 11:00:02 CRON[3]: (www-data) CMD (run-parts /etc/cron.hourly)",
      "violation (first seen): 11:00:03 CRON[4]: (root) CMD (run-parts /etc/cron.daily)",
      "remainder: 11:00:04 other: line",
    ]);
    expect(counts()).to.deep.equal({ ignored: 1, violation: 3, remainder: 1 });
  });

  it("knows a masked text again whatever its numbers are, an exact one only as it is", () => {
    const { lines } = judge([
      ["ignored", "first-seen=\\1:masked", "masked: (.*)$"],
      ["ignored", "first-seen=\\1", "exact: (.*)$"],
      ["ignored", "first-seen=\\1:network", "network: (.*)$"],
    ]);
    const told = lines(
      "10:00:00 masked: job 12 of run-1f3a99c0 0f0e0d0c-0000-4000-8000-00000000abcd /tmp/tmp.aB3dEfGh",
      "10:00:01 masked: job 7 of run-00aa77ff 1f0e0d0c-0000-4000-8000-00000000abcd /tmp/tmp.Zz9_xxxx",
      "10:00:02 masked: job of run",
      "10:00:03 exact: user1",
      "10:00:04 exact: user2",
      "10:00:05 exact: user1",
      "10:00:06 network: 198.51.100.7",
      "10:00:07 network: 198.51.9.9",
      "10:00:08 network: ::ffff:198.51.9.9",
      "10:00:09 network: 198.52.100.7",
      "10:00:10 network: 2001:db8::1",
      "10:00:11 network: 2001:db8:5::2",
      "10:00:12 network: 2001:db9::1",
      "10:00:13 network: host.example",
    );
    expect(told.map((line) => line.slice(24, 33).trim())).to.deep.equal(
      ["00", "02", "03", "04", "06", "09", "10", "12", "13"].map((second) =>
        `10:00:${second}`.padStart(9).trim(),
      ),
    );
  });

  it("tells all lines of a rule that has no such group, and says why", () => {
    const { lines, conditions } = judge([["ignored", "first-seen=\\2", "job: (.*)$"]]);
    expect(lines("10:00:00 job: a", "10:00:01 job: a")).to.have.length(2);
    expect(conditions.notices()).to.deep.equal([
      {
        where: "rules.d/ignored:1:1",
        what: '"first-seen=\\2" names a group that the rule does not have',
        done: "its lines will be reported",
      },
    ]);
  });

  it("knows the key in what a message repeated, and in a header of any form", () => {
    const { lines } = judge([["ignored", "first-seen=\\1", "job: (.*)$"]]);
    expect(
      lines(
        "10:00:00 job: a",
        "10:00:01 job: message repeated 3 times: [ a]",
        "10:00:02 job: message repeated 2 times: [ b]",
      ),
    ).to.deep.equal([
      "violation (first seen): 10:00:00 job: a",
      "violation (first seen): 10:00:02 job: message repeated 2 times: [ b]",
    ]);
  });

  it("learns silently what a new family sees first; its inventory says so", () => {
    const { lines, state } = judge(known, { learns: true });
    expect(lines("10:00:01 CRON[1]: (root) CMD (a)", "10:00:02 CRON[1]: (root) CMD (b 1)")).to.deep.equal([]);
    expect([...state.keys.inventory()]).to.deep.equal([["cron-command", ["root\na", "root\nb #"]]]);
  });

  it("is shared by the rules of one family, and by no others", () => {
    const { lines } = judge([
      ["ignored", "first-seen=\\1 family=jobs", "one: (.*)$"],
      ["ignored", "first-seen=\\1 family=jobs", "two: (.*)$"],
      ["ignored", "first-seen=\\1", "three: (.*)$"],
    ]);
    expect(lines("10:00:00 one: a", "10:00:01 two: a", "10:00:02 three: a")).to.deep.equal([
      "violation (first seen): 10:00:00 one: a",
      "violation (first seen): 10:00:02 three: a",
    ]);
  });

  it("changes nothing for a line that another rule raises", () => {
    const { lines } = judge([
      ["ignored", "first-seen=\\1", "job: (.*)$"],
      ["never", "", "job: bad$"],
    ]);
    expect(lines("10:00:00 job: bad")).to.deep.equal(["never: 10:00:00 job: bad"]);
  });
});

describe("max", () => {
  it("tells the lines past so many in the time before them, and ignores again once they are fewer", () => {
    const { lines, counts } = judge([["ignored", "max=3/h", "job: "]]);
    expect(
      lines(...series(5, "10:00:00", "job: x"), "11:00:01 job: y", "11:00:04 job: z", "12:30:00 job: later"),
    ).to.deep.equal([
      "remainder (too many): 10:00:03 job: x",
      "remainder (too many): 10:00:04 job: x",
      "remainder (too many): 11:00:01 job: y",
    ]);
    expect(counts()).to.deep.equal({ ignored: 5, remainder: 3 });
  });

  it("counts what a message repeated", () => {
    const { lines } = judge([["ignored", "max=3/h", "job: x"]]);
    expect(lines("10:00:00 job: message repeated 4 times: [ x]", "10:00:01 job: x")).to.have.length(2);
  });

  it("goes on in the next run where the last one stopped", () => {
    const first = judge([["ignored", "max=3/h", "job: "]]);
    first.lines(...series(3, "10:59:00", "job: x"));
    const records = first.state.rates.toStore(
      new Date("2026-11-22T11:00:00").getTime(),
      first.conditions.names,
    );
    const second = judge([["ignored", "max=3/h", "job: "]], {
      state: { rates: new Rates(JSON.parse(JSON.stringify(records))) },
    });
    expect(second.lines("11:01:00 job: y", "12:05:00 job: z")).to.deep.equal([
      "remainder (too many): 11:01:00 job: y",
    ]);
  });
});

describe("min", () => {
  const rules = [
    ["violation", "min=3/h", "job: "],
    ["ignored", "", "job: (.*)$"],
  ] as const;

  it("leaves lines what they would be without the rule, until enough have come within the time", () => {
    const { lines, counts } = judge(rules);
    expect(
      lines("10:00:00 job: a", "10:59:00 job: b", "11:00:00 job: c", "11:30:00 job: d", "11:31:00 job: e"),
    ).to.deep.equal(["violation: 11:30:00 job: d", "violation: 11:31:00 job: e"]);
    expect(counts()).to.deep.equal({ ignored: 3, violation: 2 });
  });

  it("hands out those that came before and were not told, once", () => {
    const { lines } = judge(rules, { handsOutEarlier: true });
    expect(lines("09:00:00 job: long before", ...series(4, "10:00:00", "job: x"))).to.deep.equal([
      "violation: 10:00:00 job: x",
      "violation: 10:00:01 job: x",
      "violation: 10:00:02 job: x",
      "violation: 10:00:03 job: x",
    ]);
  });

  it("leaves them in the remainder where nothing ignores them", () => {
    const { lines } = judge([["never", "min=2/min", "job: "]]);
    expect(lines("10:00:00 job: a", "10:01:00 job: b", "10:01:30 job: c")).to.deep.equal([
      "remainder: 10:00:00 job: a",
      "remainder: 10:01:00 job: b",
      "never: 10:01:30 job: c",
    ]);
  });

  it("lets another rule raise what it spares", () => {
    const { lines } = judge([
      ["never", "min=5/h", "job: "],
      ["violation", "", "job: bad"],
      ["ignored", "", "job: "],
    ]);
    expect(lines("10:00:00 job: bad", "10:00:01 job: fine")).to.deep.equal(["violation: 10:00:00 job: bad"]);
  });
});

describe("near", () => {
  const boot = "10:00:00 kernel: [    0.000000] Linux version 6.1.0-25-amd64 (debian)";
  const rules = [
    ["never", "near=boot,packages", "job: failed"],
    ["violation", "near=shutdown", "job: stopped"],
  ] as const;

  it("shows an alarm one layer lower once something before it explains it, as long as its time lasts", () => {
    const { lines } = judge(rules, { lowersAtOnce: true });
    expect(
      lines(
        "09:50:00 job: failed",
        boot,
        "10:09:59 job: failed",
        "10:10:01 job: failed",
        "10:05:00 job: stopped",
        "11:00:00 systemd[1]: Reached target shutdown.target - System Shutdown.",
        "11:00:01 job: stopped",
        "11:00:02 job: failed",
      ),
    ).to.deep.equal([
      "never: 09:50:00 job: failed",
      `remainder: ${boot}`,
      "violation (boot): 10:09:59 job: failed",
      "never: 10:10:01 job: failed",
      "violation: 10:05:00 job: stopped",
      "remainder: 11:00:00 systemd[1]: Reached target shutdown.target - System Shutdown.",
      "remainder (shutdown): 11:00:01 job: stopped",
      "never: 11:00:02 job: failed",
    ]);
  });

  it("leaves it to whoever knows all lines, whatever their order", () => {
    const { lines, conditions, state } = judge(rules);
    expect(lines("09:59:00 job: failed", boot)[0]).to.equal("never: 09:59:00 job: failed");
    const at = (time: string): string | undefined =>
      state.circumstances.explaining(["boot"], new Date(`2026-11-22T${time}`).getTime());
    expect(["09:58:00", "09:59:00", "10:09:00", "10:11:00"].map(at)).to.deep.equal([
      undefined,
      "boot",
      "boot",
      undefined,
    ]);
    expect(conditions.areNone).to.equal(false);
  });

  it("believes no other program: a user's manager, an application, a message that quotes the kernel", () => {
    for (const forged of [
      "10:00:00 logger: Linux version 6.1.0",
      "10:00:00 systemd[812]: Reached target shutdown.target - Shutdown.",
      "10:00:00 app[1]: kernel: Linux version 6.1.0",
      "10:00:00 sudo: mallory : COMMAND=/tmp/apt",
    ]) {
      const { lines } = judge([["never", "near=boot,shutdown,packages", "job: failed"]], {
        lowersAtOnce: true,
      });
      expect(lines(forged, "10:00:01 job: failed"), forged).to.include("never: 10:00:01 job: failed");
    }
  });

  for (const [circumstance, sign] of [
    ["boot", "10:00:00 systemd[1]: systemd 252.30-1~deb12u2 running in system mode (+PAM)"],
    ["shutdown", "10:00:00 systemd-logind[612]: The system will reboot now!"],
    ["shutdown", "10:00:00 systemd-logind[612]: System is powering down."],
    ["shutdown", "10:00:00 systemd[1]: Shutting down."],
    ["shutdown", "10:00:00 systemd[1]: Reached target Shutdown."],
    ["suspend", "10:00:00 kernel: [ 100.2] PM: suspend entry (deep)"],
    ["suspend", "10:00:00 systemd-sleep[99]: Entering sleep state 'suspend'..."],
    ["packages", "10:00:00 sudo:    alice : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/apt install x"],
    ["packages", "10:00:00 acct: command=dpkg uid=0 user=root"],
    [
      "packages",
      "10:00:00 systemd[1]: Starting apt-daily-upgrade.service - Daily apt upgrade and clean activities...",
    ],
  ] as const)
    it(`knows ${circumstance} by "${sign.slice(9)}"`, () => {
      const { lines } = judge([["never", `near=${circumstance}`, "job: failed"]], { lowersAtOnce: true });
      expect(lines(sign, "10:00:01 job: failed")).to.include(
        `violation (${circumstance}): 10:00:01 job: failed`,
      );
    });
});
