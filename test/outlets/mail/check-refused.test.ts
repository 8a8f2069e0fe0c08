/** F22 as the admin sees it: what `logwinnow check` says and does when the relay will not take a mail. */
import { execFile } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { layoutOf } from "../../../src/store/layout.js";
import { Spool } from "../../../src/store/spool/spool.js";
import { realDisk } from "../../../src/std/disk.js";
import { Sandbox } from "../../support/cli.js";
import { startScriptedSmtp, unstuffed, type ScriptedSmtp } from "../../support/scripted-smtp.js";
import { needsTool } from "../../support/tools.js";
import { inOneLine } from "../../support/mail-text.js";

const program = resolve("dist/logwinnow.cjs");

describe("a mail that the relay will not take (F22)", () => {
  let box: Sandbox;
  let smtp: ScriptedSmtp | undefined;
  before(function () {
    needsTool(this, "flock");
  });
  beforeEach(() => {
    box = new Sandbox();
    box.write("rules/ignore.d/server/none", "^nothing is like this$\n");
  });
  afterEach(async () => {
    box.remove();
    await smtp?.close();
  });

  /** The server lives in this process, so the program must not block it. */
  function run(...args: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
    const argv = [program, ...args, "--config", box.path("logwinnow.toml")];
    return new Promise((done) => {
      execFile(process.execPath, argv, { env: box.environment }, (error, stdout, stderr) => {
        done({ status: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  }

  function configure({ port }: ScriptedSmtp): void {
    const mail = `[mail]\nto = ["ops@elsewhere.example", "root@elsewhere.example"]\ntransport = "smtp://127.0.0.1:${port}"\n`;
    const rest = `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`;
    box.write("logwinnow.toml", mail + rest);
  }

  const bodies = (): readonly string[] =>
    (smtp?.bodies ?? []).map(unstuffed).map((body) => body.replaceAll("=\r\n", ""));

  it("5xx: parked, told on stderr and in every next report, until it is flushed", async () => {
    smtp = await startScriptedSmtp({ DATA: { kind: "reply", line: "554 5.7.1 too interesting" } }, 1);
    configure(smtp);
    writeFileSync(box.path("app.log"), "the first line\n");
    const first = await run("check");
    expect(first.stderr).to.match(
      /^127\.0\.0\.1:\d+: 554 "5\.7\.1 too interesting" for ops@.*: parked as "failed\//,
    );
    expect(bodies()).to.deep.equal([]);

    appendFileSync(box.path("app.log"), "the second line\n");
    expect(await run("check")).to.deep.equal({ status: 75, stdout: "", stderr: "" });
    expect(bodies()).to.have.length(1);
    expect(inOneLine(bodies()[0] ?? "")).to.match(
      /failed\/\d+\.1\.mail: could not be delivered .*554 "5\.7\.1 too interesting"/,
    );
    expect(bodies()[0])
      .to.match(/the second line/)
      .and.not.match(/the first line/);

    expect((await run("spool", "list")).stdout).to.match(/00000001\.1\.mail +failed/);
    expect((await run("spool", "flush")).status).to.equal(0);
    expect(bodies()).to.have.length(2);
    expect(bodies()[1]).to.match(/the first line/);
    expect((await run("spool", "list")).stdout).to.equal("");
  });

  it("4xx: exit status 75, said on stderr, and the same bytes go out later", async () => {
    smtp = await startScriptedSmtp({ dot: { kind: "reply", line: "451 4.3.0 try later" } }, 1);
    configure(smtp);
    writeFileSync(box.path("app.log"), "the first line\n");
    const first = await run("check");
    expect(first.status).to.equal(75);
    expect(first.stderr).to.match(/^127\.0\.0\.1:\d+: 451 "4\.3\.0 try later" for ops@.*: kept in the spool/);
    const spool = new Spool(realDisk, layoutOf(box.path("state")));
    for (const entry of spool.waiting()) spool.requeue(entry);
    expect(await run("check")).to.deep.equal({ status: 0, stdout: "", stderr: "" });
    expect(bodies()).to.have.length(2);
    expect(bodies()[0]).to.equal(bodies()[1]);
  });

  it("5xx for one recipient: the other has it, and is not sent it again", async () => {
    smtp = await startScriptedSmtp({ RCPT: { kind: "reply", line: "550 5.1.1 nobody here" } }, 1);
    configure(smtp);
    writeFileSync(box.path("app.log"), "the first line\n");
    expect((await run("check")).stderr).to.match(
      /550 "5\.1\.1 nobody here" for ops@elsewhere\.example: parked/,
    );
    expect(bodies()).to.have.length(1);
    expect((await run("spool", "flush")).status).to.equal(0);
    const recipients = smtp.commands.filter((line) => line.startsWith("RCPT"));
    expect(recipients).to.deep.equal([
      "RCPT TO:<ops@elsewhere.example>",
      "RCPT TO:<root@elsewhere.example>",
      "RCPT TO:<ops@elsewhere.example>",
    ]);
  });
});
