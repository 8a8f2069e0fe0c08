/** F54: refused mail is seen by everybody who looks, is tried again daily, and goes where the configuration says now. */
import { execFile } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { startScriptedSmtp, type ScriptedSmtp } from "../support/scripted-smtp.js";
import { needsTool } from "../support/tools.js";

const program = resolve("dist/logwinnow.cjs");
const noSuchUser = { kind: "reply", line: "550 5.1.1 nobody here" } as const;

describe("refused mail (F54)", () => {
  let box: Sandbox;
  let smtp: ScriptedSmtp | undefined;
  before(function () {
    needsTool(this, "flock");
  });
  beforeEach(() => {
    box = new Sandbox();
    box.write("rules/ignore.d/server/none", "^nothing is like this$\n");
    writeFileSync(box.path("app.log"), "the first line\n");
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

  function configure(to: readonly string[], from = "logwinnow@web1.example"): void {
    const transport = `transport = "smtp://127.0.0.1:${smtp?.port}"`;
    box.write(
      "logwinnow.toml",
      `[mail]\nto = ${JSON.stringify(to)}\nfrom = "${from}"\n${transport}\n[rules]\ndirectories = ["rules"]\n` +
        `[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
    );
  }

  const recipientsAsked = (): readonly string[] =>
    (smtp?.commands ?? []).flatMap((line) => /^RCPT TO:<(.*)>/.exec(line)?.[1] ?? []);
  const parked = (): readonly string[] => readdirSync(box.path("state", "failed"));

  /** As if the mail had been refused two days ago. */
  function makeOlder(...names: readonly string[]): void {
    for (const name of names) {
      const path = box.path("state", "failed", name);
      const text = readFileSync(path, "latin1");
      const older = text.replace(/"nextTryAt":"(\d+)-(\d+)-(\d+)T/, '"nextTryAt":"2020-01-01T');
      expect(older).to.not.equal(text);
      writeFileSync(path, older, "latin1");
    }
  }

  it("makes check exit 75 and status 1, and both name it, as long as it is there", async () => {
    smtp = await startScriptedSmtp({ RCPT: noSuchUser }, 1);
    configure(["gone@web1.example"]);
    expect((await run("check")).status).to.equal(75);
    expect(await run("check"), "nothing new, and still refused").to.deep.include({ status: 75 });
    const status = await run("status");
    expect(status.status).to.equal(1);
    expect(status.stdout + status.stderr).to.match(/failed\/00000001\.1\.mail.*nobody here/);
    expect((await run("spool", "flush")).status).to.equal(0);
    expect((await run("check")).status).to.equal(0);
    expect((await run("status")).status).to.equal(0);
  });

  it("a mistake in `to` is mended by configuration: flush sends it to who is configured now", async () => {
    smtp = await startScriptedSmtp({ RCPT: noSuchUser }, 1);
    configure(["opss@web1.example"]);
    expect((await run("check")).status).to.equal(75);
    configure(["ops@web1.example", "root@web1.example"]);
    expect((await run("spool", "flush")).status).to.equal(0);
    expect(recipientsAsked()).to.deep.equal(["opss@web1.example", "ops@web1.example", "root@web1.example"]);
    expect(parked()).to.deep.equal([]);
  });

  it("a mistake in `from` is mended by configuration, too", async () => {
    smtp = await startScriptedSmtp({ MAIL: { kind: "reply", line: "553 5.1.8 no such sender" } }, 1);
    configure(["ops@web1.example"], "logwinow@web1.example");
    expect((await run("check")).status).to.equal(75);
    configure(["ops@web1.example"], "logwinnow@web1.example");
    expect((await run("spool", "flush")).status).to.equal(0);
    expect(smtp.commands).to.include("MAIL FROM:<logwinnow@web1.example>");
  });

  it("is tried again a day later by check itself, to who is configured then", async () => {
    smtp = await startScriptedSmtp({ RCPT: noSuchUser }, 4);
    configure(["opss@web1.example"]);
    expect((await run("check")).status).to.equal(75);
    expect((await run("check")).status, "the report about it is refused, too").to.equal(75);
    expect(recipientsAsked(), "not tried again before").to.have.length(2);
    makeOlder("00000001.1.mail");
    expect((await run("check")).status, "refused once more").to.equal(75);
    expect(recipientsAsked(), "and the report about the second one").to.have.length(4);
    expect(parked()).to.have.length(3);
    configure(["ops@web1.example"]);
    makeOlder(...parked());
    expect((await run("check")).status).to.equal(0);
    expect(recipientsAsked().at(-1)).to.equal("ops@web1.example");
    expect(parked()).to.deep.equal([]);
  });

  it("one of several is refused: the others have it, are not sent it again, and new ones get it", async () => {
    smtp = await startScriptedSmtp({ RCPT: noSuchUser }, 1);
    configure(["opss@web1.example", "root@web1.example"]);
    expect((await run("check")).status).to.equal(75);
    expect(smtp.bodies).to.have.length(1);
    configure(["ops@web1.example", "root@web1.example"]);
    expect((await run("spool", "flush")).status).to.equal(0);
    expect(recipientsAsked()).to.deep.equal(["opss@web1.example", "root@web1.example", "ops@web1.example"]);
  });

  it("one of several is refused and taken out of the configuration: the mail is done, and it is said", async () => {
    smtp = await startScriptedSmtp({ RCPT: noSuchUser }, 1);
    configure(["opss@web1.example", "root@web1.example"]);
    expect((await run("check")).status).to.equal(75);
    configure(["root@web1.example"]);
    const flushed = await run("spool", "flush");
    expect(flushed.stderr).to.match(/failed\/00000001\.1\.mail: was not taken by opss@.*: removed/);
    expect(flushed.status).to.equal(0);
    expect(recipientsAsked()).to.have.length(2);
    expect(parked()).to.deep.equal([]);
  });

  it("reports that are refused one after the other end: refused mail is news once a day, not each hour", async () => {
    smtp = await startScriptedSmtp({ RCPT: noSuchUser });
    configure(["opss@web1.example"]);
    for (let count = 0; count < 6; count++) await run("check");
    const settled = parked().length;
    for (let count = 0; count < 6; count++) expect((await run("check")).status).to.equal(75);
    expect(parked()).to.have.length(settled);
    expect(settled).to.be.below(6);
  });

  it("does not keep later mail from going out", async () => {
    smtp = await startScriptedSmtp({ DATA: { kind: "reply", line: "554 5.7.1 no" } }, 1);
    configure(["ops@web1.example"]);
    expect((await run("check")).status).to.equal(75);
    appendFileSync(box.path("app.log"), "the second line\n");
    expect((await run("check")).status).to.equal(75);
    expect(smtp.bodies).to.have.length(1);
    expect(smtp.bodies[0]).to.match(/the second line/);
  });
});
