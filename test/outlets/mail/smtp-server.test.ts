/** SMTP against a real server: TLS, AUTH, partial refusals; each sink of nodemailer has its guard here. */
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { smtpTransport, type SmtpSettings } from "../../../src/outlets/mail/smtp.js";
import type { Message } from "../../../src/outlets/mail/message.js";
import type { Delivery } from "../../../src/store/spool/payload.js";
import { makeCertificates, type Certificates } from "../../support/certificates.js";
import { needsTool } from "../../support/tools.js";

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly isSecure: boolean;
  readonly user: string;
  readonly bytes: string;
}

const message: Message = {
  envelope: { from: "logwinnow@web1.example", to: ["ops@elsewhere.example", "root@elsewhere.example"] },
  bytes: Buffer.from("Subject: test\r\nMessage-ID: <1@web1>\r\n\r\nhello\r\n.\r\n..dots\r\nlast\r\n"),
};

class Refusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, words: string) {
    super(words);
    this.responseCode = responseCode;
  }
}

/** Runs one delivery against a server with these options. */
async function deliverTo(
  options: SMTPServerOptions,
  settings: Partial<SmtpSettings>,
  sent: Message = message,
): Promise<{ delivery: Delivery; received: readonly Received[]; port: number }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    disableReverseLookup: true,
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    closeTimeout: 100,
    onData: (stream, session, callback) => {
      void text(stream).then((bytes) => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          isSecure: session.secure,
          user: String(session.user ?? ""),
          bytes,
        });
        callback();
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const transport = smtpTransport({
    host: "127.0.0.1",
    port,
    isTlsFromStart: false,
    hostname: "web1.example",
    deadlineMs: 5_000,
    ...settings,
  });
  try {
    return { delivery: await transport(sent), received, port };
  } finally {
    await new Promise<void>((resolve) => server.close(resolve));
  }
}

describe("mail over SMTP", () => {
  let directory: string;
  let certificates: Certificates;

  before(function () {
    needsTool(this, "openssl");
    directory = mkdtempSync(join(tmpdir(), "logwinnow-smtp-"));
    certificates = makeCertificates(directory);
  });
  after(() => {
    if (directory) rmSync(directory, { recursive: true });
  });

  it("delivers the bytes as they are, to all recipients", async () => {
    const { delivery, received } = await deliverTo({}, {});
    expect(delivery.outcome).to.equal("delivered");
    expect(received).to.have.length(1);
    expect(received[0]?.bytes).to.equal(Buffer.from(message.bytes).toString());
    expect(received[0]?.from).to.equal(message.envelope.from);
    expect(received[0]?.to).to.deep.equal(message.envelope.to);
  });

  it("upgrades with STARTTLS, and checks the certificate", async () => {
    const { key, cert, ca } = certificates;
    const { delivery, received } = await deliverTo(
      { key, cert, disabledCommands: ["AUTH"] },
      { host: "localhost", tls: "verified", trustedCertificates: ca },
    );
    expect(delivery.outcome).to.equal("delivered");
    expect(received[0]?.isSecure).to.equal(true);
  });

  it("speaks TLS from the start for smtps", async () => {
    const { key, cert, ca } = certificates;
    const { delivery, received } = await deliverTo(
      { key, cert, secure: true },
      { host: "localhost", isTlsFromStart: true, trustedCertificates: ca },
    );
    expect(delivery.outcome).to.equal("delivered");
    expect(received[0]?.isSecure).to.equal(true);
  });

  for (const [title, settings] of [
    ["STARTTLS", { tls: "verified" }],
    ["smtps", { isTlsFromStart: true }],
  ] as const)
    it(`keeps the mail when the certificate is unknown (${title})`, async () => {
      const { key, cert } = certificates;
      const { delivery, received } = await deliverTo(
        { key, cert, disabledCommands: ["AUTH"], secure: title === "smtps" },
        { host: "localhost", ...settings },
      );
      expect(delivery).to.deep.include({ outcome: "deferred", remaining: message.envelope.to });
      expect(JSON.stringify(delivery)).to.match(/certificate/);
      expect(received).to.deep.equal([]);
    });

  it("keeps the mail when the certificate is another host's", async () => {
    const { key, cert, ca } = certificates;
    const { delivery } = await deliverTo(
      { key, cert, disabledCommands: ["AUTH"] },
      { host: "127.0.0.1", tls: "verified", trustedCertificates: ca },
    );
    expect(delivery.outcome).to.equal("deferred");
  });

  it("keeps the mail when TLS is demanded and not offered: a stripped STARTTLS parks nothing", async () => {
    const { delivery, received } = await deliverTo({}, { tls: "verified" });
    expect(delivery).to.deep.include({ outcome: "deferred", remaining: message.envelope.to });
    expect(received).to.deep.equal([]);
  });

  const credentials = { user: "ops", password: "s3cret word" };
  const accepts: SMTPServerOptions = {
    disabledCommands: [],
    onAuth: ({ username, password }, _session, callback) =>
      username === credentials.user && password === credentials.password
        ? callback(null, { user: username })
        : callback(new Refusal(535, "no")),
  };

  it("logs in with the credentials, over verified TLS even on loopback", async () => {
    const { key, cert, ca } = certificates;
    const { delivery, received } = await deliverTo(
      { ...accepts, key, cert },
      { host: "localhost", credentials, trustedCertificates: ca },
    );
    expect(delivery.outcome).to.equal("delivered");
    expect(received[0]).to.deep.include({ user: "ops", isSecure: true });
  });

  it("sends nothing without AUTH when there are credentials (nodemailer skips it silently)", async () => {
    const { delivery, received } = await deliverTo({}, { credentials, tls: "off" });
    expect(delivery.outcome).to.not.equal("delivered");
    expect(received).to.deep.equal([]);
  });

  it("shows no password in the reason of a refused login", async () => {
    const { delivery } = await deliverTo(
      { ...accepts, disabledCommands: ["STARTTLS"] },
      { credentials: { user: "ops", password: "wr0ng" }, tls: "off" },
    );
    expect(delivery.outcome).to.equal("deferred");
    expect(JSON.stringify(delivery)).to.match(/535/).and.not.match(/wr0ng/);
  });

  it("a mail that is refused for some is delivered to the others (nodemailer resolves it as sent)", async () => {
    const { delivery, received, port } = await deliverTo(
      {
        onRcptTo: ({ address }, _session, callback) =>
          address.startsWith("root@") ? callback(new Refusal(550, "no such user")) : callback(),
      },
      {},
    );
    expect(received[0]?.to).to.deep.equal(["ops@elsewhere.example"]);
    expect(delivery).to.deep.equal({
      outcome: "refused",
      remaining: ["root@elsewhere.example"],
      reason: `127.0.0.1:${port}: 550 "no such user"`,
    });
  });

  it("while one is to be tried again, a refused one is too: nobody is lost", async () => {
    const { delivery } = await deliverTo(
      {
        onRcptTo: ({ address }, _session, callback) =>
          callback(address.startsWith("root@") ? new Refusal(550, "no") : new Refusal(450, "later")),
      },
      {},
    );
    expect(delivery).to.deep.include({ outcome: "deferred", remaining: message.envelope.to });
    expect(JSON.stringify(delivery)).to.match(/450/).and.match(/550/);
  });

  it("a server's words are one printable line", async () => {
    const { delivery } = await deliverTo(
      { onMailFrom: (_address, _session, callback) => callback(new Refusal(451, "try\x1b[31m later\u202e")) },
      {},
    );
    expect(JSON.stringify(delivery)).to.match(/451 \\"try \[31m later\\"/);
  });

  it("nobody listens: kept", async () => {
    const transport = smtpTransport({
      host: "127.0.0.1",
      port: 1,
      isTlsFromStart: false,
      hostname: "web1.example",
      deadlineMs: 5_000,
    });
    const delivery = await transport(message);
    expect(delivery).to.deep.include({ outcome: "deferred", remaining: message.envelope.to });
    expect(JSON.stringify(delivery)).to.match(/127\.0\.0\.1:1: .*ECONNREFUSED/);
  });
});
