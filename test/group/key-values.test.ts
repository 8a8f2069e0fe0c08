/** What lines name, as titles' keys show it. */
import { expect } from "chai";
import fc from "fast-check";
import { readEntry } from "../../src/entry/header.js";
import { isIP } from "node:net";
import { KeyTally, keyValueOf } from "../../src/group/key-values.js";
import type { Shown } from "../../src/rules/files/directive-values.js";
import { seed } from "../support/seed.js";

const entryOf = (message: string) =>
  readEntry(`Mar  4 10:00:00 db7 ${message}`, new Date("2026-03-04T11:00:00Z"));

const cases: readonly (readonly [Shown, string, string | undefined])[] = [
  ["address", "sshd[7]: Accepted password for root from 192.0.2.9 port 4711 ssh2", "192.0.2.9"],
  ["user", "sshd[7]: Accepted publickey for backup from 2001:db8::7 port 4711 ssh2", "backup"],
  ["user", "sudo[7]:   nora : user NOT in sudoers ; TTY=pts/0 ; USER=root ; COMMAND=/bin/sh", "nora"],
  ["user", "crontab[7]: (nora) REPLACE (nora)", "nora"],
  ["user", "su[7]: FAILED SU (to root) nora on pts/0", "nora"],
  ["user", "useradd[7]: new user: name=sysd, UID=0, GID=0, home=/root, shell=/bin/bash, from=none", "sysd"],
  ["user", "passwd[7]: pam_unix(passwd:chauthtok): password changed for nora", "nora"],
  ["unit", "systemd[1]: mill.service: Failed with result 'exit-code'.", "mill.service"],
  ["unit", "systemd[1]: Failed to start mill.service - Grinds numbers.", "mill.service"],
  ["device", "kernel: [9.1] blk_update_request: I/O error, dev sdq, sector 8 op 0x0:(READ)", "sdq"],
  ["device", "smartd[7]: Device: /dev/sdq [SAT], 8 Currently unreadable (pending) sectors", "sdq"],
  [
    "port",
    "kernel: [9.1] [BLOCK] IN= OUT=eth0 SRC=192.0.2.1 DST=192.0.2.9 PROTO=TCP SPT=9 DPT=6667 SYN",
    "6667",
  ],
  ["user", "sshd[7]: Accepted password for a;b from 192.0.2.9 port 4711 ssh2", undefined],
  ["unit", "systemd[1]: Reached target of nothing.", undefined],
];

describe("what a line names", () => {
  for (const [by, message, value] of cases)
    it(`${by} of ${message.slice(0, 60)}`, () => {
      expect(keyValueOf(entryOf(message), by)).to.equal(value);
    });

  it("fits its type, whatever stands in the line", () => {
    const keys = ["address", "user", "unit", "device", "port"] as const;
    const around = fc.constantFrom("user ", " for ", " from ", "dev ", "/dev/", "(", " : ", "port ", "name=");
    const text = fc.tuple(
      around,
      fc.string({ unit: "binary", maxLength: 40 }),
      around,
      fc.string({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(text, (parts) => {
        const entry = entryOf(`app[7]: ${Buffer.from(parts.join("")).toString("latin1")}`);
        for (const by of keys) {
          const value = keyValueOf(entry, by) ?? "x";
          expect(
            by === "address" && value !== "x" ? isIP(value) > 0 : /^[A-Za-z0-9._@:-]{1,32}$/.test(value),
          ).to.equal(true);
        }
      }),
      { seed },
    );
  });

  it("is counted within bounds, and over the batches of a report", () => {
    const first = new KeyTally(["address"]);
    for (let number = 0; number < 500; number++)
      first.add(
        entryOf(`sshd[7]: Accepted password for root from 192.0.${number % 250}.${number % 3} port 1 ssh2`),
      );
    const second = new KeyTally(["address"], JSON.parse(JSON.stringify(first.counts())));
    second.add(entryOf("sshd[7]: hello"));
    const [counts] = second.counts();
    const sum = Object.values(counts?.counts ?? {}).reduce((all, count) => all + count, 0);
    expect(sum + (counts?.others ?? 0)).to.equal(501);
    expect(Object.keys(counts?.counts ?? {}).length).to.be.at.most(200);
  });
});
