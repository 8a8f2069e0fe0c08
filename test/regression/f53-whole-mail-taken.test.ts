/** F53: a mailer that says it took the mail, and did not read it. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { sendmailTransport } from "../../src/outlets/mail/sendmail.js";
import type { Delivery } from "../../src/store/spool/payload.js";

const to = ["root@web1.example"];

describe("a mailer that lies (F53)", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "logwinnow-f53-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function deliverBy(script: string, sizeBytes: number): Promise<Delivery> {
    const program = join(directory, "sendmail");
    writeFileSync(program, `#!/bin/sh\n${script}\n`);
    chmodSync(program, 0o755);
    const bytes = Buffer.alloc(sizeBytes, "sixteen bytes.\r\n");
    return sendmailTransport({ program, deadlineMs: 60_000 })({
      envelope: { from: "logwinnow@web1.example", to },
      bytes,
    });
  }

  // A pipe takes 64 KiB, a socket some 200 KiB, before anybody reads.
  const sizes = [64, 4096, 65_536, 262_144, 4_000_000];

  const liars = [
    "exit 0",
    "exec <&-; exit 0",
    "head -c 10 >/dev/null; exit 0",
    "read line; exit 0",
    "exec true",
  ];
  for (const script of liars)
    for (const size of sizes)
      it(`"${script}" with ${size} bytes: kept, and said`, async () => {
        const delivery = await deliverBy(script, size);
        expect(delivery).to.deep.equal({
          outcome: "deferred",
          reason: `${join(directory, "sendmail")}: exit status 0, but it did not read the whole mail`,
          remaining: to,
        });
      });

  const honest = ["cat >/dev/null", "cat >/dev/null; exec <&-; sleep 0.1", "sleep 0.1; wc -c >/dev/null"];
  for (const script of honest)
    for (const size of sizes)
      it(`"${script}" with ${size} bytes: delivered`, async () => {
        expect(await deliverBy(script, size)).to.deep.equal({ outcome: "delivered" });
      });

  it("keeps what it said, and other statuses as they are", async () => {
    const said = await deliverBy("echo 'queue is full' >&2; exit 0", 4_000_000);
    expect(said).to.deep.include({ outcome: "deferred" });
    expect(JSON.stringify(said)).to.match(/did not read the whole mail: .*queue is full/);
    expect(await deliverBy("exit 67", 4_000_000)).to.deep.include({ outcome: "refused" });
    expect(await deliverBy("exit 75", 64)).to.deep.include({ outcome: "deferred" });
  });
});
