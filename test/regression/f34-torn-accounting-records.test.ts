/** F34: one torn record of process accounting, and all that came after it were misread or left out. */
import { appendFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { accountingFile } from "../../src/sources/records/accounting.js";
import { accountingHistory } from "../../src/sources/records/accounting-history.js";
import { lineOf, recordOf } from "../sources/records.js";
import { context, run, temporaryDirectory } from "../sources/reading.js";
import { randomStream } from "../support/seed.js";

describe("F34: torn records of process accounting", () => {
  const root = temporaryDirectory();
  const pathOf = (): string => join(mkdtempSync(join(root, "case-")), "pacct");
  const source = (path: string) =>
    accountingFile(path, { firstRun: { kind: "all" }, followLinks: false, context });
  const commands = (from: number, to: number): readonly string[] =>
    Array.from({ length: to - from }, (_, index) => `program${from + index}`);
  const records = (from: number, to: number): Buffer =>
    Buffer.concat(commands(from, to).map((command, index) => recordOf({ command, pid: 256 * 3 + index })));
  const lines = (from: number, to: number): readonly string[] =>
    commands(from, to).map((command) => lineOf({ command }));

  for (const keptBytes of [1, 2, 7, 31, 32, 33, 48, 52, 60, 63])
    for (const bufferBytes of [1024, 65_536])
      it(`a record of which ${keptBytes} bytes are there costs no other, with a buffer of ${bufferBytes} bytes`, async () => {
        const path = pathOf();
        const torn = recordOf({ command: "torn" }).subarray(0, keptBytes);
        writeFileSync(path, Buffer.concat([records(0, 500), torn, records(500, 1000)]));
        const first = await run(source(path), undefined, { bufferBytes });
        expect(first.lines).to.deep.equal([...lines(0, 500), ...lines(500, 1000)]);
        // The first byte of a record is its flags: alone it is a NUL.
        expect(first.notices.join()).to.contain(
          keptBytes === 1
            ? `${path}: has a NUL byte in place of records: left out`
            : `${path}: a record is torn: ${keptBytes} bytes left out, read on from the next whole record`,
        );
        appendFileSync(path, records(1000, 1003));
        const second = await run(source(path), first.position, { bufferBytes });
        expect(second.lines).to.deep.equal(lines(1000, 1003));
        const history: string[] = [];
        for await (const { command } of accountingHistory(path)) history.push(command);
        expect(history).to.deep.equal(commands(0, 1003));
      });

  it("torn anywhere, in any number, and read in any pieces, cost none of the others but what they overlay", async () => {
    const random = randomStream();
    for (let round = 0; round < 20; round++) {
      const path = pathOf();
      const pieces: Buffer[] = [];
      let tornBytes = 0;
      for (let group = 0; group < 20; group++) {
        pieces.push(records(group * 10, group * 10 + 10));
        // One byte of it is a NUL, and that is a hole.
        const torn = recordOf({ command: "torn" }).subarray(0, 2 + Math.floor(random() * 62));
        if (group < 19) {
          pieces.push(torn);
          tornBytes += torn.length;
        }
      }
      writeFileSync(path, Buffer.concat(pieces));
      const { lines: given, notices } = await run(source(path), undefined, {
        bufferBytes: 1024 + Math.floor(random() * 8192),
      });
      expect(given).to.deep.equal(lines(0, 200));
      expect(notices.join()).to.contain(`19 records are torn: ${tornBytes} bytes left out`);
    }
  });

  it("are told of anew in each run, though the count is the same as an hour before", async () => {
    const path = pathOf();
    const damage = (): Buffer =>
      Buffer.concat([
        recordOf({ command: "torn" }).subarray(0, 30),
        records(0, 2),
        recordOf({ command: "odd", version: 9 }),
      ]);
    writeFileSync(path, Buffer.concat([records(0, 5), damage(), records(5, 10)]));
    const eventsIn = async (from?: Awaited<ReturnType<typeof run>>["position"]) => {
      const reader = await source(path).open(from);
      const into = new Uint8Array(65_536);
      while ((await reader.read(into)).kind !== "end");
      const events = reader.notices().filter(({ isEvent }) => isEvent === true);
      await reader.close();
      return { events: events.map(({ what, done }) => `${what}: ${done}`), position: reader.position() };
    };
    const first = await eventsIn();
    appendFileSync(path, Buffer.concat([damage(), records(10, 15)]));
    const second = await eventsIn(first.position);
    expect(first.events).to.have.length(2);
    expect(second.events).to.deep.equal(first.events);
  });
});
