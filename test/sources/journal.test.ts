/** What can go wrong with the journal, tried on real journals built for the purpose. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { positionOf } from "../../src/sources/journal/position.js";
import { journalSource } from "../../src/sources/journal/journal.js";
import type { LookBack } from "../../src/sources/source.js";
import { traditionalTime } from "../../src/entry/traditional-time.js";
import { needsTool } from "../support/tools.js";
import { exportOf, importJournal, remote, type EntrySpec } from "./journals.js";
import { context, noon, run, temporaryDirectory } from "./reading.js";

describe("the journal", () => {
  const root = temporaryDirectory();
  let directory: string;
  before(function () {
    needsTool(this, "journalctl", remote);
  });
  beforeEach(() => {
    directory = mkdtempSync(join(root, "case-"));
  });

  const add = (name: string, entries: readonly EntrySpec[]) => {
    importJournal(join(directory, `${name}.journal`), exportOf(entries));
  };
  const messages = (...numbers: readonly number[]): readonly EntrySpec[] =>
    numbers.map((number) => ({ number, fields: { MESSAGE: `message ${number}` } }));
  const source = (firstRun: LookBack = { kind: "all" }) =>
    journalSource({ kind: "journal", journalctlArguments: ["--directory", directory], firstRun }, context);
  const timeOf = (number: number) => traditionalTime(noon.getTime() / 1000 + number);
  const linesOf = (...numbers: readonly number[]) =>
    numbers.map((number) => `${timeOf(number)} web1 app[9]: message ${number}\n`);
  const bodies = async (...entries: readonly EntrySpec["fields"][]) => {
    add(
      "fields",
      entries.map((fields, number) => ({ number, fields })),
    );
    return (await run(source())).lines.map((line) => line.slice(16, -1));
  };

  describe("makes one traditional line of an entry", () => {
    it("whatever newlines are in it", async () => {
      const forged = "failed\nNov 22 12:00:00 web1 sshd[1]: Accepted password for root";
      expect(await bodies({ MESSAGE: forged })).to.deep.equal([
        `web1 app[9]: ${forged.replace("\n", "\\x0a")}`,
      ]);
      expect(await run(source()))
        .to.have.property("lines")
        .with.length(1);
    });

    it("byte for byte, NUL, CR and invalid UTF-8 among them", async () => {
      const message = Buffer.from("a\0b\rc\xff\x80\x1b[0m", "latin1");
      expect(await bodies({ MESSAGE: message })).to.deep.equal([
        `web1 app[9]: ${message.toString("latin1")}`,
      ]);
    });

    it("with the process number that journald saw, not the one that the message claims", async () => {
      expect(await bodies({ MESSAGE: "m", _PID: "77", SYSLOG_PID: "1" })).to.deep.equal(["web1 app[77]: m"]);
    });

    it("with the program's name where it gave no identifier, and a newline in an identifier escaped", async () => {
      expect(await bodies({ MESSAGE: "m", SYSLOG_IDENTIFIER: "a\nb" })).to.deep.equal(["web1 a\\x0ab[9]: m"]);
    });

    it("where a binary field begins with bytes that look like its end", async () => {
      for (const lengthBytes of [10, 256 + 10, 2560]) {
        const message = `\n\n${"y".repeat(lengthBytes - 3)}\n`;
        const escaped = message.replaceAll("\n", "\\x0a");
        directory = mkdtempSync(join(root, "binary-"));
        expect(await bodies({ MESSAGE: message }, { MESSAGE: "next" })).to.deep.equal([
          `web1 app[9]: ${escaped}`,
          "web1 app[9]: next",
        ]);
      }
    });

    it("of 1 MiB, whole, by itself", async () => {
      add("long", [{ number: 0, fields: { MESSAGE: "l".repeat(1 << 20) } }, ...messages(1)]);
      const { lines } = await run(source());
      expect(lines.map((line) => line.length)).to.deep.equal([(1 << 20) + 30, linesOf(1)[0]?.length]);
    });

    it("that stands as journalctl shows it", async () => {
      add("some", messages(1, 2, 3));
      const shown = execFileSync("journalctl", ["--directory", directory, "-o", "short", "-q"], {
        encoding: "utf8",
      });
      expect((await run(source())).lines.join("")).to.equal(shown);
    });
  });

  it("is read on over two boots", async () => {
    add("one", messages(1, 2));
    const first = await run(source());
    const boot = "f".repeat(32);
    add(
      "two",
      messages(3, 4).map((entry) => ({ ...entry, boot })),
    );
    const second = await run(source(), first.position);
    expect(second.lines).to.deep.equal(linesOf(3, 4));
    expect(second.notices).to.deep.equal([]);
  });

  it("says that there is a gap when the last entry was vacuumed, and reads what is there", async () => {
    add("one", messages(1, 2));
    const first = await run(source());
    add("two", messages(3, 4));
    unlinkSync(join(directory, "1.journal".replace("1", "one")));
    const second = await run(source(), first.position);
    expect(second.lines).to.deep.equal(linesOf(3, 4));
    expect(second.notices.join()).to.contain("is not in it any more");
  });

  for (const [what, cursor] of [
    [
      "of another machine",
      "s=00000000000000000000000000000001;i=1;b=00000000000000000000000000000002;m=1;t=1;x=1",
    ],
    [
      "from the future",
      "s=00000000000000000000000000000001;i=9;b=00000000000000000000000000000002;m=1;t=7fffffffffff;x=1",
    ],
    ["that makes no sense", "nonsense"],
    ["that looks like an option", "--vacuum-size=1"],
  ] as const)
    it(`says that there is a gap for a cursor ${what}, and loses nothing`, async () => {
      add("one", messages(1, 2, 3));
      const { lines, notices, position } = await run(source(), positionOf(cursor));
      expect(lines).to.deep.equal(linesOf(1, 2, 3));
      expect(notices.join()).to.contain("is not in it any more");
      expect((await run(source(), position)).notices).to.deep.equal([]);
    });

  for (const [firstRun, expected] of [
    [{ kind: "all" }, [-7200, -60, 1]],
    [{ kind: "none" }, []],
    [{ kind: "duration", milliseconds: 3_600_000 }, [-60, 1]],
    [{ kind: "bytes", bytes: 256 }, [1]],
  ] as readonly (readonly [LookBack, readonly number[]])[])
    it(`looks back ${JSON.stringify(firstRun)} at the first run, and goes on from the end`, async () => {
      add("one", messages(-7200, -60, 1));
      const first = await run(source(firstRun));
      expect(first.lines).to.deep.equal(linesOf(...expected));
      add("two", messages(2));
      expect((await run(source(firstRun), first.position)).lines).to.deep.equal(linesOf(2));
    });

  it("that is empty at the first run gives everything later", async () => {
    const first = await run(source({ kind: "none" })).catch(() => undefined);
    add("one", messages(1));
    expect((await run(source({ kind: "none" }), first?.position ?? positionOf(""))).lines).to.deep.equal(
      linesOf(1),
    );
  });

  it("that cannot be read throws, and says why", async () => {
    const broken = journalSource(
      {
        kind: "journal",
        journalctlArguments: ["--file", join(directory, "missing.journal")],
        firstRun: { kind: "all" },
      },
      context,
    );
    let failure: unknown;
    try {
      await run(broken);
    } catch (error) {
      failure = error;
    }
    expect(String(failure)).to.contain("journalctl failed");
  });
});
