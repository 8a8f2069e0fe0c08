/** What goes wrong around a log while it is read, row by row of the list of faults. */
import { execFileSync, spawn } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { segmentsIn } from "../../src/sources/file/position.js";
import type { Position } from "../../src/sources/source.js";
import { needsTool } from "../support/tools.js";
import { until } from "../support/until.js";
import { noon, run, splitKeepingEnds, temporaryDirectory, wholeLog } from "./reading.js";

describe("a log at fault", () => {
  const root = temporaryDirectory();
  let path: string;
  beforeEach(() => {
    path = join(mkdtempSync(join(root, "case-")), "app.log");
  });

  describe("F03: archives", () => {
    it("that is a bomb stops at 100 to 1, with a warning, once", async () => {
      writeFileSync(path, "first\n");
      const first = await run(wholeLog(path));
      unlinkSync(path);
      writeFileSync(`${path}.1.gz`, gzipSync("x\n".repeat(20 * 1024 * 1024)));
      const second = await run(wholeLog(path), first.position, { bufferBytes: 1 << 20 });
      expect(second.lines.length * 2).to.be.within(16 * 1024 * 1024, 20 * 1024 * 1024);
      expect(second.notices.join()).to.contain("packed more than 100 to 1");
      const third = await run(wholeLog(path), second.position);
      expect(third.lines).to.deep.equal([]);
      expect(third.notices.join()).not.to.contain("packed");
    });

    it("is read once its program is there, and until then named with its package", async function () {
      needsTool(this, "zstd");
      writeFileSync(path, "first\n");
      const first = await run(wholeLog(path));
      appendFileSync(path, "second\n");
      renameSync(path, `${path}.1`);
      execFileSync("zstd", ["-q", "--rm", `${path}.1`]);
      writeFileSync(path, "third\n");
      const { PATH } = process.env;
      process.env.PATH = "/nonexistent";
      const without = await run(wholeLog(path), first.position).finally(() => {
        process.env.PATH = PATH;
      });
      expect(without.notices.join()).to.contain('"zstd" is not installed (package zstd)');
      expect(without.lines).to.deep.equal(["third\n"]);
      const withIt = await run(wholeLog(path), without.position);
      expect(withIt.lines).to.deep.equal(["second\n"]);
      expect(withIt.notices).to.deep.equal([]);
    });

    it("that is damaged is read as far as it goes, and again once it is whole", async () => {
      writeFileSync(path, "first\n");
      const first = await run(wholeLog(path));
      const text = Array.from(
        { length: 20_000 },
        (_, number) => `line ${number} ${(number * 7919) % 1013}\n`,
      ).join("");
      const packed = gzipSync(text);
      unlinkSync(path);
      writeFileSync(`${path}.1.gz`, packed.subarray(0, packed.length / 2));
      const now = new Date();
      const second = await run(wholeLog(path, { now }), first.position);
      expect(second.notices.join()).to.contain("is damaged");
      expect(text.startsWith(second.lines.join(""))).to.equal(true);
      writeFileSync(`${path}.1.gz`, packed);
      const third = await run(wholeLog(path, { now }), second.position);
      expect([...second.lines, ...third.lines].join("")).to.equal(text);
    });

    it("is no archive by what a plain log begins with, nor by its name", async () => {
      for (const [begin, name] of [
        ["\x1f\x8b ", ".1"],
        ["plain ", ".1.gz"],
      ] as const) {
        path = join(mkdtempSync(join(root, "name-")), "app.log");
        writeFileSync(path, `${begin}not an archive\n`, "latin1");
        const first = await run(wholeLog(path));
        appendFileSync(path, "more\n");
        renameSync(path, path + name);
        const second = await run(wholeLog(path), first.position);
        expect([...first.lines, ...second.lines]).to.deep.equal([`${begin}not an archive\n`, "more\n"]);
      }
    });
  });

  it("F05: copytruncate under a writer loses only lines that stand in no file", async function () {
    needsTool(this, "logrotate");
    this.timeout(60_000);
    writeFileSync(path, "");
    const configuration = `${path}.conf`;
    writeFileSync(configuration, `${path} {\nrotate 999\ncopytruncate\nnodateext\nnocompress\n}\n`);
    const program = `
      const { openSync, writeSync } = require("node:fs");
      const log = openSync(${JSON.stringify(path)}, "a");
      let number = 0;
      setInterval(() => { for (let i = 0; i < 50; i++) writeSync(log, "line " + ++number + " of the writer\\n"); }, 2);`;
    const writer = spawn(process.execPath, ["--eval", program], { stdio: "ignore" });
    const given: string[] = [];
    let position: Position | undefined;
    try {
      for (let round = 0; round < 20; round++) {
        const one = await run(wholeLog(path), position);
        given.push(...one.lines);
        position = one.position;
        if (round % 3 !== 2) execFileSync("logrotate", ["-f", "-s", `${path}.state`, configuration]);
        const { size } = statSync(path);
        await until("the writer has written more", () => statSync(path).size > size);
      }
    } finally {
      writer.kill();
      await new Promise((resolve) => writer.once("close", resolve));
    }
    given.push(...(await run(wholeLog(path), position)).lines);
    const directory = join(path, "..");
    const files = readdirSync(directory).filter((name) => /^app\.log(\.\d+)?$/.test(name));
    const held = files.flatMap((name) => splitKeepingEnds(readFileSync(join(directory, name), "latin1")));
    expect(files.length).to.be.above(10);
    expect(held.length).to.be.above(100);
    expect(given.toSorted()).to.deep.equal(held.toSorted());
  });

  describe("F06: truncated and regrown", () => {
    const before = Array.from({ length: 100 }, (_, number) => `before ${number}\n`).join("");
    for (const [what, lengthBytes] of [
      ["less than", before.length / 2],
      ["exactly", before.length],
      ["more than", before.length * 2],
    ] as const)
      it(`to ${what} the offset gives all that is left, and a warning`, async () => {
        writeFileSync(path, before);
        const first = await run(wholeLog(path));
        const after = `${"a".repeat(lengthBytes - 1)}\n`;
        writeFileSync(path, after);
        const second = await run(wholeLog(path), first.position);
        expect(second.lines.join("")).to.equal(after);
        expect(second.notices.join()).to.match(/shrank from|was truncated/);
        expect((await run(wholeLog(path), second.position)).lines).to.deep.equal([]);
      });
  });

  it("F07: an inode that another file got is another file: 200 times", async () => {
    let position: Position | undefined;
    const given: string[] = [];
    const expected: string[] = [];
    const inodes = new Set<number>();
    for (let round = 0; round < 200; round++) {
      // Of one length, so that neither inode nor size tells them apart.
      const line = `line ${String(round).padStart(4, "0")}\n`;
      rmSync(path, { force: true });
      writeFileSync(path, line);
      expected.push(line);
      const one = await run(wholeLog(path), position);
      given.push(...one.lines);
      position = one.position;
      inodes.add(segmentsIn(one.position)?.[0]?.inode ?? 0);
    }
    expect(given).to.deep.equal(expected);
    expect(inodes.size).to.be.below(200);
  });

  it("F10: a line that was cut anywhere is given once, whole", async () => {
    const text = "one\ntwo lines\n\nthree\r\n\xff\0\nlast\n";
    for (let cut = 0; cut <= text.length; cut++)
      for (const isPacked of [false, true]) {
        path = join(mkdtempSync(join(root, "cut-")), "app.log");
        writeFileSync(path, text.slice(0, cut), "latin1");
        const first = await run(wholeLog(path));
        appendFileSync(path, text.slice(cut), "latin1");
        if (isPacked) {
          writeFileSync(`${path}.1.gz`, gzipSync(readFileSync(path)));
          unlinkSync(path);
        }
        const second = await run(wholeLog(path), first.position);
        expect([...first.lines, ...second.lines], `cut at ${cut}`).to.deep.equal(splitKeepingEnds(text));
      }
  });

  it("F10: an unfinished line is given, with a notice, once the log is rotated away", async () => {
    writeFileSync(path, "whole\nhalf");
    const first = await run(wholeLog(path));
    renameSync(path, `${path}.1`);
    const second = await run(wholeLog(path), first.position);
    expect(second.lines).to.deep.equal(["half"]);
    expect(second.notices.join()).to.contain("its last line has no newline: reported as it stands");
    appendFileSync(`${path}.1`, " and half\n");
    expect((await run(wholeLog(path), second.position)).lines).to.deep.equal(["half and half\n"]);
  });

  it("F11: NUL, a hole, invalid UTF-8, CR and a line of 1 MiB come byte for byte, plain and packed", async () => {
    const odd = Buffer.from(`a\0b\n\xc3(\xff\n\r\n\r\r\n${"m".repeat(1 << 20)}\nend\n`, "latin1");
    for (const bufferBytes of [256, 4096, 1 << 20]) {
      path = join(mkdtempSync(join(root, "odd-")), "app.log");
      const descriptor = openSync(path, "w");
      writeSync(descriptor, odd);
      ftruncateSync(descriptor, odd.length + 100_000);
      writeSync(descriptor, "after the hole\n", odd.length + 100_000);
      closeSync(descriptor);
      const content = readFileSync(path);
      const plain = await run(wholeLog(path), undefined, { bufferBytes });
      expect(Buffer.from(plain.lines.join(""), "latin1").equals(content)).to.equal(true);
      const archived = join(mkdtempSync(join(root, "odd-")), "app.log");
      writeFileSync(archived, "first\n");
      const before = await run(wholeLog(archived));
      unlinkSync(archived);
      writeFileSync(`${archived}.1.gz`, gzipSync(content, { level: 1 }));
      const packed = await run(wholeLog(archived), before.position, { bufferBytes });
      expect(Buffer.from(packed.lines.join(""), "latin1").equals(content)).to.equal(true);
    }
  });

  it("F16: an input error throws, and the position stays after what was given", async () => {
    writeFileSync(path, "one\ntwo\n");
    const reader = await wholeLog(path).open(undefined);
    const into = new Uint8Array(5);
    await reader.read(into);
    const position = reader.position();
    // The descriptor is pulled out from under the reader.
    const stolen = readdirSync("/proc/self/fd").find((name) => {
      try {
        return readlinkSync(`/proc/self/fd/${name}`) === path;
      } catch {
        return false;
      }
    });
    closeSync(Number(stolen));
    let failure: unknown;
    try {
      await reader.read(into);
    } catch (error) {
      failure = error;
    }
    expect(String(failure)).to.contain("EBADF");
    expect(reader.position()).to.deep.equal(position);
    expect((await run(wholeLog(path), position)).lines).to.deep.equal(["two\n"]);
  });

  it("F29: a clock that jumps a year either way loses nothing and gives nothing twice", async () => {
    const year = 365 * 24 * 3_600_000;
    let position: Position | undefined;
    let count = 0;
    for (const jump of [0, year, -year, 2 * year, -2 * year]) {
      const source = wholeLog(path, { now: new Date(noon.getTime() + jump) });
      const line = `line ${++count}\n`;
      appendFileSync(path, line);
      const one = await run(source, position);
      expect(one.lines).to.deep.equal([line]);
      const late = `late ${count}\n`;
      renameSync(path, `${path}.${count}`);
      appendFileSync(`${path}.${count}`, late);
      const two = await run(source, one.position);
      expect(two.lines).to.deep.equal([late]);
      position = two.position;
    }
  });

  it("is not waited for when a FIFO or a link takes its place, over and over", async function () {
    needsTool(this, "mkfifo");
    const [fifo, link, plain] = ["fifo", "link", "plain"].map((name) => join(path, "..", name));
    if (fifo === undefined || link === undefined || plain === undefined) throw new Error("bug: three names");
    let refused = 0;
    for (let round = 0; round < 30; round++) {
      execFileSync("mkfifo", [fifo]);
      symlinkSync("/etc/passwd", link);
      writeFileSync(plain, "good\n");
      for (const impostor of [fifo, link, plain]) {
        renameSync(impostor, path);
        await run(wholeLog(path)).then(
          ({ lines }) => expect(lines).to.deep.equal(["good\n"]),
          () => refused++,
        );
      }
    }
    expect(refused).to.equal(60);
  });
});
