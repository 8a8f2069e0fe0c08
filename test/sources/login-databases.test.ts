/** Logins in SQLite, written as wtmpdb and lastlog2 write them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { traditionalTime } from "../../src/entry/traditional-time.js";
import { loginDatabase } from "../../src/sources/databases/login-database.js";
import { lastlog2Table, wtmpdbTable, type LoginTable } from "../../src/sources/databases/login-tables.js";
import type { LookBack } from "../../src/sources/source.js";
import { needsTool } from "../support/tools.js";
import { insertLogin, replaceLastLogin, writeDatabase } from "./login-databases.js";
import { noon, run, temporaryDirectory } from "./reading.js";

describe("logins in a database", () => {
  before(function () {
    needsTool(this, "sqlite3");
  });
  const root = temporaryDirectory();
  let path: string;
  beforeEach(() => {
    path = join(mkdtempSync(join(root, "case-")), "logins.db");
  });
  const nowSeconds = noon.getTime() / 1000;
  const source = (table: LoginTable = wtmpdbTable, firstRun: LookBack = { kind: "all" }) =>
    loginDatabase(path, table, { firstRun, now: noon, hostname: "web1" });
  const insert = (...users: readonly string[]): void =>
    writeDatabase(
      path,
      "wtmpdb",
      users.map((user) => insertLogin({ user, seconds: nowSeconds })),
    );
  const textsOf = (lines: readonly string[]): readonly string[] =>
    lines.map((line) =>
      line
        .slice("Nov 22 12:00:00 web1 wtmpdb: ".length)
        .replace(/ line=.*/s, "")
        .trimEnd(),
    );

  it("show what wtmpdb writes: logins, boots, what is left out and what is forged", async () => {
    writeDatabase(path, "wtmpdb", [
      insertLogin({
        type: 1,
        user: "reboot",
        seconds: nowSeconds,
        line: "~",
        host: "6.12.48+deb13-amd64",
        service: null,
      }),
      insertLogin({ user: "alice", seconds: nowSeconds, line: "pts/0", host: "2001:db8::7" }),
      insertLogin({ user: "root", seconds: nowSeconds, line: "tty1", host: null, service: "login" }),
      insertLogin({ user: "a|b\nc=d", seconds: nowSeconds, host: "é", service: "" }),
      insertLogin({ user: "x".repeat(1000), seconds: nowSeconds }),
      insertLogin({ type: 9, user: "eve", seconds: nowSeconds }),
    ]);
    const { lines } = await run(source());
    const header = `${traditionalTime(nowSeconds)} web1 wtmpdb: `;
    expect(lines).to.deep.equal(
      [
        "boot user=reboot line=~ host=6.12.48+deb13-amd64 service=-",
        "login user=alice line=pts/0 host=2001:db8::7 service=sshd",
        "login user=root line=tty1 host=- service=login",
        "login user=a|b\\x0ac\\x3dd line=pts/0 host=\\xc3\\xa9 service=-",
        `login user=${"x".repeat(256)} line=pts/0 host=192.0.2.7 service=sshd`,
        "type-9 user=eve line=pts/0 host=192.0.2.7 service=sshd",
      ].map((text) => `${header}${text}\n`),
    );
  });

  it("show of lastlog2 each user's last login, again after the next one", async () => {
    const write = (...users: readonly string[]): void =>
      writeDatabase(
        path,
        "lastlog2",
        users.map((user) => replaceLastLogin({ user, seconds: nowSeconds })),
      );
    const told = async (from?: Parameters<typeof run>[1]) => {
      const { lines, position } = await run(source(lastlog2Table), from);
      return { users: lines.map((line) => /user=(\S+)/.exec(line)?.[1]), position };
    };
    write("alice", "bob", "carol");
    const first = await told();
    expect(first.users).to.deep.equal(["alice", "bob", "carol"]);
    write("alice", "alice", "carol");
    const second = await told(first.position);
    expect(second.users).to.deep.equal(["alice", "carol"]);
    write("carol");
    const third = await told(second.position);
    expect(third.users).to.deep.equal(["carol"]);
    expect((await told(third.position)).users).to.deep.equal([]);
  });

  it("are read on after wtmpdb has rotated, and say nothing of it", async () => {
    const old = nowSeconds - 100 * 86_400;
    writeDatabase(path, "wtmpdb", [
      insertLogin({ user: "old1", seconds: old }),
      insertLogin({ user: "old2", seconds: old + 1 }),
    ]);
    const first = await run(source());
    // Of all rows: numbers begin at 1 again.
    writeDatabase(path, "wtmpdb", [`DELETE FROM wtmp WHERE Login <= ${(old + 1) * 1_000_000}`]);
    const second = await run(source(), first.position);
    expect(second.lines).to.deep.equal([]);
    insert("alice", "bob");
    const third = await run(source(), second.position);
    expect(textsOf(third.lines)).to.deep.equal(["login user=alice", "login user=bob"]);
    insert("carol");
    expect(textsOf((await run(source(), third.position)).lines)).to.deep.equal(["login user=carol"]);
  });

  it("are read on after wtmpdb has rotated, where numbers passed the last one meanwhile", async () => {
    const old = nowSeconds - 100 * 86_400;
    writeDatabase(path, "wtmpdb", [insertLogin({ user: "old1", seconds: old })]);
    const first = await run(source());
    writeDatabase(path, "wtmpdb", ["DELETE FROM wtmp"]);
    insert("alice", "bob", "carol");
    const { lines } = await run(source(), first.position);
    expect(textsOf(lines)).to.deep.equal(["login user=alice", "login user=bob", "login user=carol"]);
  });

  for (const [what, deleted, added, expected] of [
    [
      "between those that were read and new ones",
      "ID = 4",
      ["f"],
      ["removed rows=4", "login user=e", "login user=f"],
    ],
    [
      "that were read last, with others before them",
      "ID = 3",
      [],
      ["removed rows=3", "login user=d", "login user=e"],
    ],
    ["from the last read one on", "ID >= 3", [], ["removed rows=3"]],
    ["from the last read one on, and others came", "ID >= 3", ["f"], ["removed rows=3", "login user=f"]],
    ["all of them, of today", "ID > 0", [], ["removed rows=3"]],
    [
      "all of them, and others came",
      "ID > 0",
      ["f", "g"],
      ["removed rows=3", "login user=f", "login user=g"],
    ],
  ] as const)
    it(`tell once that rows were removed: ${what}`, async () => {
      insert("a", "b", "c");
      const first = await run(source());
      writeDatabase(path, "wtmpdb", [
        insertLogin({ user: "d", seconds: nowSeconds + 1 }),
        insertLogin({ user: "e", seconds: nowSeconds + 1 }),
        `DELETE FROM wtmp WHERE ${deleted}`,
        ...added.map((user) => insertLogin({ user, seconds: nowSeconds + 2 })),
      ]);
      const second = await run(source(), first.position);
      expect(textsOf(second.lines)).to.deep.equal(expected);
      expect((await run(source(), second.position)).lines).to.deep.equal([]);
      writeDatabase(path, "wtmpdb", [insertLogin({ user: "z", seconds: nowSeconds + 3 })]);
      expect(textsOf((await run(source(), second.position)).lines)).to.deep.equal(["login user=z"]);
    });

  for (const [lookBack, expected] of [
    [{ kind: "duration", milliseconds: 24 * 3_600_000 }, ["h23", "h1"]],
    [{ kind: "bytes", bytes: 384 }, ["h25", "h23", "h1"]],
    [{ kind: "none" }, []],
  ] as const)
    it(`begin the first run ${lookBack.kind} back`, async () => {
      const hours = [100, 50, 25, 23, 1];
      writeDatabase(
        path,
        "wtmpdb",
        hours.map((hour) => insertLogin({ user: `h${hour}`, seconds: nowSeconds - hour * 3600 })),
      );
      const first = await run(source(wtmpdbTable, lookBack));
      expect(textsOf(first.lines)).to.deep.equal(expected.map((user) => `login user=${user}`));
      expect(first.notices).to.have.length(1);
      insert("later");
      expect(textsOf((await run(source(), first.position)).lines)).to.deep.equal(["login user=later"]);
    });

  it("are all given, however many", async () => {
    const select = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)`;
    writeDatabase(path, "wtmpdb", [
      `INSERT INTO wtmp (Type, User, Login) ${select} SELECT 3, 'user' || i, ${nowSeconds * 1_000_000} + i FROM n`,
    ]);
    const { lines } = await run(source());
    expect(textsOf(lines)).to.deep.equal(
      Array.from({ length: 25_000 }, (_, index) => `login user=user${index + 1}`),
    );
  });

  it("are not lost where their time is none", async () => {
    writeDatabase(path, "wtmpdb", ["INSERT INTO wtmp (Type, User) VALUES (3, 'a'), (3, 'b')"]);
    const first = await run(source());
    expect(first.lines).to.have.length(2);
    expect((await run(source(), first.position)).lines).to.deep.equal([]);
    writeDatabase(path, "wtmpdb", [
      "INSERT INTO wtmp (Type, User, Login) VALUES (3, 'c', -5), (3, 'd', 9223372036854775807)",
    ]);
    const second = await run(source(), first.position);
    expect(second.lines).to.have.length(2);
    expect((await run(source(), second.position)).lines).to.deep.equal([]);
  });

  for (const [what, prepare, reason] of [
    ["is not there", () => rmSync(path, { force: true }), /^does not exist$/],
    ["is none", () => writeFileSync(path, "x".repeat(4096)), /^sqlite3 failed: .*not a database/],
    [
      "has no such table",
      () => writeDatabase(path, "lastlog2", []),
      /^sqlite3 failed: .*no such table: wtmp/,
    ],
  ] as const)
    it(`fail alone where the database ${what}`, async () => {
      prepare();
      const failure = await source()
        .open(undefined)
        .then((reader) => reader.read(new Uint8Array(4096)))
        .then(
          () => undefined,
          (error: unknown) => error,
        );
      expect(String((failure as Error).message)).to.match(reason);
    });
});
