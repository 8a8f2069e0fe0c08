/** The log of auditd: made records, what the kernel and auditd wrote, and what ausearch makes of the same. */
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { traditionalTime } from "../../src/entry/traditional-time.js";
import { AuditLines, growth } from "../../src/sources/audit/audit-lines.js";
import { auditKind } from "../../src/sources/audit/audit-kind.js";
import { fileSettings } from "../../src/sources/file/file-kind.js";
import { expectLinear } from "../support/expect-linear.js";
import { randomStream } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { context, run, temporaryDirectory } from "./reading.js";
import { auditRecords } from "./audit-records.js";

const seconds = 1_795_308_805;
const header = `${traditionalTime(seconds)} web1 audit: `;
const hex = (text: string): string => Buffer.from(text, "latin1").toString("hex").toUpperCase();

describe("the log of auditd", () => {
  const root = temporaryDirectory();
  const pathOf = (): string => join(mkdtempSync(join(root, "case-")), "audit.log");
  const rewritten = (...lines: readonly string[]): readonly string[] => {
    const audit = new AuditLines("web1");
    return lines.map((line) => audit.rewrite(line));
  };
  const record = (type: string, fields: string, serial = 7): string =>
    `type=${type} msg=audit(${seconds}.123:${serial}): ${fields}`;

  for (const [what, type, fields, expected] of [
    [
      "the words of a command",
      "PROCTITLE",
      `proctitle=${hex("/bin/sh\0-c\0id; w")}`,
      'proctitle="/bin/sh -c id; w"',
    ],
    ["a command that is no code", "PROCTITLE", 'proctitle="id"', 'proctitle="id"'],
    [
      "a path with a blank, and one that is none",
      "PATH",
      `item=0 name=${hex("/tmp/a b")} inode=1 ouid=0 name=(null)`,
      'item=0 name="/tmp/a b" inode=1 ouid=0 name=(null) OUID="root"',
    ],
    [
      "arguments of a command",
      "EXECVE",
      `argc=3 a0="sh" a1=2D63 a2=${hex('echo "x"')} a3[0]=4142`,
      'argc=3 a0="sh" a1="-c" a2="echo \\x22x\\x22" a3[0]="AB"',
    ],
    [
      "arguments of a system call, which are numbers",
      "SYSCALL",
      "arch=c000003e syscall=59 a0=55 a1=4142 key=(null)",
      "arch=c000003e syscall=59 a0=55 a1=4142 key=(null)",
    ],
    ["two keys", "SYSCALL", `syscall=59 key=${hex("one\x01two")}`, 'syscall=59 key="one two"'],
    [
      "what sudo ran",
      "USER_CMD",
      `pid=7 uid=1 auid=4294967295 ses=3 msg='cwd="/home" cmd=${hex("ls -la")} exe="/usr/bin/sudo" terminal=pts/0 res=success'`,
      `pid=7 uid=1 auid=4294967295 ses=3 msg='cwd="/home" cmd="ls -la" exe="/usr/bin/sudo" terminal=pts/0 res=success' UID="daemon" AUID="unset"`,
    ],
    [
      "an account that was typed",
      "USER_LOGIN",
      `uid=0 msg='op=login acct=${hex("a b")} exe="/usr/sbin/sshd" res=failed'`,
      `uid=0 msg='op=login acct="a b" exe="/usr/sbin/sshd" res=failed' UID="root"`,
    ],
    [
      "a user without a name",
      "CWD",
      "uid=3999999999 auid=0",
      'uid=3999999999 auid=0 UID="unknown(3999999999)" AUID="root"',
    ],
    [
      "keystrokes, which stay as they are",
      "TTY",
      `uid=0 comm="bash" data=${hex("secret")}`,
      `uid=0 comm="bash" data=${hex("secret")} UID="root"`,
    ],
    [
      "an address",
      "SOCKADDR",
      "saddr=02000016C00002070000000000000000",
      "saddr=02000016C00002070000000000000000 SADDR={ saddr_fam=inet laddr=192.0.2.7 lport=22 }",
    ],
    [
      "an address of IPv6",
      "SOCKADDR",
      "saddr=0A0001BB0000000020010DB800000000000000000000000700000000",
      "saddr=0A0001BB0000000020010DB800000000000000000000000700000000 SADDR={ saddr_fam=inet6 laddr=2001:db8::7 lport=443 }",
    ],
    [
      "a socket's path",
      "SOCKADDR",
      `saddr=0100${hex('/run/a" }')}00`,
      `saddr=0100${hex('/run/a" }')}00 SADDR={ saddr_fam=local path="/run/a\\x22 }" }`,
    ],
    [
      "another kind of socket",
      "SOCKADDR",
      "saddr=100000000000000000000000",
      "saddr=100000000000000000000000",
    ],
    [
      "hostile names",
      "PATH",
      `name=${hex("x\n\x1b[0m\\\"' type=USER_AUTH \xff\xc3\xa9")}`,
      'name="x\\x0a\\x1b[0m\\x5c\\x22\' type=USER_AUTH \xff\xc3\xa9"',
    ],
    ["what auditd named", "CWD", 'uid=0\x1dUID="admin" AUID="unset"', 'uid=0 UID="admin" AUID="unset"'],
    ["digits that are no bytes", "PATH", "name=ABC dev=08:01", "name=ABC dev=08:01"],
    [
      "a field in another's text",
      "USER",
      "msg='text=x name=4142 res=success'",
      `msg='text=x name="AB" res=success'`,
    ],
  ] as const)
    it(`shows ${what}`, () => {
      expect(rewritten(record(type, fields))).to.deep.equal([
        `${header}type=${type} msg=audit(${seconds}.123:7): ${expected}`,
      ]);
    });

  it("repeats on further records what the event is, and mixes no events up", () => {
    const lines = rewritten(
      record("SYSCALL", 'syscall=59 key="one"', 7),
      record("SYSCALL", "syscall=59 key=(null)", 8),
      record("CWD", 'cwd="/a"', 7),
      record("CWD", 'cwd="/b"', 8),
      record("CONFIG_CHANGE", "res=1", 9),
      record("SYSCALL", "syscall=44 key=(null)", 9),
      `node=other ${record("CWD", 'cwd="/d"', 7)}`,
    );
    expect(lines.map((line) => line.replace(/^.*\): /, ""))).to.deep.equal([
      'syscall=59 key="one"',
      "syscall=59 key=(null)",
      'cwd="/a" KEY="one"',
      'cwd="/b" KEY=(null)',
      "res=1",
      "syscall=44 key=(null) EVENT=CONFIG_CHANGE",
      'cwd="/d"',
    ]);
  });

  it("remembers so many events and no more", () => {
    const audit = new AuditLines("web1");
    for (let serial = 1; serial <= 300; serial++)
      audit.rewrite(record("SYSCALL", `key="k${serial}"`, serial));
    expect(audit.rewrite(record("CWD", "x", 44))).not.to.match(/ (KEY|EVENT)=/);
    expect(audit.rewrite(record("CWD", "x", 300))).to.contain('KEY="k300"');
  });

  it("bears the host that a record names, and its time", () => {
    const [line] = rewritten(`node=db1.example type=CWD msg=audit(1.000:1): cwd="/"`);
    expect(line).to.equal(`${traditionalTime(1)} db1.example audit: type=CWD msg=audit(1.000:1): cwd="/"`);
  });

  for (const line of [
    "",
    "----",
    "type=CWD",
    "type=CWD msg=audit(x): cwd=2F",
    "node=a b type=CWD msg=audit(1.0:1): cwd=2F",
    `type=${"T".repeat(65)} msg=audit(1.0:1): x`,
  ])
    it(`leaves "${line.slice(0, 40)}" as it is`, () => {
      expect(rewritten(line)).to.deep.equal([line]);
    });

  it("makes no line longer than there is room for, whatever it holds", () => {
    const random = randomStream();
    const pieces = [
      "uid=0",
      "auid=0",
      "euid=1",
      "suid=0",
      "fsuid=0",
      "ouid=0",
      "key=010101",
      "name=00",
      "proctitle=0101",
      'key="k"',
      "x",
      "saddr=0100010101010101",
      "acct=22",
    ];
    for (let round = 0; round < 2000; round++) {
      const audit = new AuditLines("h".repeat(255));
      audit.rewrite(record("SYSCALL", `key="${"k".repeat(510)}"`));
      const type = ["CWD", "SOCKADDR", "EXECVE", "A"][Math.floor(random() * 4)] ?? "";
      const fields = Array.from(
        { length: Math.floor(random() * 8) },
        () => pieces[Math.floor(random() * pieces.length)],
      );
      const line = record(type, fields.join(" "));
      expect(audit.rewrite(line).length + 1).to.be.at.most(growth * (line.length + 1));
    }
  });

  const source = async (path: string) => {
    const { sources } = await auditKind.discover(
      fileSettings("audit", [path], { kind: "all" }),
      new Set(),
      context,
    );
    const [found] = sources;
    if (!found) throw new Error("no source");
    return found;
  };

  it("agrees with ausearch on what the kernel and auditd wrote", async function () {
    needsTool(this, "ausearch");
    const path = pathOf();
    writeFileSync(path, `${auditRecords.join("\n")}\n`);
    const environment = { ...process.env, LC_ALL: "C", TZ: "UTC" };
    const { stdout } = spawnSync("ausearch", ["--interpret", "--input", path], {
      encoding: "utf8",
      env: environment,
    });
    const interpreted = stdout.split("\n").filter((line) => line.startsWith("type="));
    const { lines } = await run(await source(path));
    expect(lines).to.have.length(auditRecords.length);
    /** By the record's type and number, its fields that somebody chose. */
    const key = (line: string): string => `${/type=(\S+)/.exec(line)?.[1]} ${/:(\d+)\)/.exec(line)?.[1]}`;
    const texts = (line: string, quote: string): Record<string, string> => {
      const found: Record<string, string> = {};
      const names = "proctitle|name|comm|exe|cwd|acct|cmd|key|a\\d+";
      for (const [, name = "", value = ""] of line.matchAll(
        new RegExp(` (${names})=${quote === "" ? "(\\S.*?)(?= [-\\w]+=|'? *$)" : '"([^"]*)"'}`, "g"),
      ))
        found[name] = value.trim();
      return found;
    };
    let compared = 0;
    for (const type of ["PROCTITLE", "PATH", "CWD", "EXECVE", "USER_AUTH", "USER_CMD", "ADD_GROUP"]) {
      const ours = lines.filter((line) => line.includes(`type=${type} `));
      const theirs = interpreted.filter((line) => line.startsWith(`type=${type} `));
      expect(ours.map(key).toSorted()).to.deep.equal(theirs.map(key).toSorted());
      for (const line of ours) {
        const candidates = theirs.filter((one) => key(one) === key(line)).map((one) => texts(one, ""));
        const [fields] = [texts(line, '"')];
        if (type === "EXECVE")
          for (const one of candidates)
            for (const name of Object.keys(one)) if (!/^a\d/.test(name)) delete one[name];
        for (const [name, value] of Object.entries(fields)) {
          expect(
            candidates.map((one) => one[name]),
            line,
          ).to.include(value);
          compared++;
        }
      }
    }
    expect(compared).to.be.above(12);
  });

  it("is read across a rotation, as auditd rotates", async () => {
    const path = pathOf();
    writeFileSync(path, `${record("CWD", 'cwd="/1"', 1)}\n`);
    const first = await run(await source(path));
    appendFileSync(path, `${record("CWD", 'cwd="/2"', 2)}\n`);
    spawnSync("mv", [path, `${path}.1`]);
    writeFileSync(path, `${record("CWD", 'cwd="/3"', 3)}\n`);
    const { lines } = await run(await source(path), first.position);
    expect(lines.map((line) => /cwd="(.*)"/.exec(line)?.[1])).to.deep.equal(["/2", "/3"]);
  });

  it("begins the first run with what was logged within the look back", async () => {
    const path = pathOf();
    const now = context.now.getTime() / 1000;
    for (const hours of [100, 30, 25, 23, 1])
      appendFileSync(path, `type=CWD msg=audit(${now - 3600 * hours}.001:${hours}): cwd="/"\n`);
    const settings = fileSettings("audit", [path], { kind: "duration", milliseconds: 24 * 3_600_000 });
    const { sources } = await auditKind.discover(settings, new Set(), context);
    const { lines } = await run(sources[0]!);
    expect(lines.map((line) => /:(\d+)\)/.exec(line)?.[1])).to.deep.equal(["23", "1"]);
  });

  it("takes linear time", async () => {
    const line = record("SYSCALL", `key=${"41".repeat(200)} ${"uid=0 name=4142 ".repeat(50)}`);
    await expectLinear(
      "records",
      (count) => () => rewritten(...Array.from({ length: count }, () => line)),
      200,
    );
    await expectLinear(
      "a long record",
      (count) => () => rewritten(record("PATH", "name=4142 ".repeat(count))),
      10_000,
    );
    await expectLinear(
      "a long field",
      (count) => () => rewritten(record("PATH", `name=${"4".repeat(2 * count)} x`)),
      50_000,
    );
  });
});
