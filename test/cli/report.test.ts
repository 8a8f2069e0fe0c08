/** What an hour's report leaves: a mail of text and HTML, and the whole report on this machine. */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import PostalMime from "postal-mime";
import { resolve } from "node:path";
import { Sandbox } from "../support/cli.js";

const lines = [
  "Mar  4 10:12:01 web1 sshd[812]: Accepted password for root from 203.0.113.9 port 4711 ssh2",
  ...Array.from(
    { length: 30 },
    (_, index) =>
      `Mar  4 10:20:0${index % 10} web1 ${"abcdef"[index % 6]}x${index}[7]: <b>note ${"abcdefghij"[index % 10]}</b> of mira`,
  ),
];

describe("the forms of a report", function () {
  this.timeout(30_000);
  let host: Sandbox;
  beforeEach(() => (host = new Sandbox()));
  afterEach(() => host.remove());

  async function mailWith(settings: string) {
    host.write("app.log", lines.map((line) => `${line}\n`).join(""));
    host.write(
      "logwinnow.toml",
      `[mail]\nto = "ops@elsewhere.example"\ntransport = "file:outbox"\n${settings}\n` +
        `[rules]\ndirectories = [${JSON.stringify(resolve("."))}]\n` +
        '[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n',
    );
    const { status, stderr } = host.run(["check", "--config", "logwinnow.toml"]);
    expect([status, stderr]).to.deep.equal([0, ""]);
    const [name = ""] = readdirSync(host.path("outbox"));
    return PostalMime.parse(readFileSync(host.path("outbox", name)));
  }

  it("are the same words as text and as HTML, and the whole report is kept", async () => {
    const { text = "", html = "", subject = "", attachments } = await mailWith("");
    expect(subject).to.match(/^ALARM /);
    expect(html).to.include(subject).and.to.include("&lt;b&gt;note").and.not.to.include("<b>note");
    const [, id = ""] = /report ([0-9a-f]{4})/.exec(text) ?? [];
    expect(html).to.include(`report ${id}`);
    expect(attachments).to.deep.equal([]);

    const asText = host.run(["report", id]);
    expect(asText.status).to.equal(0);
    for (const line of lines) expect(asText.stdout).to.include(line.slice(21, 30));
    const asPage = host.run(["report", id.toUpperCase(), "--html"]);
    expect(asPage.stdout)
      .to.match(/^<!DOCTYPE html>/)
      .and.to.include("default-src 'none'");
    expect(host.run(["report"]).stdout).to.equal(asText.stdout);
    const missing = host.run(["report", "beef0"]);
    expect(missing.status).to.equal(64);
    expect(missing.stderr).to.match(/no report "beef0" is kept: nothing printed\n$/);
  });

  it("can be text alone", async () => {
    const { text, html } = await mailWith('format = "text"');
    expect(text).to.include("Accepted password");
    expect(html).to.equal(undefined);
  });

  it("have no text of a log where the mail leaves the house, but their titles, ids and counts", async () => {
    const { text = "", html = "", subject } = await mailWith("lines = false");
    for (const form of [text, html, subject])
      expect(form).not.to.match(/Accepted|203\.0\.113\.9|mira|note|\bax0\b/);
    expect(subject).to.match(/^ALARM /);
    expect(text).to.match(/^[0-9a-f]{4} {2}/m);
    expect(host.run(["report"]).stdout).to.match(/Accepted password for root from\s+203\.0\.113\.9/);
  });

  it("can be attached whole", async () => {
    const { attachments } = await mailWith("attach = true");
    expect(attachments.map(({ mimeType }) => mimeType)).to.deep.equal(["text/html"]);
    expect(attachments[0]?.filename).to.match(/^[a-z0-9-]+-\d{4}-\d\d-\d\d-[0-9a-f]{4}\.html$/);
    const attached = Buffer.from(attachments[0]?.content as ArrayBuffer).toString();
    expect(attached).to.equal(host.run(["report", "--html"]).stdout);
  });
});
