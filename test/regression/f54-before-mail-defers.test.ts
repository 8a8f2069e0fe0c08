/** F54: a server that turns everybody away before it has heard of the mail. */
import { expect } from "chai";
import { smtpTransport, type SmtpSettings } from "../../src/outlets/mail/smtp.js";
import type { Delivery } from "../../src/store/spool/payload.js";
import { startScriptedSmtp, type Misdeed, type Stage } from "../support/scripted-smtp.js";

const to = ["ops@elsewhere.example"];
const withLogin: Partial<SmtpSettings> = { tls: "off", credentials: { user: "ops", password: "secret" } };
const reply = (line: string): Misdeed => ({ kind: "reply", line });

async function deliver(
  misdeeds: Readonly<Partial<Record<Stage, Misdeed>>>,
  settings: Partial<SmtpSettings>,
): Promise<Delivery> {
  const smtp = await startScriptedSmtp(misdeeds);
  try {
    const server = { host: "127.0.0.1", port: smtp.port, isTlsFromStart: false, deadlineMs: 20_000 };
    const transport = smtpTransport({ ...server, hostname: "web1.example", ...settings });
    const bytes = Buffer.from("Subject: test\r\n\r\nhello\r\n");
    return await transport({ envelope: { from: "logwinnow@web1.example", to }, bytes });
  } finally {
    await smtp.close();
  }
}

describe("a 5xx before MAIL (F54)", () => {
  const stages: readonly (readonly [Stage, Partial<SmtpSettings>])[] = [
    ["connect", {}],
    ["connect", { tls: "verified" }],
    ["EHLO", {}],
    ["EHLO", { tls: "verified" }],
    ["EHLO", withLogin],
    ["STARTTLS", { tls: "verified" }],
    ["AUTH", withLogin],
  ];
  const lines = [
    "500 5.5.1 what",
    "530 5.7.0 log in first",
    "535 5.7.8 bad password",
    "550 5.7.1 not you",
    "554 no",
  ];
  for (const [stage, settings] of stages)
    for (const line of lines)
      it(`"${line}" at ${stage}${JSON.stringify(settings)}: the mail waits`, async () => {
        const delivery = await deliver({ [stage]: reply(line) }, settings);
        expect(delivery).to.deep.include({ outcome: "deferred", remaining: to });
      });

  it("a server without STARTTLS where TLS is demanded: the mail waits", async () => {
    const delivery = await deliver({ EHLO: reply("250 test") }, { tls: "verified" });
    expect(delivery).to.deep.include({ outcome: "deferred", remaining: to });
  });

  for (const stage of ["MAIL", "RCPT", "DATA", "dot"] as const)
    for (const line of lines)
      it(`"${line}" at ${stage}: refused`, async () => {
        const delivery = await deliver({ [stage]: reply(line) }, {});
        expect(delivery).to.deep.include({ outcome: "refused", remaining: to });
      });
});
