/** F44: after a hole of NUL bytes, no rule matched the line, and from 64 KiB on it was shown nowhere. */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { openInput } from "../../src/sources/input.js";
import type { LineReader } from "../../src/sources/source.js";
import { withoutLeadingNuls } from "../../src/sources/bytes/leading-nuls.js";
import { run, temporaryDirectory, wholeLog } from "../sources/reading.js";
import { Sandbox } from "../support/cli.js";
import { expectLinear } from "../support/expect-linear.js";
import { randomStream } from "../support/seed.js";
import { countsIn, unwrapped } from "../support/mail-text.js";

const text = "Nov 22 12:00:00 web1 app: the line after it\n";
const sizes = [
  1, 2, 63, 64, 4095, 4096, 4097, 60_000, 65_535, 65_536, 65_537, 1_048_575, 1_048_576, 1_048_577,
];
const largeSizes = [5_000_000, 17_000_000];

interface Line {
  readonly text: string;
  readonly nulBytes: number;
}

/** What a reader gives, NUL bytes as their number. */
async function linesOf(reader: LineReader, bufferBytes: number): Promise<Line[]> {
  const into = new Uint8Array(bufferBytes);
  const lines: Line[] = [];
  for (;;) {
    const chunk = await reader.read(into);
    if (chunk.kind === "end") break;
    if (chunk.kind === "long line") {
      const nulBytes = chunk.leadingNulBytes ?? 0;
      lines.push({ text: Buffer.from(chunk.bytes).toString("latin1"), nulBytes });
      expect(chunk.trueLengthBytes).to.equal(chunk.bytes.length);
      continue;
    }
    const given = Buffer.from(into.subarray(0, chunk.lengthBytes)).toString("latin1");
    let start = 0;
    for (const line of given.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      lines.push({ text: line, nulBytes: chunk.leadingNulBytes?.get(start) ?? 0 });
      start += line.length;
    }
  }
  await reader.close();
  return lines;
}

describe("F44: a hole of NUL bytes before a line", () => {
  const root = temporaryDirectory();
  const log = (...pieces: readonly (string | number)[]): string => {
    const path = join(mkdtempSync(join(root, "case-")), "own.log");
    const descriptor = openSync(path, "w");
    let place = 0;
    for (const piece of pieces) {
      if (typeof piece === "number") place += piece;
      else place += writeSync(descriptor, piece, place);
    }
    ftruncateSync(descriptor, place);
    closeSync(descriptor);
    return path;
  };

  for (const nulBytes of [...sizes, ...largeSizes])
    for (const bufferBytes of nulBytes > 65_537 ? [65_536, 1 << 20] : [7, 4096, 65_536, 1 << 20])
      it(`of ${nulBytes} bytes is no part of the line, with a buffer of ${bufferBytes} bytes`, async () => {
        const path = log(text, nulBytes, text, text, nulBytes, text);
        const expected = [0, nulBytes, 0, nulBytes].map((nuls) => ({ text, nulBytes: nuls }));
        expect(await linesOf(await openInput(path), bufferBytes)).to.deep.equal(expected);
        const reader = await wholeLog(path).open(undefined);
        expect(await linesOf(reader, bufferBytes)).to.deep.equal(expected);
        // The position is after all of it.
        appendFileSync(path, "new\n");
        const { lines } = await run(wholeLog(path), reader.position(), { bufferBytes });
        expect(lines).to.deep.equal(["new\n"]);
      });

  it("is no part of the line in an archive, and the position in it is exact", async () => {
    const path = log(text, 100_000, text, 3, text);
    const packed = `${path}.gz`;
    writeFileSync(packed, gzipSync(execFileSync("cat", [path], { maxBuffer: 1 << 28 })));
    expect(await linesOf(await openInput(packed), 65_536)).to.deep.equal(
      [0, 100_000, 3].map((nulBytes) => ({ text, nulBytes })),
    );
    const first = await run(wholeLog(path), undefined, { bufferBytes: 65_536, maxReads: 2 });
    expect(first.lines).to.have.length(2);
    const rotated = `${path}.1.gz`;
    execFileSync("mv", [packed, rotated]);
    writeFileSync(path, "");
    const second = await run(wholeLog(path), first.position, { bufferBytes: 65_536 });
    expect(second.lines).to.deep.equal([`\0\0\0${text}`]);
  });

  it("at random places is what a plain reading of the bytes says, however the chunks are cut", async () => {
    const random = randomStream();
    for (let round = 0; round < 30; round++) {
      let bytes = "";
      for (let piece = 0; piece < 200; piece++)
        bytes +=
          ["\0".repeat(Math.floor(random() * 9)), "a", "\0", "\n", "b\0c", "\n"][Math.floor(random() * 6)] ??
          "";
      bytes += "end\n";
      const expected = (bytes.match(/[^\n]*\n/g) ?? []).map((line) => {
        const stripped = line.replace(/^\0+/, "");
        return { text: stripped, nulBytes: line.length - stripped.length };
      });
      const path = log(bytes);
      for (const bufferBytes of [1, 3, 17, 256, 65_536]) {
        expect(await linesOf(await openInput(path), bufferBytes)).to.deep.equal(expected);
        expect(await linesOf(await wholeLog(path).open(undefined), bufferBytes)).to.deep.equal(expected);
      }
    }
  });

  it("before each of many lines takes linear time", async () => {
    await expectLinear(
      "NUL bytes before each line",
      (size) => {
        const bytes = Buffer.from("\0\0\n".repeat(size));
        return () => withoutLeadingNuls(Buffer.from(bytes), bytes.length);
      },
      100_000,
    );
  });

  it("that nothing follows yet is said, and given to nobody as a line", async () => {
    const path = log(text, 100_000);
    const first = await run(wholeLog(path));
    expect(first.lines).to.deep.equal([text]);
    appendFileSync(path, text);
    const second = await run(wholeLog(path), first.position);
    expect(second.lines).to.deep.equal([`${"\0".repeat(100_000)}${text}`]);
  });

  describe("in the program", () => {
    const box = new Sandbox();
    after(() => box.remove());
    box.write("rules/ignore.d/server/app", "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ app: all is well$\n");
    box.write("rules/never.d/app", "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ app: the store is open$\n");
    const [header, routine, alarm, odd] = [
      "Nov 22 12:00:00 web1 app: ",
      "all is well\n",
      "the store is open\n",
      "odd\n",
    ];
    for (const [nulBytes, shown] of [
      [1, "[1 NUL byte] "],
      [70_000, "[70,000 NUL bytes] "],
      [1_000_000, "[1,000,000 NUL bytes] "],
      [20_000_000, "[20,000,000 NUL bytes] "],
    ] as const)
      it(`of ${nulBytes} bytes lets rules match, and is shown as a number`, () => {
        const path = log(nulBytes, header + routine, nulBytes, header + alarm, nulBytes, header + odd);
        const state = mkdtempSync(join(root, "state-"));
        const config = box.write(
          "all.toml",
          `[[source]]\nkind = "file"\npath = "${path}"\nfirst_run = "all"\n`,
        );
        const check = box.run([
          "check",
          "--stdout",
          "--config",
          config,
          "--state",
          state,
          "--rules",
          box.path("rules"),
        ]);
        const text = unwrapped(check.stdout);
        expect(countsIn(text)).to.deep.equal({ alarms: 1, violations: 0, others: 1 });
        expect(text).to.contain(`${shown}${header}${alarm}`);
        expect(text).to.contain(`${shown}${header}${odd}`);
        expect(check.stdout).not.to.contain("\\x00");
        expect(check.stdout.length).to.be.below(4000);
        const filtered = box.run(["filter", "--rules", box.path("rules"), path]);
        const written = Buffer.concat(
          [alarm, odd].flatMap((line) => [
            Buffer.alloc(Math.min(nulBytes, 16 * 1024 * 1024)),
            Buffer.from(header + line),
          ]),
        );
        expect(filtered.bytes.equals(written)).to.equal(true);
        const explained = box.run(["filter", "--explain", "--rules", box.path("rules"), path]);
        expect(explained.stdout).to.contain(`: ${shown}${header}${alarm}`);
      });
  });
});
