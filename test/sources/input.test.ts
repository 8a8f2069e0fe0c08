/** What `logwinnow filter` reads: files, archives, pipes. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { openInput } from "../../src/sources/input.js";
import { longLineLimitBytes } from "../../src/sources/bytes/long-line.js";
import { needsTool } from "../support/tools.js";
import { drain, temporaryDirectory } from "./reading.js";

const module = new URL("../../src/sources/input.js", import.meta.url).pathname;

/** NUL, CR, invalid UTF-8, empty lines, a line of 100 kB, no newline at the end. */
const odd = `one\n\n\0\0\r\n\xff\x80\n${"x".repeat(100_000)}\nlast`;

describe("an input", () => {
  const directory = temporaryDirectory();
  const written = (name: string, bytes: string | Buffer): string => {
    const path = join(directory, name);
    writeFileSync(path, bytes, "latin1");
    return path;
  };
  const read = async (path: string, bufferBytes = 65_536) => {
    const reader = await openInput(path);
    try {
      return await drain(reader, { bufferBytes });
    } finally {
      await reader.close();
    }
  };

  for (const bufferBytes of [1, 2, 3, 7, 64, 4096, 65_536, 1 << 20])
    it(`is byte for byte its file, with a buffer of ${bufferBytes} bytes`, async () => {
      const { lines } = await read(written("odd.log", odd), bufferBytes);
      expect(lines.join("")).to.equal(odd);
      for (const line of lines.slice(0, -1)) expect(line.endsWith("\n")).to.equal(true);
    });

  it("of no bytes has no lines", async () => {
    expect((await read(written("empty.log", ""))).lines).to.deep.equal([]);
  });

  for (const [tool, extension] of [
    ["gzip", "gz"],
    ["zstd", "zst"],
    ["xz", "xz"],
    ["bzip2", "bz2"],
  ] as const)
    it(`is the content of a ${tool} archive under any name, of several one after the other too`, async function () {
      needsTool(this, tool);
      const plain = written(`for-${extension}.log`, `${odd}\n`);
      const packed = execFileSync(tool, ["-c", plain]);
      const path = written(`twice-${extension}.log`, Buffer.concat([packed, packed]));
      for (const bufferBytes of [7, 65_536])
        expect((await read(path, bufferBytes)).lines.join("")).to.equal(`${odd}\n${odd}\n`);
    });

  it("that is a damaged archive throws, and gives before what can be had", async function () {
    needsTool(this, "gzip");
    const text = Array.from(
      { length: 50_000 },
      (_, number) => `line ${number} ${(number * 7919) % 1013}\n`,
    ).join("");
    const packed = execFileSync("gzip", ["-c", written("whole.log", text)]);
    const reader = await openInput(written("cut.gz", packed.subarray(0, packed.length / 2)));
    const into = new Uint8Array(65_536);
    let lines = "";
    let failure: unknown;
    try {
      for (;;) {
        const chunk = await reader.read(into);
        if (chunk.kind === "lines") lines += Buffer.from(into.subarray(0, chunk.lengthBytes)).toString();
        if (chunk.kind === "end") break;
      }
    } catch (error) {
      failure = error;
    }
    await reader.close();
    expect(String(failure)).to.contain("damaged");
    expect(text.startsWith(lines)).to.equal(true);
    const plainest = spawnSync("gzip", ["-dc"], { input: packed.subarray(0, packed.length / 2) }).stdout
      .length;
    expect(lines.length).to.be.above(plainest - 2 * 65_536);
  });

  it("with a line above 16 MiB gives 16 MiB of it and its true length", async () => {
    const lengthBytes = longLineLimitBytes + 1000;
    const path = written("long.log", `${"a".repeat(lengthBytes - 1)}\nnext\n`);
    const { lines, trueLengths } = await read(path);
    expect(lines.map((line) => line.length)).to.deep.equal([longLineLimitBytes, 5]);
    expect(trueLengths).to.deep.equal([lengthBytes, 5]);
  });

  it("shows the text after a hole, though the hole is longer than what is kept of a line", async () => {
    const path = join(directory, "sparse.log");
    const descriptor = openSync(path, "w");
    writeSync(descriptor, "the text\n", 64 * 1024 * 1024);
    closeSync(descriptor);
    const { lines, trueLengths } = await read(path);
    expect(lines.join("").endsWith("the text\n")).to.equal(true);
    expect(trueLengths).to.deep.equal([64 * 1024 * 1024 + 9]);
  });

  it("refuses a directory", async () => {
    let failure: unknown;
    try {
      await openInput(directory);
    } catch (error) {
      failure = error;
    }
    expect(String(failure)).to.contain("is a directory");
  });
});

describe("standard input", () => {
  /** The program below does not write the NUL bytes before a line. */
  const given = odd.replace("\n\0", "\n\r\0");
  /** Passes on what it is given, each chunk at once. */
  const program = `
    import { writeSync } from "node:fs";
    const { openInput } = await import(${JSON.stringify(module)});
    const reader = await openInput("-");
    const into = new Uint8Array(65536);
    for (;;) {
      const chunk = await reader.read(into);
      if (chunk.kind === "end") break;
      const bytes = chunk.kind === "lines" ? into.subarray(0, chunk.lengthBytes) : chunk.bytes;
      for (let start = 0; start < bytes.length; )
        try {
          start += writeSync(1, bytes, start);
        } catch (error) {
          // The reader is slow.
          if (error.code !== "EAGAIN") throw error;
        }
    }`;
  const echo = ["--input-type=module", "--eval", program];

  it("is passed on line by line as it comes", async () => {
    const child = spawn(process.execPath, echo, { stdio: ["pipe", "pipe", "inherit"] });
    const chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const next = async () => String((await chunks.next()).value);
    child.stdin.write("first\nsec");
    expect(await next()).to.equal("first\n");
    child.stdin.write("ond\n");
    expect(await next()).to.equal("second\n");
    child.stdin.end("unfinished");
    expect(await next()).to.equal("unfinished");
  });

  it("is byte for byte what comes through a pipe or from a file", () => {
    const bytes = Buffer.from(given.repeat(20), "latin1");
    expect(
      spawnSync(process.execPath, echo, { input: bytes, maxBuffer: 1 << 28 }).stdout.equals(bytes),
    ).to.equal(true);
    const path = join(directoryOfFile(), "in.log");
    writeFileSync(path, bytes);
    const descriptor = openSync(path, "r");
    const skipped = Buffer.alloc(4);
    // A shell's `read` before us has taken the first line.
    readSync(descriptor, skipped);
    const { stdout } = spawnSync(process.execPath, echo, {
      stdio: [descriptor, "pipe", "inherit"],
      maxBuffer: 1 << 28,
    });
    closeSync(descriptor);
    expect(stdout.equals(readFileSync(path).subarray(4))).to.equal(true);
  });

  const directoryOfFile = (() => {
    const directory = temporaryDirectory();
    return () => directory;
  })();

  it("loads neither split2 nor micromatch, zlib or crypto: start-up counts", () => {
    const watch = `
      const before = new Set(process.moduleLoadList);
      ${program.replaceAll("import { writeSync }", "import { writeSync }")}
      console.error(JSON.stringify(process.moduleLoadList.filter((name) => !before.has(name))));`;
    const { stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", watch], {
      input: "a\n",
    });
    expect(stderr.toString()).not.to.match(/zlib|crypto|child_process|stream|split2|micromatch/);
  });
});
