/** logcheck's offset files, compared with logtail2. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { offsetFileName, readOffsetFile } from "../../src/logcheck/conf/offsets.js";
import { needsTool } from "../support/tools.js";

describe("logcheck's offsets", () => {
  it("are read as logtail2 leaves them", function () {
    needsTool(this, "/usr/sbin/logtail2");
    const directory = mkdtempSync(join(tmpdir(), "offset-"));
    try {
      const [log, offset] = [join(directory, "log"), join(directory, "offset")];
      writeFileSync(log, "one\ntwo\n");
      expect(spawnSync("/usr/sbin/logtail2", ["-f", log, "-o", offset]).status).to.equal(0);
      expect(readOffsetFile(readFileSync(offset, "latin1"))).to.deep.equal({
        inode: statSync(log, { bigint: true }).ino,
        offsetBytes: 8,
      });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("have the names that logcheck gives them", () => {
    expect(offsetFileName("/var/log/mail.log")).to.equal("offset.var.log.mail.log");
    expect(offsetFileName("/a b")).to.equal("offset.a b");
  });

  for (const text of ["", "x\n1\n", "12\n", "12\n-1\n", "12\n3x\n", "1\n99999999999999999999\n"])
    it(`are nothing when damaged: ${JSON.stringify(text)}`, () => {
      expect(readOffsetFile(text)).to.equal(undefined);
    });
});
