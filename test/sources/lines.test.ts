/** Lines of a pipe, byte for byte, however the pipe cuts them. */
import { Readable } from "node:stream";
import { expect } from "chai";
import { linesOf, type PipedLine } from "../../src/sources/bytes/lines.js";
import { expectLinear } from "../support/expect-linear.js";
import { randomStream } from "../support/seed.js";

/** Every byte, NUL and lone 0xff among them, CR, empty lines, long lines, no newline at the end. */
const corpus = Buffer.concat([
  Buffer.from("plain\n\n\r\nwith\0nul\r\n\xff\xfe\x80 lone bytes\n\u20ac valid\n", "latin1"),
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  Buffer.from(`\n${"long ".repeat(30_000)}\n\n`),
  Buffer.from("last"),
]);

async function collect(bytes: Buffer, chunkBytes: number, maxLineBytes: number): Promise<PipedLine[]> {
  const chunks: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += chunkBytes)
    chunks.push(bytes.subarray(start, start + chunkBytes));
  const lines: PipedLine[] = [];
  for await (const line of linesOf(Readable.from(chunks), maxLineBytes)) lines.push(line);
  return lines;
}

describe("the lines of a pipe", () => {
  const random = randomStream();
  const sizes = [1, 2, 3, 5, 7, 11, 64, 255, 256, 257, 1000, 4096, 65_535, 65_536];
  for (let count = 0; count < 10; count++) sizes.push(1 + Math.floor(random() * 65_536));

  it("are byte for byte what came in, at chunk sizes from 1 to 65,536", async () => {
    for (const chunkBytes of sizes) {
      const lines = await collect(corpus, chunkBytes, 1 << 20);
      expect(
        Buffer.from(lines.map((line) => line.text).join(""), "latin1").equals(corpus),
        `${chunkBytes}`,
      ).to.equal(true);
      for (const line of lines.slice(0, -1)) expect(line.text.indexOf("\n")).to.equal(line.text.length - 1);
      expect(lines.at(-1)).to.deep.equal({ text: "last", trueLengthBytes: 4 });
    }
  });

  it("are cut where they are too long, and say their true length, at each chunk size", async () => {
    const whole = await collect(corpus, corpus.length, 1 << 20);
    for (const chunkBytes of sizes) {
      const lines = await collect(corpus, chunkBytes, 20);
      expect(
        lines.map((line) => line.trueLengthBytes),
        `${chunkBytes}`,
      ).to.deep.equal(whole.map((line) => line.text.length));
      expect(
        lines.map((line) => line.text),
        `${chunkBytes}`,
      ).to.deep.equal(whole.map((line) => line.text.slice(0, 20)));
    }
  });

  it("take linear time where they are long", async () => {
    const collecting = (size: number) => {
      const bytes = Buffer.alloc(size, "a");
      return async () => {
        const [line] = await collect(bytes, 65_536, 1 << 20);
        expect(line?.trueLengthBytes).to.equal(size);
        expect(line?.text).to.have.length(1 << 20);
      };
    };
    await expectLinear("a long line", collecting, 8 << 20);
  });

  it("end with the error of the pipe", async () => {
    const broken = new Readable({ read: () => undefined });
    broken.push("line\nhalf");
    setImmediate(() => broken.destroy(new Error("EIO")));
    const lines: string[] = [];
    let failure: unknown;
    try {
      for await (const line of linesOf(broken, 100)) lines.push(line.text);
    } catch (error) {
      failure = error;
    }
    expect(String(failure)).to.contain("EIO");
  });
});
