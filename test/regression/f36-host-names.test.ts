/** F36: a host name is whatever DHCP, a container or a typing mistake makes of it. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { compose } from "../../src/outlets/mail/compose.js";
import { parseAddress } from "../../src/outlets/mail/addresses.js";
import { mailDomain } from "../../src/std/host-name.js";
import { Sandbox } from "../support/cli.js";
import { randomStream } from "../support/seed.js";
import { needsTool } from "../support/tools.js";

describe("a host name that is no domain name (F36)", () => {
  const cases: readonly (readonly [given: string, name: string])[] = [
    ["web1", "web1"],
    ["web1.example", "web1.example"],
    ["Web-1.Example", "Web-1.Example"],
    ["1", "1"],
    ["db_01", "db-01"],
    ["db_01.branch.example", "db-01.branch.example"],
    ["-x", "x"],
    ["x-", "x"],
    ["a..b", "a.b"],
    [".", "localhost"],
    ["", "localhost"],
    ["\ufffd\ufffd", "localhost"],
    ["büro", "b-ro"],
    ["web1\r\nBcc: victim@elsewhere.example", "web1-Bcc-victim-elsewhere.example"],
    ["(none)", "none"],
    ["web1 ", "web1"],
    ["x".repeat(64), "x".repeat(63)],
    ["xn--bro-hoa_1.example", "xn--bro-hoa-1.example"],
  ];
  for (const [given, name] of cases)
    it(`${JSON.stringify(given)} is called "${name}" in mails`, () => {
      const domain = mailDomain(given);
      expect(domain.name).to.equal(name);
      expect(domain.notice !== undefined, "a notice says so").to.equal(given !== name);
    });

  it("whatever bytes it is made of: an address, a Message-ID and headers come of it", async () => {
    const random = randomStream();
    const alphabet = Buffer.from('aZ9-_.. \0\r\n\t<>@;,"\\()\x1b\x7f\xc3\xa4\xff\xfe\u2028', "latin1");
    for (let count = 0; count < 3_000; count++) {
      const length = Math.floor(random() * (count % 10 === 0 ? 400 : 12));
      const bytes = Buffer.from(
        Array.from({ length }, () =>
          random() < 0.8
            ? (alphabet[Math.floor(random() * alphabet.length)] ?? 0)
            : Math.floor(random() * 256),
        ),
      );
      for (const given of [bytes.toString("utf8"), bytes.toString("latin1")]) {
        const { name } = mailDomain(given);
        expect(parseAddress("root", name), JSON.stringify(given)).to.deep.equal({
          ok: true,
          value: `root@${name}`,
        });
        expect(mailDomain(name), "a harmless name stays").to.deep.equal({ name });
        expect(name.split(".").every((label) => label.length <= 63)).to.equal(true);
      }
    }
    const { name } = mailDomain("a b\r\nBcc: x@y");
    const { messageId, bytes } = await compose({
      from: `logwinnow@${name}`,
      to: [`root@${name}`],
      subject: "test",
      text: "test",
      attachments: [],
      date: new Date(0),
      hostname: name,
      hostId: "0123456789ab",
      commitNumber: 1,
    });
    expect(messageId).to.match(/^<0123456789ab\.1\.[0-9a-f]{24}@a-b-Bcc-x-y>$/);
    expect(Buffer.from(bytes).toString()).to.not.match(/^Bcc/m);
  });

  const kernelNames: readonly (readonly [title: string, octal: string])[] = [
    ["db_01", "db_01"],
    ["-x", "-x"],
    ["an empty one", "\\012"],
    ["bytes that are no UTF-8", "\\377\\376"],
    ["a control sequence", "\\033[2J"],
  ];
  for (const [title, octal] of kernelNames)
    it(`with a kernel that is called ${title}, a run reports, mails and says so`, function () {
      needsTool(this, "flock");
      const mayRename = spawnSync("unshare", ["--uts", "true"]).status === 0;
      if (!mayRename) this.skip();
      const box = new Sandbox();
      try {
        box.write("rules/ignore.d/server/none", "^nothing is like this$\n");
        box.write("app.log", "something happened\n");
        box.write(
          "logwinnow.toml",
          `[mail]\nto = "root"\ntransport = "file:mails"\n[rules]\ndirectories = ["rules"]\n` +
            `[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
        );
        const script = `printf -- '${octal}' > /proc/sys/kernel/hostname; exec "$@"`;
        const program = resolve("dist/logwinnow.cjs");
        for (const command of ["check", "status", "spool list"]) {
          const args = [...command.split(" "), "--config", box.path("logwinnow.toml")];
          const run = spawnSync(
            "unshare",
            ["--uts", "sh", "-c", script, "sh", process.execPath, program, ...args],
            { env: box.environment, encoding: "utf8" },
          );
          expect(run.status, `${command}: ${run.stderr}`).to.equal(0);
          expect(run.stdout + run.stderr).to.not.include("\u001b");
        }
        const [mail = ""] = readdirSync(box.path("mails"));
        expect(mail).to.match(/^[0-9a-f]{12}\.1\.[0-9a-f]{24}@[A-Za-z0-9.-]+\.eml$/);
        const text = readFileSync(join(box.path("mails"), mail), "latin1").replaceAll("=\r\n", "");
        expect(text).to.match(/something happened/);
        expect(text).to.match(/host name: .* is not a domain\s+name\s+.* is used in\s+mails/);
      } finally {
        box.remove();
      }
    });
});
