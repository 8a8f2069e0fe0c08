/** F41: entries that journalctl puts before the cursor were never read: after the clock was set back, or of another host. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { journalSource } from "../../src/sources/journal/journal.js";
import { positionOf } from "../../src/sources/journal/position.js";
import type { LookBack, Position } from "../../src/sources/source.js";
import { exportOf, importJournal, remote, type EntrySpec } from "../sources/journals.js";
import { context, run, temporaryDirectory } from "../sources/reading.js";
import { randomStream } from "../support/seed.js";
import { needsRoot, needsTool } from "../support/tools.js";

describe("F41: a journal without a total order", () => {
  const root = temporaryDirectory();
  let directory: string;
  before(function () {
    needsTool(this, "journalctl", remote);
  });
  beforeEach(() => {
    directory = mkdtempSync(join(root, "case-"));
    chmodSync(root, 0o755);
    chmodSync(directory, 0o755);
  });
  const path = (name: string): string => join(directory, `${name}.journal`);
  /** Adds entries to a file; systemd goes on with its sequence. */
  const add = (name: string, entries: readonly EntrySpec[]): void =>
    importJournal(path(name), exportOf(entries));
  const entries = (text: string, boot: string, ...numbers: readonly number[]): readonly EntrySpec[] =>
    numbers.map((number) => ({ number, boot, fields: { MESSAGE: `${text}${number}` } }));
  const source = (firstRun: LookBack = { kind: "all" }) =>
    journalSource({ kind: "journal", journalctlArguments: ["--directory", directory], firstRun }, context);
  const read = async (from?: Position, firstRun?: LookBack) => {
    const given = await run(source(firstRun), from);
    return { ...given, messages: given.lines.map((line) => line.replace(/^.*?: /, "").trim()) };
  };
  const [bootA, bootB] = ["a".repeat(32), "b".repeat(32)];

  for (const [what, boot] of [
    ["the same boot", bootA],
    ["another boot, as after the clock was set back", bootB],
  ] as const)
    it(`gives what came with earlier times, in a file of ${what}`, async () => {
      add("a", entries("a", bootA, 1000, 1001));
      const first = await read();
      add("b", entries("b", boot, 500, 501));
      const second = await read(first.position);
      expect([first.messages, second.messages]).to.deep.equal([
        ["a1000", "a1001"],
        ["b500", "b501"],
      ]);
      add("b", entries("b", boot, 502));
      add("a", entries("a", bootA, 1002));
      const third = await read(second.position);
      expect(third.messages.toSorted()).to.deep.equal(["a1002", "b502"]);
      expect([...first.notices.slice(1), ...second.notices, ...third.notices]).to.deep.equal([]);
      expect((await read(third.position)).messages).to.deep.equal([]);
    });

  it("gives what came with earlier times in the same file", async () => {
    add("a", entries("a", bootA, 1000, 1001));
    const first = await read();
    add("a", entries("late", bootB, 500, 501));
    expect((await read(first.position)).messages).to.deep.equal(["late500", "late501"]);
  });

  it("gives each entry of several hosts once, however their clocks go and their files are rotated", async function () {
    this.timeout(60_000);
    const random = randomStream();
    let position: Position | undefined;
    const written: string[] = [];
    const given: string[] = [];
    const archives = new Map<string, number>();
    for (let round = 0; round < 12; round++) {
      for (const host of ["one", "two", "three"]) {
        const numbers = Array.from({ length: Math.floor(random() * 4) }, (_, index) => index);
        const base = 1000 + Math.floor(random() * 2000);
        const boot = random() < 0.5 ? bootA : bootB;
        if (numbers.length === 0) continue;
        add(
          host,
          numbers.map((number) => {
            const text = `${host}-${round}-${number}`;
            written.push(text);
            return { number: base + number, boot, fields: { MESSAGE: text, _HOSTNAME: host } };
          }),
        );
        if (random() < 0.3) {
          const archive = (archives.get(host) ?? 0) + 1;
          archives.set(host, archive);
          renameSync(path(host), path(`${host}-${archive}`));
        }
      }
      const now = await read(position).catch(() => undefined);
      if (!now) continue;
      position = now.position;
      given.push(...now.messages);
    }
    expect(given.toSorted()).to.deep.equal(written.toSorted());
  });

  it("goes on at a kill between two sequences, and in a first run that was cut short", async () => {
    add("a", entries("a", bootA, 1000, 1001));
    add("b", entries("b", bootB, 500, 501));
    for (const firstRun of [{ kind: "all" }, { kind: "duration", milliseconds: 3_600_000 }] as const) {
      const messages: string[] = [];
      let position: Position | undefined;
      for (let round = 0; round < 10; round++) {
        const given = await run(source(firstRun), position, { bufferBytes: 60, maxReads: 1 });
        messages.push(...given.lines.map((line) => line.replace(/^.*?: /, "").trim()));
        position = given.position;
      }
      expect(messages.toSorted()).to.deep.equal(["a1000", "a1001", "b500", "b501"]);
    }
  });

  it("looks back in each sequence at the first run, and gives all that comes later", async () => {
    add("old", entries("old", bootA, -9500, -9000));
    add("new", entries("new", bootB, -7200, -60));
    for (const [firstRun, expected] of [
      [{ kind: "none" }, []],
      [{ kind: "duration", milliseconds: 3_600_000 }, ["new-60"]],
      [{ kind: "bytes", bytes: 256 }, ["new-60"]],
      [{ kind: "bytes", bytes: 768 }, ["old-9000", "new-7200", "new-60"]],
    ] as const) {
      const first = await read(undefined, firstRun);
      expect(first.messages).to.deep.equal(expected);
      expect((await read(first.position, firstRun)).messages).to.deep.equal([]);
    }
    const first = await read(undefined, { kind: "none" });
    add("old", entries("late", bootA, -8900));
    add("third", entries("third", bootA, -9900));
    const second = await read(first.position, { kind: "none" });
    expect(second.messages.toSorted()).to.deep.equal(["late-8900", "third-9900"]);
  });

  it("takes over a position from when there was one cursor for all", async () => {
    add("a", entries("a", bootA, 1000, 1001));
    add("b", entries("b", bootB, 500, 501));
    const { position } = await read();
    const { cursor } = position as { readonly cursor?: string };
    const second = await read(positionOf(cursor ?? ""));
    expect(second.messages).to.deep.equal([]);
    add("b", entries("b", bootB, 502));
    expect((await read(second.position)).messages).to.deep.equal(["b502"]);
  });

  it("says that entries may be lost where a file of the last days is gone, once", async () => {
    add("a", entries("a", bootA, 1000));
    add("b", entries("b", bootB, 500));
    const first = await read();
    unlinkSync(path("b"));
    const second = await read(first.position);
    expect(second.notices.join()).to.contain("is not in it any more: entries that came after it may be lost");
    expect((await read(second.position)).notices).to.deep.equal([]);
  });

  it("says what of it is damaged, and reads the rest", async () => {
    add("a", entries("a", bootA, 1000));
    writeFileSync(path("broken"), "no journal");
    const { messages, notices } = await read();
    expect(messages).to.deep.equal(["a1000"]);
    expect(notices.join()).to.match(/broken\.journal.*: the rest is read/);
  });

  it("says what of it may not be read, and reads the rest", function () {
    needsRoot(this);
    needsTool(this, "setpriv");
    add("user-1000", entries("own", bootA, 1000));
    add("system", entries("system", bootB, 500));
    chmodSync(path("user-1000"), 0o644);
    chmodSync(path("system"), 0o600);
    const module = new URL("../../src/sources/journal/journal.js", import.meta.url).href;
    const program = `
      const { journalSource } = await import(${JSON.stringify(module)});
      const settings = { kind: "journal", journalctlArguments: ["--directory", ${JSON.stringify(directory)}], firstRun: { kind: "all" } };
      const reader = await journalSource(settings, { now: new Date(), hostname: "web1", timestampOf: () => undefined }).open(undefined);
      const into = new Uint8Array(65536);
      const chunk = await reader.read(into);
      console.log(Buffer.from(into.subarray(0, chunk.lengthBytes)).toString());
      for (const { where, what, done } of reader.notices()) console.log(where + ": " + what + ": " + done);
      await reader.close();`;
    const { stdout, stderr } = spawnSync(
      "setpriv",
      [
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        process.execPath,
        "--input-type=module",
        "--eval",
        program,
      ],
      { cwd: "/" },
    );
    expect(stdout.toString(), stderr.toString()).to.contain("own1000");
    expect(stdout.toString()).to.contain(
      `journal:${directory}: "${path("system")}" cannot be read, permission denied: the rest is read`,
    );
  });

  it("is read though a file's name looks like a pattern", async () => {
    add("a[1]*", entries("a", bootA, 1000));
    const first = await read();
    add("a[1]*", entries("a", bootA, 1001));
    expect([first.messages, (await read(first.position)).messages]).to.deep.equal([["a1000"], ["a1001"]]);
    expect(execFileSync("ls", [directory]).toString()).to.contain("a[1]*.journal");
  });
});
