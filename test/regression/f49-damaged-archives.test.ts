/** F49: a small .gz with trailing garbage gave nothing at all. What zcat and its like give is the measure. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { openInput } from "../../src/sources/input.js";
import { drain, noon, run, temporaryDirectory, wholeLog } from "../sources/reading.js";
import { isLong, randomStream } from "../support/seed.js";
import { needsTool } from "../support/tools.js";

const tools = [
  ["gzip", "gz"],
  ["zstd", "zst"],
  ["xz", "xz"],
  ["bzip2", "bz2"],
] as const;

const small = "one line\nand another\n";
const odd = Array.from({ length: 4000 }, (_, number) => `line ${number} ${(number * 7919) % 1013}\n`).join(
  "",
);

/** What comes out of the reader, and how it ended. */
async function given(path: string): Promise<{ readonly text: string; readonly failure: string }> {
  const reader = await openInput(path);
  const lines: string[] = [];
  let failure = "";
  try {
    for (;;) {
      const got = await drain(reader, { maxReads: 1 });
      if (got.lines.length === 0) break;
      lines.push(...got.lines);
    }
  } catch (error) {
    failure = String(error);
  }
  await reader.close();
  return { text: lines.join(""), failure };
}

describe("F49: a damaged archive", () => {
  const root = temporaryDirectory();
  const directory = (): string => mkdtempSync(join(root, "case-"));

  for (const [tool, extension] of tools)
    describe(`of ${tool}`, () => {
      before(function () {
        needsTool(this, tool);
      });
      const packed = (text: string): Buffer => execFileSync(tool, ["-c"], { input: text });
      const unpacked = (bytes: Buffer): string =>
        spawnSync(tool, ["-dcq"], { input: bytes, maxBuffer: 1 << 28 }).stdout.toString("latin1");

      it("cut anywhere gives all that the tool gives", async function () {
        this.timeout(120_000);
        for (const text of [small, odd]) {
          const whole = packed(text);
          const random = randomStream();
          const cuts = new Set([6, 7, 10, 18, 30, whole.length - 1, whole.length - 8, whole.length - 9]);
          while (cuts.size < (isLong ? 200 : 14)) cuts.add(6 + Math.floor(random() * (whole.length - 6)));
          for (const cut of cuts) {
            if (cut >= whole.length || cut < 6) continue;
            const bytes = whole.subarray(0, cut);
            const path = join(directory(), `own.log.${extension}`);
            writeFileSync(path, bytes);
            const { text: ours, failure } = await given(path);
            expect(ours.startsWith(unpacked(bytes)), `cut at ${cut}: ${ours.length} bytes`).to.equal(true);
            expect(text.startsWith(ours)).to.equal(true);
            expect(failure).to.contain("damaged");
          }
        }
      });

      for (const [what, garbage] of [
        ["text", Buffer.from("garbage\n")],
        ["what looks like another archive", Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8])],
        ["NUL bytes", Buffer.alloc(512)],
        ["the first byte of one", Buffer.from([0x1f, 0x00])],
      ] as const)
        it(`with ${what} after it gives all that the tool gives`, async () => {
          for (const text of [small, odd]) {
            const bytes = Buffer.concat([packed(text), garbage]);
            const path = join(directory(), `own.log.${extension}`);
            writeFileSync(path, bytes);
            expect(unpacked(bytes)).to.contain(text.slice(0, 9));
            expect((await given(path)).text).to.equal(unpacked(bytes));
          }
        });

      it("with a byte changed anywhere gives all that the tool gives", async function () {
        this.timeout(120_000);
        const whole = packed(odd);
        const random = randomStream();
        for (let round = 0; round < (isLong ? 100 : 8); round++) {
          const bytes = Buffer.from(whole);
          const place = 12 + Math.floor(random() * (bytes.length - 12));
          bytes[place] = (bytes[place] ?? 0) ^ (1 + Math.floor(random() * 255));
          const path = join(directory(), `own.log.${extension}`);
          writeFileSync(path, bytes);
          expect((await given(path)).text.startsWith(unpacked(bytes)), `byte ${place}`).to.equal(true);
        }
      });

      it("of a few lines, into which a log was rotated, gives them, whether garbage follows or its end is missing", async () => {
        const bytes = packed(`known\n${small}`);
        for (const damaged of [
          Buffer.concat([bytes, Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8])]),
          bytes.subarray(0, -2),
        ]) {
          const path = join(directory(), "own.log");
          writeFileSync(path, "known\n");
          const first = await run(wholeLog(path));
          renameSync(path, `${path}.1`);
          execFileSync("rm", [`${path}.1`]);
          writeFileSync(`${path}.1.${extension}`, damaged);
          utimesSync(`${path}.1.${extension}`, new Date(0), new Date(noon.getTime() - 86_400_000));
          writeFileSync(path, "new\n");
          const second = await run(wholeLog(path), first.position);
          const text = unpacked(damaged);
          expect(second.lines.join("")).to.equal(
            `${text.slice("known\n".length)}new\n`,
            second.notices.join(),
          );
        }
      });

      it("into which a log was rotated gives its last line too, and is told as an event, once", async () => {
        const place = directory();
        const path = join(place, "own.log");
        writeFileSync(path, "known\n");
        const first = await run(wholeLog(path));
        const bytes = packed(`known\n${odd}`);
        const cut = bytes.subarray(0, Math.floor(bytes.length * 0.9));
        renameSync(path, `${path}.1`);
        execFileSync("rm", [`${path}.1`]);
        writeFileSync(`${path}.1.${extension}`, cut);
        utimesSync(`${path}.1.${extension}`, new Date(0), new Date(noon.getTime() - 86_400_000));
        writeFileSync(path, "new\n");
        const second = await run(wholeLog(path), first.position);
        const rest = unpacked(cut).slice("known\n".length);
        expect(second.lines.join("").startsWith(rest)).to.equal(true);
        expect(second.lines.at(-1)).to.equal("new\n");
        expect(second.notices.join("\n")).to.contain("is damaged");
        const third = await run(wholeLog(path), second.position);
        expect(third.lines).to.deep.equal([]);
        expect(third.notices.join("\n")).not.to.contain("is damaged");
      });
    });
});
