/** Process accounting: records of the real kernel and made ones, against dump-acct. */
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { accountingFile } from "../../src/sources/records/accounting.js";
import type { LookBack } from "../../src/sources/source.js";
import { traditionalTime } from "../../src/entry/traditional-time.js";
import { needsTool } from "../support/tools.js";
import { context, noon, run, temporaryDirectory } from "./reading.js";
import { lineOf, recordOf, type RecordFields } from "./records.js";

describe("process accounting", () => {
  const root = temporaryDirectory();
  let path: string;
  beforeEach(() => {
    path = join(mkdtempSync(join(root, "case-")), "pacct");
  });
  const source = (firstRun: LookBack = { kind: "all" }, now = noon) =>
    accountingFile(path, { firstRun, followLinks: false, context: { ...context, now } });
  const tailOf = (line: string) => line.slice(line.indexOf("acct: ")).trimEnd();

  for (const [what, fields, expected] of [
    [
      "a user, a terminal, flags",
      { command: "ls", uid: 33, tty: 0x8801, flags: 2 },
      "command=ls uid=33 user=www-data tty=pts/1 flags=S status=0 elapsed=0.00",
    ],
    [
      "all flags, a failure, an hour",
      { command: "cc", flags: 0x1b, exit: 0x200, elapsedTicks: 360_001 },
      "command=cc uid=0 user=root tty=- flags=FSDX status=2 elapsed=3600.01",
    ],
    [
      "an unknown user, a console",
      { command: "sh", uid: 4_000_000_000, tty: 0x0401 },
      "command=sh uid=4000000000 user=4000000000 tty=tty1 flags=- status=0 elapsed=0.00",
    ],
    [
      "terminal 300",
      { command: "sh", tty: (137 << 8) | 44 },
      "command=sh uid=0 user=root tty=pts/300 flags=- status=0 elapsed=0.00",
    ],
    [
      "a serial line",
      { command: "getty", tty: 0x0440 },
      "command=getty uid=0 user=root tty=ttyS0 flags=- status=0 elapsed=0.00",
    ],
    [
      "another device",
      { command: "x", tty: 0x0501 },
      "command=x uid=0 user=root tty=5:1 flags=- status=0 elapsed=0.00",
    ],
    [
      "a forged name",
      { command: "a uid=0\nNov \\\xff" },
      "command=a\\x20uid\\x3d0\\x0aNov\\x20\\x5c\\xff uid=0 user=root tty=- flags=- status=0 elapsed=0.00",
    ],
    [
      "a name of 16 bytes",
      { command: "0123456789abcdef" },
      "command=0123456789abcdef uid=0 user=root tty=- flags=- status=0 elapsed=0.00",
    ],
  ] as readonly (readonly [string, RecordFields, string])[])
    for (const isBigEndian of [false, true])
      it(`shows ${what}${isBigEndian ? ", in the other byte order" : ""}`, async () => {
        writeFileSync(path, recordOf({ ...fields, isBigEndian }));
        const { lines } = await run(source());
        expect(lines).to.deep.equal([`${traditionalTime(noon.getTime() / 1000)} web1 acct: ${expected}\n`]);
      });

  it("agrees with dump-acct on what the kernel recorded", async function () {
    needsTool(this, "accton", "dump-acct", "unshare");
    writeFileSync(path, "");
    const script = `accton ${path} >/dev/null && { /bin/false; /bin/true; sh -c "exit 3"; sh -c "kill -9 \\$\\$"; (exec -a x sleep 0.05); } ; accton off >/dev/null`;
    const made = spawnSync("unshare", ["--pid", "--fork", "--mount-proc", "bash", "-c", script], {
      encoding: "utf8",
    });
    if (readFileSync(path).length === 0) {
      if (process.env.CI === "true") throw new Error(`no record was made: ${made.stderr}`);
      this.skip();
    }
    const dumped = execFileSync("dump-acct", [path], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
    });
    const expected = dumped
      .trimEnd()
      .split("\n")
      .map((line) => line.split("|").map((field) => field.trim()));
    const { lines } = await run(source());
    expect(lines).to.have.length(expected.length).and.length.above(5);
    lines.forEach((line, index) => {
      const [command, , , , elapsedTicks, uid, , , , , , letters, status, tty, time] = expected[index] ?? [];
      const elapsed = (Math.floor(Number(elapsedTicks)) / 100).toFixed(2);
      const user = uid === "0" ? "root" : uid;
      const flags = ["F", "S", "D", "X"].filter((letter) => letters?.includes(letter)).join("") || "-";
      expect(tailOf(line)).to.equal(
        `acct: command=${command} uid=${uid} user=${user} tty=${tty === "__" ? "-" : tty} flags=${flags} status=${status} elapsed=${elapsed}`,
      );
      const [, month, day, hours] = /^\w+ (\w+) +(\d+) ([\d:]+) \d+$/.exec(time ?? "") ?? [];
      expect(line.slice(0, 15)).to.equal(`${month} ${day?.padStart(2)} ${hours}`);
    });
  });

  it("waits for the rest of a cut record, and says so when it never comes", async () => {
    const record = recordOf({ command: "ls" });
    for (let cut = 1; cut < 64; cut += 9) {
      writeFileSync(path, Buffer.concat([record, record.subarray(0, cut)]));
      const first = await run(source());
      expect(first.lines).to.deep.equal([lineOf({ command: "ls" })]);
      appendFileSync(path, record.subarray(cut));
      expect((await run(source(), first.position)).lines).to.deep.equal([lineOf({ command: "ls" })]);
    }
    appendFileSync(path, record.subarray(0, 10));
    const seen = await run(source());
    const later = await run(source({ kind: "all" }, new Date(noon.getTime() + 3_600_000)), seen.position);
    expect(later.notices.join()).to.contain("10 bytes of a cut record");
    expect(later.lines).to.deep.equal([]);
  });

  it("leaves records of an unknown version out, and says how many", async () => {
    writeFileSync(
      path,
      Buffer.concat([
        recordOf({ command: "a" }),
        recordOf({ command: "b", version: 2 }),
        recordOf({ command: "c" }),
      ]),
    );
    const { lines, notices } = await run(source());
    expect(lines).to.deep.equal([lineOf({ command: "a" }), lineOf({ command: "c" })]);
    expect(notices.join()).to.contain("record of unknown version 2: 1 records of 64 bytes left out");
  });

  for (const rotations of [1, 2, 3])
    it(`is read across ${rotations} rotations by savelog`, async function () {
      needsTool(this, "savelog", "gzip");
      let count = 0;
      const expected: string[] = [];
      const write = () => {
        const fields = Array.from({ length: 30 }, () => ({ command: `cmd${++count}` }));
        appendFileSync(path, Buffer.concat(fields.map((one) => recordOf(one))));
        expected.push(...fields.map((one) => lineOf(one)));
      };
      write();
      const first = await run(source());
      expected.length = 0;
      for (let rotation = 0; rotation < rotations; rotation++) {
        write();
        execFileSync("savelog", ["-q", "-c", "9", path], { stdio: "pipe" });
      }
      write();
      const second = await run(source(), first.position);
      expect(second.lines).to.deep.equal(expected);
      expect((await run(source(), second.position)).lines).to.deep.equal([]);
    });

  it("begins the first run with the records that ended within the look back", async () => {
    const hoursAgo = (hours: number) => noon.getTime() / 1000 - hours * 3600;
    const records = [30, 26, 25, 23, 2, 1].map((hours) => ({
      command: `h${hours}`,
      startSeconds: hoursAgo(hours),
    }));
    // Began 25 hours ago, ended 23 hours ago.
    const long = { ...records[2], command: "long", startSeconds: hoursAgo(25), elapsedTicks: 2 * 360_000 };
    writeFileSync(
      path,
      Buffer.concat([...records.slice(0, 3), long, ...records.slice(3)].map((one) => recordOf(one))),
    );
    const { lines, notices } = await run(source({ kind: "duration", milliseconds: 24 * 3_600_000 }));
    expect(lines.map((line) => /command=(\w+)/.exec(line)?.[1])).to.deep.equal(["long", "h23", "h2", "h1"]);
    expect(notices.join()).to.contain("reading the last 24h (256 of 448 bytes)");
  });

  it("reads 1,000,000 records in less than 2 s", async () => {
    const some = Buffer.concat(
      Array.from({ length: 1000 }, (_, number) =>
        recordOf({
          command: `cmd${number % 50}`,
          uid: number % 40,
          startSeconds: 1_795_000_000 + number,
          elapsedTicks: number,
        }),
      ),
    );
    writeFileSync(path, Buffer.concat(Array.from({ length: 1000 }, () => some)));
    const reader = await source().open(undefined);
    const into = new Uint8Array(1 << 20);
    const started = performance.now();
    let lineBytes = 0;
    for (let chunk = await reader.read(into); chunk.kind === "lines"; chunk = await reader.read(into))
      lineBytes += chunk.lengthBytes;
    const elapsedMs = performance.now() - started;
    await reader.close();
    expect(lineBytes).to.be.above(80_000_000);
    expect(elapsedMs).to.be.below(2000);
  });
});
