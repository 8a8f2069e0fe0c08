/** F24: a sendmail program in all its moods: nothing counts as delivered but an end by itself with status 0. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Message } from "../../../src/outlets/mail/message.js";
import type { Delivery } from "../../../src/store/spool/payload.js";
import { sendmailTransport } from "../../../src/outlets/mail/sendmail.js";

const message: Message = {
  envelope: { from: "logwinnow@web1.example", to: ["root@web1.example", "-oQ/tmp@web1.example"] },
  bytes: Buffer.from("Subject: test\r\n\r\nhello\r\n.\r\nlast\r\n"),
};

describe("sendmail (F24)", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "logwinnow-sendmail-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  async function deliverBy(script: string, sent = message, deadlineMs = 10_000): Promise<Delivery> {
    const program = join(directory, "sendmail");
    writeFileSync(program, `#!/bin/sh\n${script}\n`);
    chmodSync(program, 0o755);
    return sendmailTransport({ program, deadlineMs })(sent);
  }

  it("gets the bytes with the system's line ends, and recipients that cannot be options", async () => {
    const delivery = await deliverBy(`cat > "${directory}/mail"; printf '%s\\n' "$@" > "${directory}/args"`);
    expect(delivery).to.deep.equal({ outcome: "delivered" });
    expect(readFileSync(join(directory, "mail"), "utf8")).to.equal("Subject: test\n\nhello\n.\nlast\n");
    expect(readFileSync(join(directory, "args"), "utf8").trimEnd().split("\n")).to.deep.equal([
      "-i",
      "-f",
      message.envelope.from,
      "--",
      ...message.envelope.to,
    ]);
  });

  const ends: readonly (readonly [
    title: string,
    script: string,
    outcome: Delivery["outcome"],
    reason: RegExp,
  ])[] = [
    ["status 64", "cat >/dev/null; exit 64", "refused", /exit status 64$/],
    [
      "status 67",
      "cat >/dev/null; echo 'user unknown' >&2; exit 67",
      "refused",
      /exit status 67: "user unknown"$/,
    ],
    ["status 75", "cat >/dev/null; exit 75", "deferred", /exit status 75$/],
    ["status 127", "exit 127", "deferred", /exit status 127$/],
    ["status 1", "exit 1", "deferred", /exit status 1$/],
    ["a signal (nodemailer takes it for success)", "kill -9 $$", "deferred", /ended by SIGKILL$/],
    ["a signal once it has read all", "cat >/dev/null; kill -15 $$", "deferred", /ended by SIGTERM$/],
    [
      "several lines on stderr",
      "printf 'a\\nthe reason\\033[2J\\n' >&2; exit 75",
      "deferred",
      /"the reason\\x1b\[2J"$/,
    ],
  ];
  for (const [title, script, outcome, reason] of ends)
    it(`${title}: ${outcome}`, async () => {
      const delivery = await deliverBy(script);
      expect(delivery).to.deep.include({ outcome, remaining: message.envelope.to });
      expect(delivery.outcome === "delivered" ? "" : delivery.reason).to.match(reason);
    });

  it("hangs: stopped at the deadline, though a grandchild holds its pipes", async () => {
    const delivery = await deliverBy(`sleep 300 & echo $! > "${directory}/pid"; wait`, message, 300);
    expect(delivery).to.deep.include({ outcome: "deferred", remaining: message.envelope.to });
    expect(JSON.stringify(delivery)).to.match(/no end after 0.3 s/);
    if (existsSync(join(directory, "pid")))
      process.kill(Number(readFileSync(join(directory, "pid"), "utf8")));
  });

  it("ends without reading a large mail: its status decides", async () => {
    const large = { ...message, bytes: Buffer.alloc(4_000_000, "x\r\n") };
    expect(await deliverBy("exit 75", large)).to.deep.include({ outcome: "deferred" });
  });

  it("is not there, or not a program: kept", async () => {
    for (const program of ["/nonexistent/sendmail", directory]) {
      const delivery = await sendmailTransport({ program, deadlineMs: 5_000 })(message);
      expect(delivery).to.deep.include({ outcome: "deferred", remaining: message.envelope.to });
      expect(JSON.stringify(delivery)).to.match(/ENOENT|EACCES/);
    }
  });
});
