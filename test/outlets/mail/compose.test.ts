/** A report becomes a mail: what is on the wire, byte for byte. */
import { expect } from "chai";
import PostalMime from "postal-mime";
import { compose, type Draft } from "../../../src/outlets/mail/compose.js";

const draft: Draft = {
  from: "logwinnow@web1.example.org",
  to: ["ops@elsewhere.example"],
  subject: "web1: 3 alarms, 12 events",
  text: "plain line\ncafé 🙂\n.\n..two dots\nFrom here\n=3D\n\ttab and trailing space \n",
  attachments: [],
  date: new Date("2026-03-01T12:00:00Z"),
  hostname: "web1.example.org",
  hostId: "0123456789ab",
  commitNumber: 42,
};

const asText = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

describe("compose", () => {
  it("makes a mail that reads as the report was", async () => {
    const { envelope, bytes } = await compose(draft);
    expect(envelope).to.deep.equal({ from: draft.from, to: draft.to });
    const parsed = await PostalMime.parse(bytes);
    expect(parsed.text).to.equal(draft.text);
    expect(parsed.subject).to.equal(draft.subject);
    expect(parsed.from?.address).to.equal(draft.from);
    expect(parsed.to?.map(({ address }) => address)).to.deep.equal(draft.to);
    expect(parsed.date).to.equal("2026-03-01T12:00:00.000Z");
  });

  it("writes just these headers", async () => {
    const [headers] = asText((await compose(draft)).bytes).split("\r\n\r\n", 1);
    expect(headers?.replace(/\b[0-9a-f]{24}\b/, "DIGEST").split("\r\n")).to.deep.equal([
      "Content-Transfer-Encoding: quoted-printable",
      "Auto-Submitted: auto-generated",
      "From: logwinnow@web1.example.org",
      "To: ops@elsewhere.example",
      "References: <0123456789ab@web1.example.org>",
      "Subject: web1: 3 alarms, 12 events",
      "Message-ID: <0123456789ab.42.DIGEST@web1.example.org>",
      "Date: Sun, 01 Mar 2026 12:00:00 +0000",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
    ]);
  });

  it("says in its headers what it is about, and who is to answer", async () => {
    const about = {
      host: "web1",
      reportId: "7c19",
      urgency: "alarm",
      counts: { alarms: 2, violations: 1, fresh: 3, known: 0 },
      kinds: Array.from({ length: 20 }, (_, kind) => `a8${10 + kind}`),
    } as const;
    const headersOf = async (each: Draft): Promise<string> =>
      asText((await compose(each)).bytes)
        .split("\r\n\r\n", 1)[0]
        ?.replaceAll("\r\n ", " ") ?? "";
    const alarm = await headersOf({ ...draft, text: "an alarm\n", about });
    for (const header of [
      "From: logwinnow web1 <logwinnow@web1.example.org>",
      "Reply-To: ops@elsewhere.example",
      "List-ID: logwinnow on web1 <logwinnow.web1.example.org>",
      "Auto-Submitted: auto-generated",
      "X-Auto-Response-Suppress: All",
      "Importance: high",
      "X-Logwinnow-Host: web1",
      "X-Logwinnow-Report: 7c19",
      "X-Logwinnow-Urgency: alarm",
      "X-Logwinnow-Counts: alarm=2 violation=1 new=3 known=0",
      `X-Logwinnow-Kinds: ${about.kinds.slice(0, 12).join(" ")}`,
      "Content-Transfer-Encoding: 7bit",
      "Content-Type: text/plain; charset=us-ascii",
    ])
      expect(`\r\n${alarm}\r\n`).to.include(`\r\n${header}\r\n`);
    // An alarm must not sink into a folded thread.
    expect(alarm).to.not.match(/^(?:References|In-Reply-To):/m);
    const news = await headersOf({ ...draft, about: { ...about, urgency: "news" } });
    expect(news).to.match(/^References: <news\.2026-03-01\.web1@web1\.example\.org>$/m);
    expect(news).to.not.match(/^(?:Importance|Precedence|In-Reply-To):/m);
    const digest = await headersOf({ ...draft, about: { ...about, urgency: "digest" } });
    expect(digest).to.match(/^References: <digest\.2026-03\.web1@web1\.example\.org>$/m);
    expect(digest)
      .to.match(/^Importance: low$/m)
      .and.match(/^Precedence: bulk$/m);
  });

  it("is 7 bit as it stands, where a line needs no escape on its way", async () => {
    const text = "ALARM: root logged in\n    00:52:08 sshd[7]: Accepted password = x\n";
    const mail = asText((await compose({ ...draft, text })).bytes);
    expect(mail).to.include(text.replaceAll("\n", "\r\n"));
    for (const odd of ["From here\n", "caf\u00e9\n", `${"x".repeat(2000)}\n`]) {
      const { bytes } = await compose({ ...draft, text: odd });
      expect(asText(bytes)).to.include("Content-Transfer-Encoding: quoted-printable");
      expect((await PostalMime.parse(bytes)).text).to.equal(odd);
    }
  });

  it("gives the same bytes for the same draft, and another Message-ID for any other", async () => {
    const gzip = {
      filename: "report.log.gz",
      contentType: "application/gzip",
      bytes: Buffer.from([0, 1, 255]),
    };
    const drafts: readonly Draft[] = [
      draft,
      { ...draft, text: `${draft.text}x` },
      { ...draft, commitNumber: 43 },
      { ...draft, hostId: "ba9876543210" },
      { ...draft, attachments: [gzip] },
      { ...draft, attachments: [{ ...gzip, bytes: Buffer.from([0, 1, 254]) }] },
    ];
    const ids = new Set<string>();
    for (const each of drafts) {
      const [once, again] = [await compose(each), await compose(each)];
      expect(asText(once.bytes)).to.equal(asText(again.bytes));
      ids.add((await PostalMime.parse(once.bytes)).messageId ?? "");
    }
    expect(ids.size).to.equal(drafts.length);
  });

  const hostileTexts: Readonly<Record<string, string>> = {
    "bare CR and LF": "a\rb\nc\r\nd\n\r\n\re",
    "lone dots": ".\n..\n.\r\n.\r.\n",
    "a long line": `${"x".repeat(70_000)}\nend`,
    controls: "\u0000\u0001\u001b[2J\u007f\u0085\u2028",
    "a boundary": "------_NmP-deadbeef-Part_1\n--",
    "nothing at all": "",
    "a long line of multi-byte characters": "🙂".repeat(5_000),
    "a line that ends in a space": `${"y".repeat(75)} \n \n\t\n`,
    "lone surrogates": "\ud800 \udfff",
  };
  for (const [title, text] of Object.entries(hostileTexts))
    it(`stays 7 bit, CRLF only and within 76 columns with ${title} in it`, async () => {
      const attachments = [
        { filename: "report.log.gz", contentType: "application/gzip", bytes: Buffer.from(text.repeat(3)) },
      ];
      for (const each of [
        { ...draft, text },
        { ...draft, text, attachments },
      ]) {
        const mail = asText((await compose(each)).bytes);
        expect(mail).to.match(/^[\r\n\x20-\x7e\t]*$/);
        expect(mail.replaceAll("\r\n", "")).to.not.match(/[\r\n]/);
        expect(mail.endsWith("\r\n")).to.equal(true);
        expect(Math.max(...mail.split("\r\n").map((line) => line.length))).to.be.at.most(76);
      }
    });

  it("attaches bytes as they are", async () => {
    const bytes = Buffer.from(Array.from({ length: 1000 }, (_value, index) => index % 256));
    const attachments = [{ filename: "report.log.gz", contentType: "application/gzip", bytes }];
    const parsed = await PostalMime.parse((await compose({ ...draft, attachments })).bytes);
    const [attachment] = parsed.attachments;
    expect(attachment?.filename).to.equal("report.log.gz");
    expect(attachment?.mimeType).to.equal("application/gzip");
    expect(Buffer.from(attachment?.content as ArrayBuffer).equals(bytes)).to.equal(true);
  });

  it("puts HTML after the text, as it is, and an attachment after both", async () => {
    const html = `<!DOCTYPE html>\n<p>From here\n--=_boundary\n.\n..two dots =3D</p>\n<p>${"x".repeat(900)}</p>`;
    const attached = {
      filename: "web1-7c19.html",
      contentType: "text/html",
      bytes: Buffer.from("<p>whole</p>"),
    };
    for (const attachments of [[], [attached]]) {
      const { bytes } = await compose({ ...draft, html, attachments });
      const mail = asText(bytes);
      expect(mail)
        .to.include(html.split("\n").join("\r\n"))
        .and.to.match(/^[\r\n\x20-\x7e\t]*$/);
      expect(mail.indexOf("text/plain")).to.be.within(1, mail.indexOf("text/html"));
      const parsed = await PostalMime.parse(bytes);
      expect(parsed.text?.trimEnd()).to.equal(draft.text.trimEnd());
      expect(parsed.html?.trimEnd()).to.equal(html);
      expect(parsed.attachments.map(({ filename }) => filename)).to.deep.equal(
        attachments.map(({ filename }) => filename),
      );
      const types = [...mail.matchAll(/^Content-Type: (multipart\/[a-z]+)/gm)].map(([, type]) => type);
      expect(types).to.deep.equal(
        attachments.length > 0 ? ["multipart/mixed", "multipart/alternative"] : ["multipart/alternative"],
      );
    }
    const [once, other] = [await compose({ ...draft, html }), await compose({ ...draft, html: `${html} ` })];
    expect(once.messageId).not.to.equal(other.messageId);
  });

  it("a line break in a subject adds no header", async () => {
    const subject = "web1: 3 alarms\r\nBcc: x@evil.example\n\n<script>\u0085";
    const parsed = await PostalMime.parse((await compose({ ...draft, subject })).bytes);
    expect(parsed.bcc).to.equal(undefined);
    expect(parsed.headers.map(({ key }) => key)).to.not.include("bcc");
    expect(parsed.subject).to.equal("web1: 3 alarms Bcc: x@evil.example <script>");
    expect(parsed.text).to.equal(draft.text);
  });

  it("encodes a subject that is not ASCII (RFC 2047)", async () => {
    const subject = `zürich: ${"größere Störung, ".repeat(10)}🙂`;
    const { bytes } = await compose({ ...draft, subject });
    expect((await PostalMime.parse(bytes)).subject).to.equal(subject);
    expect(
      Math.max(
        ...asText(bytes)
          .split("\r\n")
          .map((line) => line.length),
      ),
    ).to.be.at.most(76);
  });

  it("names many recipients in folded lines, and none besides", async () => {
    const to = Array.from({ length: 30 }, (_value, index) => `operator${index}@elsewhere.example`);
    const { envelope, bytes } = await compose({ ...draft, to });
    expect(envelope.to).to.deep.equal(to);
    expect((await PostalMime.parse(bytes)).to?.map(({ address }) => address)).to.deep.equal(to);
  });
});
