/** The hourly job and a real SMTP server, from the log line to the bytes that the server was given. */
import { chmodSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { makeCertificates } from "../support/certificates.js";
import { needsTool } from "../support/tools.js";
import { alarm, HourlyJob, odd, routine, said, silence } from "./hourly.js";

interface Received {
  readonly to: readonly string[];
  readonly isSecure: boolean;
  readonly user: unknown;
  readonly bytes: string;
}

class Later extends Error {
  readonly responseCode = 451;
}

/** Takes mails, and writes down each that was sent to its end. `answer` may refuse one of them by throwing. */
class MailServer {
  readonly received: Received[] = [];
  readonly #server: SMTPServer;

  constructor(options: SMTPServerOptions = {}, answer: (received: readonly Received[]) => void = () => {}) {
    this.#server = new SMTPServer({
      disableReverseLookup: true,
      authOptional: true,
      disabledCommands: ["AUTH", "STARTTLS"],
      closeTimeout: 100,
      onData: (stream, session, callback) => {
        void text(stream).then((bytes) => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          this.received.push({ to, isSecure: session.secure, user: session.user, bytes });
          try {
            answer(this.received);
            callback();
          } catch (error) {
            callback(error as Error);
          }
        });
      },
      ...options,
    });
    this.#server.on("error", () => undefined);
  }

  async start(): Promise<number> {
    await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
    return (this.#server.server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    return new Promise((closed) => this.#server.close(closed));
  }
}

describe("the hourly job and an SMTP server", () => {
  const to = `to = "ops@elsewhere.example"\nfrom = "logwinnow@web1.example"\n`;
  let job: HourlyJob;
  let server: MailServer;
  beforeEach(() => {
    job = new HourlyJob("");
  });
  afterEach(async () => {
    await server.stop();
    job.remove();
  });

  it("mails what is not routine, as a mail that programs can sort, and says nothing itself", async () => {
    server = new MailServer();
    job.configure(`${to}transport = "smtp://127.0.0.1:${await server.start()}"`);
    job.append(odd("one"), routine, alarm);
    expect(said(await job.run())).to.deep.equal(silence);
    const [received, ...more] = server.received;
    expect(more).to.deep.equal([]);
    expect(received?.to).to.deep.equal(["ops@elsewhere.example"]);
    const mail = await PostalMime.parse(received?.bytes ?? "");
    const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
    expect(mail.subject).to.match(/^ALARM [^ ]+: rule app:1$/);
    expect(mail.from?.address).to.equal("logwinnow@web1.example");
    expect(mail.to?.map(({ address }) => address)).to.deep.equal(["ops@elsewhere.example"]);
    expect(mail.messageId).to.match(/^<[^@<>\s]+@[^@<>\s]+>$/);
    expect(headers["auto-submitted"]).to.equal("auto-generated");
    expect(Date.parse(mail.date ?? "")).to.be.closeTo(Date.now(), 60_000);
    expect(mail.text).to.include("odd one").and.not.include("all is well");
    expect(mail.text?.indexOf("store is open")).to.be.within(0, mail.text?.indexOf("odd one") ?? 0);
    expect(received?.bytes).to.not.match(/[^\r]\n|[^\n]{999}|[^\t\r\n -~]/);
  });

  it("logs in over STARTTLS, for a certificate that the configured authority signed", async function () {
    needsTool(this, "openssl");
    const { key, cert } = makeCertificates(job.box.directory);
    server = new MailServer({
      key,
      cert,
      disabledCommands: [],
      authOptional: false,
      onAuth: ({ username, password }, _session, callback) =>
        username === "web1" && password === "s3cret word"
          ? callback(null, { user: username })
          : callback(new Error("no")),
    });
    const port = await server.start();
    chmodSync(job.box.write("smtp", "web1\ns3cret word\n"), 0o600);
    job.configure(`${to}transport = "smtp://localhost:${port}"\ncredentials = "smtp"\nca_file = "ca.pem"\n`);
    job.append(odd("one"));
    expect(said(await job.run())).to.deep.equal(silence);
    expect(server.received).to.have.length(1);
    expect(server.received[0]).to.include({ isSecure: true, user: "web1" });
  });

  it("keeps a mail that is put off (451), says 75, and next time sends the same bytes before anything new", async () => {
    server = new MailServer({}, ({ length }) => {
      if (length === 1) throw new Later("4.3.0 try later");
    });
    const port = await server.start();
    job.configure(`${to}transport = "smtp://127.0.0.1:${port}"`);
    job.append(odd("one"));
    const { status, stdout, stderr } = await job.run();
    expect({ status, stdout }).to.deep.equal({ status: 75, stdout: "" });
    expect(stderr).to.match(
      /^127\.0\.0\.1:\d+: 451 "4\.3\.0 try later" for ops@elsewhere\.example: kept in the spool as "[^"]+", next try \d\d:\d\d\n$/,
    );
    job.append(odd("two"));
    expect(said(await job.run("an hour later"))).to.deep.equal(silence);
    const [refused, again, fresh, ...more] = server.received;
    expect(more).to.deep.equal([]);
    expect(again?.bytes).to.equal(refused?.bytes);
    expect(again?.bytes)
      .to.match(/^Message-ID: </m)
      .and.include("odd one");
    expect(fresh?.bytes).to.include("odd two").and.not.include("odd one");
  });

  it("keeps a mail while nobody listens, however often it runs, and sends each once when somebody does", async () => {
    server = new MailServer();
    const port = await server.start();
    await server.stop();
    job.configure(`${to}transport = "smtp://127.0.0.1:${port}"`);
    job.append(odd("one"));
    expect((await job.run()).status).to.equal(75);
    job.append(odd("two"));
    expect((await job.run()).status).to.equal(75);
    const relay = new MailServer();
    job.configure(`${to}transport = "smtp://127.0.0.1:${await relay.start()}"`);
    try {
      expect(said(await job.run("an hour later"))).to.deep.equal(silence);
    } finally {
      await relay.stop();
    }
    const what = relay.received.map(({ bytes }) => /odd (one|two)/.exec(bytes)?.[1]);
    expect(what).to.have.members(["one", "two"]);
  });
});
