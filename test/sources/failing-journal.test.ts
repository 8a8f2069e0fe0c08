/** A journalctl that fails on the way: what it gave before is given on, and no entry is skipped. */
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { journalSource } from "../../src/sources/journal/journal.js";
import { context, temporaryDirectory } from "./reading.js";

describe("a journal whose reader fails on the way", () => {
  const directory = temporaryDirectory();
  const path = process.env.PATH;
  afterEach(() => {
    process.env.PATH = path;
  });

  it("gives the entries before the failure, then throws, with the position after the last one given", async () => {
    const entry = (number: number): string => `__CURSOR=c${number}\nMESSAGE=message ${number}\n\n`;
    const script = `#!/bin/sh\ncat <<'END'\n${entry(1)}${entry(2)}END\necho 'bad message' >&2\nexit 1\n`;
    const program = join(directory, "journalctl");
    writeFileSync(program, script);
    chmodSync(program, 0o755);
    process.env.PATH = `${directory}:${path}`;

    const settings = { kind: "journal", journalctlArguments: [], firstRun: { kind: "all" } } as const;
    const reader = await journalSource(settings, context).open(undefined);
    const into = new Uint8Array(65_536);
    const chunk = await reader.read(into);
    const failure = await reader.read(new Uint8Array(65_536)).catch((error: unknown) => error);
    await reader.close();

    const lengthBytes = chunk.kind === "lines" ? chunk.lengthBytes : 0;
    const text = Buffer.from(into.subarray(0, lengthBytes)).toString();
    expect(text.match(/message \d/g)).to.deep.equal(["message 1", "message 2"]);
    expect(String(failure)).to.include("journalctl failed: bad message");
    expect(reader.position()).to.deep.equal({ kind: "cursor", cursor: "c2" });
  });
});
