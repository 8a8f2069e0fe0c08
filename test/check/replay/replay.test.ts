/** A replay of the history with other rules: the difference of two full runs, whatever the rules and the lines are. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { replay, type Replay } from "../../../src/check/replay/replay.js";
import { linesOf } from "../../../src/group/group.js";
import { checkHost, groupsOf, type CheckHost } from "../../support/check-host.js";
import { isLong, randomStream, seed } from "../../support/seed.js";

const now = "2026-11-27T11:00:00";
const dayMs = 86_400_000;

const replayed = (before: CheckHost, after: CheckHost, days = 60): Promise<Replay> =>
  replay(before.config, {
    before: before.config.rules,
    after: after.config.rules,
    history: { state: before.state, lookBackMs: days * dayMs, now: new Date(now) },
    cache: undefined,
  });

describe("a replay", () => {
  const hosts: CheckHost[] = [];
  const host = (): CheckHost => {
    const made = checkHost();
    hosts.push(made);
    return made;
  };
  afterEach(() => {
    for (const made of hosts.splice(0)) made.remove();
  });

  const random = randomStream();
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;

  const patterns = [
    "app[0-9]: job [0-9]+ done$",
    "app1: job",
    "app2: user [a-z]+ failed$",
    "(app[0-9]): user ([a-z]+) (failed|came)$",
    "app3: ",
    "kernel: odd device",
    "root",
    "sudo: +([a-z]+) : TTY=pts/0",
    "COMMAND=/bin/rm",
  ];
  const directives: Readonly<Record<string, readonly string[]>> = {
    "ignore.d/server": ["", "#@ max=3/h\n", "#@ max=10/d\n", "#@ first-seen=\\2\n", "#@ tally=user\n"],
    "violations.d": ["", "#@ min=4/h\n", "#@ near=boot\n"],
    "violations.ignore.d": [""],
    "never.d": ["", "#@ near=boot,packages\n", '#@ title="bad thing"\n'],
    "never.ignore.d": [""],
  };
  const messages = (): string =>
    pick([
      `app${pick([1, 2, 3])}: job ${Math.floor(random() * 100)} done`,
      `app${pick([1, 2, 3])}: user ${pick(["root", "anna", "bert"])} ${pick(["failed", "came"])}`,
      "kernel: odd device 7",
      "kernel: Linux version 6.1.0",
      "app1: message repeated 3 times: [ job 7 done]",
      `sudo:     ${pick(["anna", "bert"])} : TTY=pts/0 ; PWD=/root ; USER=root ; COMMAND=/bin/${pick(["rm -r /", "ls"])}`,
      "sudo:     anna : (command continued) /bin/rm -r /",
      "app1: Traceback (most recent call last):",
      'app1:   File "job.py", line 7, in run',
    ]);

  const given = (made: CheckHost, lines: readonly (readonly [at: string, message: string])[]): void => {
    for (const [at, message] of lines) made.logged(at, message);
    for (const directory of Object.keys(directives))
      for (let count = Math.floor(random() * 3); count > 0; count--)
        made.rules(`${directory}/rule${count}`, `${pick(directives[directory] ?? [""])}${pick(patterns)}\n`);
    // A run that has lost its state reads all there is, and knows nothing.
    mkdirSync(made.state, { mode: 0o700 });
    writeFileSync(join(made.state, "state.json"), "damaged");
  };

  const told = async (made: CheckHost): Promise<Map<string, number>> => {
    const { report } = await made.run(now);
    const counts = new Map<string, number>();
    for (const group of groupsOf(report)) {
      const key = `${group.layer} ${group.shape}`;
      counts.set(key, (counts.get(key) ?? 0) + linesOf(group));
    }
    return counts;
  };

  it(`is the difference of two full runs (seed ${seed})`, async function () {
    this.timeout(isLong ? 0 : 30_000);
    for (let round = 0; round < (isLong ? 500 : 6); round++) {
      const [before, after] = [host(), host()];
      let time = new Date("2026-11-26T00:00:00").getTime();
      const lines = Array.from({ length: 60 }, () => {
        time += Math.floor(random() * random() * 3_600_000);
        const date = new Date(time);
        const at = new Date(time - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
        return [at, messages()] as const;
      });
      given(before, lines);
      given(after, lines);
      const { changes } = await replayed(before, after);
      const [one, other] = [await told(before), await told(after)];
      const expected = new Map<string, number>();
      for (const key of new Set([...one.keys(), ...other.keys()])) {
        const more = (other.get(key) ?? 0) - (one.get(key) ?? 0);
        if (more !== 0) expected.set(key, more);
      }
      const found = new Map<string, number>();
      for (const kind of changes)
        for (const layer of ["never", "violation", "remainder"] as const) {
          const more = kind.after[layer] - kind.before[layer];
          if (more !== 0) found.set(`${layer} ${kind.shape}`, more);
        }
      expect(Object.fromEntries(found), `round ${round}`).to.deep.equal(Object.fromEntries(expected));
      for (const made of hosts.splice(0)) made.remove();
    }
  });

  it("counts conditions by the lines' own times", async () => {
    const [before, after] = [host(), host()];
    for (const made of [before, after])
      for (const at of ["08:00:00", "08:10:00", "08:20:00", "09:30:00"])
        made.logged(`2026-11-20T${at}`, "app: job done");
    before.rules("ignore.d/server/app", "app: job done$\n");
    after.rules("ignore.d/server/app", "#@ max=2/h\napp: job done$\n");
    const { changes } = await replayed(before, after);
    expect(changes.map(({ before: one, after: other }) => other.remainder - one.remainder)).to.deep.equal([
      1,
    ]);
    expect(changes[0]?.samples).to.deep.equal(["Nov 20 08:20:00 web1 app: job done"]);
  });

  it("looks into the archive where the log is gone, and says how much came from it", async () => {
    const [before, after] = [host(), host()];
    before.logged("2026-11-20T08:00:00", "app: odd");
    before.logged("2026-11-20T08:00:00", "idled: idle");
    await before.run("2026-11-20T09:00:00");
    rmSync(before.log);
    after.rules("ignore.d/server/app", "app: odd$\n");
    const { changes, history, lines } = await replayed(before, after);
    expect({ lines, archived: history.archivedLines }).to.deep.equal({ lines: 1, archived: 1 });
    expect(changes).to.have.length(1);
    expect(changes[0]).to.deep.include({
      before: { never: 0, violation: 0, remainder: 1 },
      after: { never: 0, violation: 0, remainder: 0 },
      samples: ["Nov 20 08:00:00 web1 app: odd"],
    });
  });
});
