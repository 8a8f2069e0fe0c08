/** What is known of addresses stands beside them, in every form, and of lines that a mail may not have it has none. */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { htmlMail } from "../../src/report/render/html/mail/mail.js";
import { htmlPage } from "../../src/report/render/html/page/page.js";
import { textOf } from "../../src/report/render/text.js";
import { checkHost, type CheckHost, type RunSettings } from "../support/check-host.js";
import { dnsServer, type DnsServer } from "../support/dns-server.js";
import { inOneLine } from "../support/mail-text.js";

describe("addresses in a report", () => {
  let host: CheckHost;
  let server: DnsServer;
  beforeEach(async () => {
    host = checkHost();
    server = await dnsServer({
      "PTR 192.0.2.7": ["gate.example.org"],
      "A gate.example.org": ["192.0.2.7"],
      "PTR 192.0.2.66": [`${"very-".repeat(11)}long.scan.example.net`],
      [`A ${"very-".repeat(11)}long.scan.example.net`]: ["192.0.2.66"],
    });
    host.rules("never.d/bad", '#@ title="somebody got in" key=address\napp: in from ([0-9.]+)$\n');
    host.rules("ignore.d/server/ssh", "#@ tally=address\nsshd: refused from [0-9.]+$\n");
    const countries = join(dirname(host.log), "countries");
    writeFileSync(countries, "3221225984,3221226239,NL\n");
  });
  afterEach(async () => {
    host.remove();
    await server.close();
  });

  const settings = (report: RunSettings["report"] = {}): RunSettings => ({
    report: { reverseNames: { servers: [server.address] }, ...report },
    origins: [join(dirname(host.log), "countries")],
  });
  const forms = async (run: RunSettings): Promise<readonly string[]> => {
    const { outcome } = await host.run("2026-11-27T10:00:00", run);
    const outline = outcome.kind === "done" ? outcome.report?.outline : undefined;
    if (outline === undefined) return [];
    const markup = [htmlMail(outline), htmlPage(outline)].map((html) => html.replaceAll(/<[^>]*>/g, ""));
    return [textOf(outline), ...markup].map(inOneLine);
  };

  it("are shown with name and country: those of alarms, and those that are counted", async () => {
    host.logged("2026-11-27T09:30:00", "app: in from 192.0.2.7");
    host.logged("2026-11-27T09:20:00", "sshd: refused from 192.0.2.66");
    for (const text of await forms(settings())) {
      expect(text).to.contain("192.0.2.7: gate.example.org, NL");
      expect(text).to.match(/192\.0\.2\.66 \(\.\.\.[a-z-]+long\.scan\.example\.net, NL\)/);
    }
  });

  it("are asked for by nobody where nobody asked to", async () => {
    host.logged("2026-11-27T09:30:00", "app: in from 192.0.2.7");
    const { reverseNames: _, ...report } = settings().report ?? {};
    const [text] = await forms({ ...settings(), report });
    expect(text).to.contain("192.0.2.7: NL");
    expect(server.asked).to.deep.equal([]);
  });

  it("are asked for by no run whose lines wait", async () => {
    const digest = { kind: "daily", minute: 7 * 60 } as const;
    await host.run("2026-11-27T07:00:00", settings({ digest }));
    host.logged("2026-11-27T09:20:00", "sshd: refused from 192.0.2.66");
    expect(await forms(settings({ digest }))).to.deep.equal([]);
    expect(server.asked).to.deep.equal([]);
  });

  it("are in no mail that may have no text of logs", async () => {
    host.logged("2026-11-27T09:30:00", "app: in from 192.0.2.7");
    const [text] = await forms(settings({ lines: false }));
    expect(text)
      .to.contain("somebody got in")
      .and.not.contain("192.0.2.7")
      .and.not.contain("gate.example.org");
  });
});
