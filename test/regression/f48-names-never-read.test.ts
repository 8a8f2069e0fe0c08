/** F48: what is not read for its name is named, and names that are no UTF-8 are read. */
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { findRuleFiles } from "../../src/rules/files/rule-directories.js";
import { accountingFile } from "../../src/sources/records/accounting.js";
import { escapedText } from "../../src/std/text/escape.js";
import { formatNotice } from "../../src/std/notice.js";
import { pathBytes, pathText } from "../../src/std/text/path-text.js";
import { LogRuns } from "../support/log-runs.js";
import { context, run, temporaryDirectory } from "../sources/reading.js";
import { inOneLine } from "../support/mail-text.js";

describe("names (F48)", () => {
  const root = temporaryDirectory();
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(root, "case-"));
  });
  const path = (name: string): string => join(directory, name);

  describe("of logs that are no UTF-8", () => {
    const names = ["bad\xff.log", "caf\xe9.log", "\x80\x80.log", "a\xc3.log", "\xed\xa0\x80.log"];
    const bytesOf = (name: string): Buffer =>
      Buffer.concat([Buffer.from(`${directory}/`), Buffer.from(name, "latin1")]);

    it("are read, followed over a rotation, and kept in the state", async () => {
      const runs = new LogRuns([path("*.log")]);
      for (const name of names) writeFileSync(bytesOf(name), `one of ${names.indexOf(name)}\n`);
      const first = await runs.run();
      expect(first.failed).to.deep.equal([]);
      expect(first.lines).to.have.members(names.map((_, index) => `one of ${index}`));
      for (const name of names) {
        appendFileSync(bytesOf(name), "two\n");
        renameSync(bytesOf(name), bytesOf(`${name}.1`));
        writeFileSync(bytesOf(name), "three\n");
      }
      const second = await runs.run();
      expect(second.lines).to.have.members(names.flatMap(() => ["two", "three"]));
      expect(second.notices).to.deep.equal([]);
    });

    it("are shown as escapes", () => {
      expect(escapedText(pathText(Buffer.from("bad\xff.log", "latin1")))).to.equal("bad\\xff.log");
      expect(escapedText("prüfung.log")).to.equal("prüfung.log");
    });

    it("lead back to the same bytes, whatever they are, also through JSON", () => {
      for (let first = 1; first < 256; first++)
        for (const second of [0x20, 0x80, 0xbf, 0xc3, 0xed, 0xf0, 0xff]) {
          const bytes = Buffer.of(first, second, 0xa0, 0x41);
          const text = JSON.parse(JSON.stringify(pathText(bytes))) as string;
          expect(pathBytes(text).equals(bytes), bytes.toString("hex")).to.equal(true);
        }
    });

    it("stand in the report of a run", function () {
      const program = join(process.cwd(), "dist/logwinnow.cjs");
      if (!existsSync(program)) this.skip();
      writeFileSync(bytesOf("bad\xff.log"), "2026-11-25T04:00:00+00:00 web1 app: words\n");
      const { stdout, status } = spawnSync(
        process.execPath,
        [program, "check", "--state", path("state"), "--stdout", "--source", path("*.log")],
        { encoding: "utf8" },
      );
      expect(stdout).to.contain("bad\\xff.log").and.to.contain("words");
      expect(status).to.equal(0);
    });
  });

  for (const [pattern, said] of [
    ["none*.log", "none*.log: matches no file: nothing is read for it"],
    ["missing/**/*.log", "missing/**/*.log: matches no file: nothing is read for it"],
    [
      "!debug.log",
      '!debug.log: does not exist, and has a "!", which takes nothing away from other patterns: not read',
    ],
    ["!*.log", '!*.log: has a "!", which takes nothing away from other patterns: nothing is read for it'],
    ["missing.log", "missing.log: does not exist: not read"],
  ] as const)
    it(`says of the pattern "${pattern}" that nothing is read for it`, async () => {
      writeFileSync(path("app.log"), "one\n");
      const { notices, lines } = await new LogRuns([path("app.log"), path(pattern)]).run();
      expect(notices.map((line) => line.slice(directory.length + 1))).to.include(said);
      expect(lines).to.deep.equal(["one"]);
    });

  it("of rule files and directories that are not read are named, and no others", () => {
    for (const name of [
      "ignore.d/server",
      "ignore.d/serber",
      "ignore.d/server/sub",
      "acct.d",
      "never.d",
      "violation.d",
    ])
      mkdirSync(path(name), { recursive: true });
    const files = {
      read: ["ignore.d/server/ssh", "acct.d/root", "never.d/local_rules"],
      unread: ["ignore.d/server/site.conf", "ignore.d/loose", "acct.d/john.doe", "never.d/wörter"],
      leftovers: [
        "ignore.d/server/ssh.dpkg-old",
        "ignore.d/server/ssh~",
        "ignore.d/server/.ssh.swp",
        "notes.txt",
      ],
    };
    for (const name of Object.values(files).flat()) writeFileSync(path(name), "x\n");
    symlinkSync("ssh", path("ignore.d/server/link"));
    const found = findRuleFiles({ path: directory, isNamed: true }, "server");
    expect(found.files.map((file) => file.path)).to.have.members(
      [...files.read, "ignore.d/server/link"].map(path),
    );
    expect(found.notices.map(({ where }) => where)).to.have.members(
      [...files.unread, "ignore.d/serber", "ignore.d/server/sub", "violation.d"].map(path),
    );
    for (const notice of found.notices) expect(formatNotice(notice)).to.match(/no rules were read from it$/);
  });

  it("of the shipped rules are all read", () => {
    expect(findRuleFiles({ path: process.cwd(), isNamed: true }, "workstation").notices).to.deep.equal([]);
  });

  it("that a uid lacks are said, with the file that serves it", async () => {
    const record = Buffer.alloc(64);
    record[1] = 3;
    record.writeUInt32LE(3_999_999, 8);
    record.writeUInt32LE(1_790_000_000, 24);
    record.write("true", 48, "latin1");
    writeFileSync(path("pacct"), record);
    const settings = { firstRun: { kind: "all" }, followLinks: false, context } as const;
    const { lines, notices } = await run(accountingFile(path("pacct"), settings));
    expect(lines[0]).to.contain("uid=3999999 user=3999999 ");
    expect(notices).to.include(
      `${path("pacct")}: uid 3999999 has no name: its commands are held against acct.d/3999999`,
    );
  });

  describe("of files that cannot be read", () => {
    it("do not hide that the log shrank, which is said once", async () => {
      const runs = new LogRuns([path("app.log")]);
      writeFileSync(path("app.log"), "one\n".repeat(600));
      await runs.run();
      // A name of an archive whose content is cut: nobody can read it.
      writeFileSync(path("app.log.1.gz"), Buffer.from("1f8b0800000000000003", "hex"));
      mkdirSync(path("app.log.2"));
      writeFileSync(path("app.log"), "new\n");
      const { notices, lines } = await runs.run();
      expect(lines).to.deep.equal(["new"]);
      expect(notices.filter((line) => line.includes("shrank from 2400 to 4 bytes"))).to.have.length(1);
      expect((await runs.run()).notices.filter((line) => line.includes("shrank"))).to.deep.equal([]);
    });

    it("do not either where permission is missing", function () {
      const program = join(process.cwd(), "dist/logwinnow.cjs");
      if (process.getuid?.() !== 0 || !existsSync(program)) this.skip();
      for (const place of [root, directory]) chmodSync(place, 0o755);
      mkdirSync(path("state"), { mode: 0o700 });
      chownSync(path("state"), 65534, 65534);
      const check = (): string =>
        spawnSync(
          process.execPath,
          [program, "check", "--state", path("state"), "--stdout", "--source", path("app.log")],
          { encoding: "utf8", uid: 65534, gid: 65534, cwd: directory },
        ).stdout;
      writeFileSync(path("app.log"), "2026-11-25T04:00:00+00:00 web1 app: one\n".repeat(60));
      check();
      writeFileSync(path("app.log.1"), "x\n", { mode: 0o600 });
      writeFileSync(path("app.log"), "2026-11-25T05:00:00+00:00 web1 app: new\n");
      const report = check();
      expect(inOneLine(report)).to.contain("app.log: shrank from 2400 to 40 bytes");
      expect(inOneLine(report)).to.contain("app.log.1: permission denied");
    });
  });
});
