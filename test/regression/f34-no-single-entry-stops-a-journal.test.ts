/** F34: any user can send the journal an entry of any size; it stopped the source for ever, or took gigabytes. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { remote } from "../sources/journals.js";
import { temporaryDirectory } from "../sources/reading.js";
import { measured } from "../support/peak-memory.js";
import { needsTool } from "../support/tools.js";

/**
 * A program that writes an export: an entry before, one that is described by its argument, one after.
 * `fields` are [name, value length in bytes, byte, how often]; a length of -1 is text "x".
 */
const generator = `
  const { writeSync } = require("node:fs");
  let held = [], heldBytes = 0;
  const flush = () => { const b = Buffer.concat(held); held = []; heldBytes = 0; for (let s = 0; s < b.length;) s += writeSync(1, b, s); };
  const put = (piece) => { const b = Buffer.from(piece); held.push(b); heldBytes += b.length; if (heldBytes > 1 << 20) flush(); };
  const begin = (n) => put((process.env.REAL ? "" : "__CURSOR=c" + n + "\\n") + "__REALTIME_TIMESTAMP=" + (1763812800000000 + n) +
    "\\n__MONOTONIC_TIMESTAMP=" + (100 + n) + "\\n_BOOT_ID=0f0e0d0c0b0a09080706050403020100\\nSYSLOG_IDENTIFIER=app\\n");
  const end = () => put("_HOSTNAME=web1\\n_PID=9\\n\\n");
  const block = Buffer.alloc(1 << 20);
  begin(1); put("MESSAGE=before\\n"); end();
  begin(2);
  for (const [name, size, byte, times] of JSON.parse(process.env.FIELDS))
    for (let time = 0; time < times; time++) {
      if (size < 0) { put(name.replace("#", time) + "=x\\n"); continue; }
      const length = Buffer.alloc(8); length.writeBigUInt64LE(BigInt(size));
      put(name + "\\n"); put(length);
      block.fill(byte);
      for (let left = size; left > 0; left -= block.length) { put(Buffer.from(block.subarray(0, left))); }
      put("\\n");
    }
  end();
  begin(3); put("MESSAGE=after\\n"); end();
  flush();`;

type Field = readonly [name: string, sizeBytes: number, byte: number, times: number];

const MiB = 1 << 20;
const letter = 0x61;
const header = "Nov 22 12:00:00 web1 app[9]: ".length + "\n".length;

/** What a reader gives: for each line how it begins, what it has and what it had. */
const reading = (journalctlArguments: readonly string[]): string => `
  const { journalSource } = await import(${JSON.stringify(new URL("../../src/sources/journal/journal.js", import.meta.url).href)});
  const settings = { kind: "journal", journalctlArguments: ${JSON.stringify(journalctlArguments)}, firstRun: { kind: "all" } };
  const reader = await journalSource(settings, { now: new Date(), hostname: "web1", timestampOf: () => undefined }).open(undefined);
  const into = new Uint8Array(1 << 20);
  const given = [];
  for (;;) {
    const chunk = await reader.read(into);
    if (chunk.kind === "end") break;
    if (chunk.kind === "long line") given.push([Buffer.from(chunk.bytes).toString("latin1", 0, 50), chunk.bytes.length, chunk.trueLengthBytes]);
    else for (const line of Buffer.from(into.subarray(0, chunk.lengthBytes)).toString("latin1").match(/.*\\n/g))
      given.push([line.slice(0, 50), line.length, line.length]);
  }
  await reader.close();
  process.stdout.write(JSON.stringify({ given, position: reader.position() }));`;

interface Given {
  readonly given: readonly (readonly [string, number, number])[];
  readonly position: { readonly cursor: string };
}

describe("F34: a journal entry of any size", () => {
  const directory = temporaryDirectory();
  const program = join(directory, "journalctl");
  before(() => {
    writeFileSync(join(directory, "generator.cjs"), generator);
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${directory}/generator.cjs'\n`);
    chmodSync(program, 0o755);
  });

  const cases: readonly (readonly [what: string, fields: readonly Field[], trueLengthBytes: number])[] = [
    ["of 40 messages of 16 MiB", [["MESSAGE", 16 * MiB, letter, 40]], header + 640 * MiB],
    ["of a message of 100 MiB of newlines", [["MESSAGE", 100 * MiB, 0x0a, 1]], header + 100 * MiB],
    ["of a message of 150 MiB", [["MESSAGE", 150 * MiB, letter, 1]], header + 150 * MiB],
    ["of 100,000 messages", [["MESSAGE", -1, 0, 100_000]], header + 100_000],
    ["of a field of 300 MiB that no line shows", [["COREDUMP", 300 * MiB, 0x0a, 1]], 0],
    ["of 100,000 fields that no line shows", [["FIELD#", -1, 0, 100_000]], 0],
    ["of 1,000 fields with names of 50,000 bytes", [["N".repeat(50_000), -1, 0, 1000]], 0],
    ["of an identifier of 100 MiB", [["SYSLOG_IDENTIFIER", 100 * MiB, letter, 1]], header + 100 * MiB],
  ];
  for (const [what, fields, trueLengthBytes] of cases)
    it(`${what} is one line, cut where it must be, in 256 MiB, and the cursor moves`, function () {
      this.timeout(60_000);
      const env = { PATH: `${directory}:${process.env.PATH}`, FIELDS: JSON.stringify(fields) };
      const { stdout, peakMiB } = measured(reading([]), env);
      const { given, position } = JSON.parse(stdout) as Given;
      expect(position.cursor).to.equal("c3");
      expect(given).to.have.length(3);
      expect(given[0]?.[0]).to.contain("web1 app[9]: before");
      expect(given[2]?.[0]).to.contain("web1 app[9]: after");
      const [, keptBytes, lengthBytes] = given[1] ?? ["", 0, 0];
      if (trueLengthBytes === 0) expect(lengthBytes).to.equal(keptBytes);
      else {
        expect(lengthBytes).to.be.above(keptBytes);
        // Values are put together with separators, and newlines of what is kept are escaped.
        expect(lengthBytes).to.be.at.least(trueLengthBytes);
        expect(lengthBytes).to.be.at.most(trueLengthBytes + 17 * MiB);
      }
      expect(peakMiB).to.be.at.most(256);
    });

  it("that systemd itself has stored is one line, cut, with its true length", function () {
    this.timeout(60_000);
    needsTool(this, "journalctl", remote);
    const path = join(mkdtempSync(join(directory, "real-")), "a.journal");
    const env = {
      ...process.env,
      REAL: "1",
      FIELDS: JSON.stringify([["MESSAGE", 16 * MiB, letter, 40]] satisfies Field[]),
    };
    const { stdout: entries } = spawnSync(process.execPath, [join(directory, "generator.cjs")], {
      env,
      maxBuffer: 1 << 30,
    });
    execFileSync(remote, ["--output", path, "-"], { input: entries, stdio: ["pipe", "pipe", "pipe"] });
    const { stdout, peakMiB } = measured(reading(["--file", path]));
    const { given } = JSON.parse(stdout) as Given;
    expect(given.map(([text]) => text.slice(29, 35))).to.deep.equal(["before", "aaaaaa", "after\n"]);
    expect(given[1]?.[2]).to.be.at.least(header + 16 * MiB);
    expect(peakMiB).to.be.at.most(256);
  });
});
