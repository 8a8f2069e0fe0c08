/** Files of records, read as lines by commands that keep no position. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { openInput } from "../../src/sources/input.js";
import { formatNotice } from "../../src/std/notice.js";
import { loginRecord } from "./logins.js";
import { drain, temporaryDirectory } from "./reading.js";
import { lineOf, recordOf } from "./records.js";

describe("records as an input", () => {
  const directory = temporaryDirectory();
  const commands = ["ls", "cron", "sh"].map((command) => ({ command }));
  const records = Buffer.concat(commands.map((fields) => recordOf(fields)));
  const expected = commands.map((fields) => lineOf(fields, "-"));

  async function linesOf(name: string, bytes: Uint8Array | string) {
    const path = join(directory, name);
    writeFileSync(path, bytes);
    const reader = await openInput(path);
    const { lines } = await drain(reader);
    const notices = reader.notices().map((notice) => formatNotice(notice));
    await reader.close();
    return { lines, notices };
  }

  it("are lines, whatever the file is called, and one record is enough", async () => {
    expect(await linesOf("saved", records)).to.deep.equal({ lines: expected, notices: [] });
    expect((await linesOf("pacct", records.subarray(0, 64))).lines).to.deep.equal(expected.slice(0, 1));
  });

  it("are lines in an archive and in a pipe", async () => {
    writeFileSync(join(directory, "pacct.1"), records);
    execFileSync("gzip", ["-k", join(directory, "pacct.1")]);
    expect((await linesOf("pacct.2.gz", readFileSync(join(directory, "pacct.1.gz")))).lines).to.deep.equal(
      expected,
    );
    const module = new URL("../../src/sources/input.js", import.meta.url).pathname;
    const program =
      `const { openInput } = await import(${JSON.stringify(module)});\n` +
      "const reader = await openInput('-'); const into = Buffer.alloc(65536);\n" +
      "for (let chunk; (chunk = await reader.read(into)).kind !== 'end'; )\n" +
      "  process.stdout.write(into.subarray(0, chunk.lengthBytes));\n";
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
      input: records,
    });
    expect(printed.toString()).to.equal(expected.join(""));
  });

  it("of logins are lines too; failed ones by the file's name", async () => {
    const logins = Buffer.concat([loginRecord(), loginRecord({ type: 8 })]);
    expect((await linesOf("wtmp", logins)).lines.join("")).to.match(/^.* - wtmp: .*\n.* - wtmp: .*\n$/);
    expect((await linesOf("btmp.1", logins)).lines.join("")).to.match(/^.* - btmp: .*\n.* - btmp: .*\n$/);
  });

  it("that are torn are said, and what follows is read", async () => {
    const torn = Buffer.concat([records, records.subarray(0, 30), records, records.subarray(0, 7)]);
    const { lines, notices } = await linesOf("torn", torn);
    expect(lines).to.deep.equal([...expected, ...expected]);
    expect(notices.join("\n"))
      .to.match(/a record is torn: 30 bytes left out/)
      .and.match(/ends within a record: 7 bytes left out/);
  });

  for (const [what, text] of [
    ["a text", "Nov 22 00:41:26 web1 app: odd\n"],
    ["a text after a hole", `${"\0".repeat(2000)}Nov 22 00:41:26 web1 app: odd\n`],
    ["a text with NUL bytes", "\0\x01\0\0Nov 22 00:41:26 web1 app\0: odd\n".padEnd(900, "x")],
    ["binary data", "\x7fELF\x02\x01\x01".padEnd(700, "\0\x05")],
  ] as const)
    it(`${what} is none of them`, async () => {
      const { lines } = await linesOf("text", text);
      expect(lines.join("").replaceAll("\0", "")).to.equal(text.replaceAll("\0", ""));
    });
});
