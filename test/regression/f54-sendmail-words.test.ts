/** F54: what a mailer says is kept, and one recipient that it refuses does not keep the mail from the others. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { sendmailTransport } from "../../src/outlets/mail/sendmail.js";
import type { Delivery } from "../../src/store/spool/payload.js";

const [ops, root, gone] = ["ops@web1.example", "root@web1.example", "gone@web1.example"];

describe("a mailer's words and its recipients (F54)", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "logwinnow-f54-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function deliverBy(script: string, to: readonly string[] = [root]): Promise<Delivery> {
    const program = join(directory, "sendmail");
    writeFileSync(program, `#!/bin/sh\nto="$*"; to=\${to#*-- }\n${script}\n`);
    chmodSync(program, 0o755);
    return sendmailTransport({ program, deadlineMs: 60_000 })({
      envelope: { from: "logwinnow@web1.example", to },
      bytes: Buffer.from("Subject: test\r\n\r\nhello\r\n"),
    });
  }
  const reasonOf = (delivery: Delivery): string => (delivery.outcome === "delivered" ? "" : delivery.reason);

  it("earlier lines of standard error are kept: msmtp's last one only says that it failed", async () => {
    const reason = reasonOf(
      await deliverBy(
        "cat >/dev/null; printf 'msmtp: server message: 550 no such user\\nmsmtp: could not send mail\\n' >&2; exit 75",
      ),
    );
    expect(reason).to.match(
      /exit status 75: "msmtp: server message: 550 no such user", "msmtp: could not send mail"$/,
    );
  });

  it("a flood of words is bounded, its beginning and its end are kept, and what is left out is counted", async () => {
    const reason = reasonOf(
      await deliverBy(
        "cat >/dev/null; echo first >&2; yes noise | head -c 9000000 >&2; echo last >&2; exit 75",
      ),
    );
    expect(reason)
      .to.match(/: "first", "noise"/)
      .and.match(/"last"$/)
      .and.match(/left out\]/);
    expect(reason.length).to.be.below(8_000);
  });

  for (const status of [64, 65, 67])
    it(`status ${status} for one of three: the others have it, that one is refused alone`, async () => {
      const script = `cat >/dev/null
case "$to" in *gone*) echo "no such user" >&2; exit ${status};; esac
echo "$to" >> "${directory}/sent"`;
      expect(await deliverBy(script, [ops, gone, root])).to.deep.equal({
        outcome: "refused",
        reason: `${join(directory, "sendmail")}: exit status ${status}: "no such user"`,
        remaining: [gone],
      });
      expect(readFileSync(join(directory, "sent"), "utf8")).to.equal(`${ops}\n${root}\n`);
    });

  it("status 69 for one of two (msmtp): the other has it, that one waits", async () => {
    const script = `cat >/dev/null; case "$to" in *gone*) exit 69;; esac`;
    const delivery = await deliverBy(script, [gone, root]);
    expect(delivery).to.deep.include({ outcome: "deferred", remaining: [gone] });
  });

  it("a mailer that is out of order is not asked once more for each recipient", async () => {
    const script = `cat >/dev/null; echo "$to" >> "${directory}/asked"; exit 75`;
    expect(await deliverBy(script, [ops, root])).to.deep.include({
      outcome: "deferred",
      remaining: [ops, root],
    });
    expect(readFileSync(join(directory, "asked"), "utf8")).to.equal(`${ops} ${root}\n`);
  });
});
