/** `logwinnow test-mail`: what it says is what the other side answered, and it leaves nothing behind. */
import { expect } from "chai";
import { execFile } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Sandbox, type Outcome } from "../support/cli.js";
import { startScriptedSmtp, unstuffed, type ScriptedSmtp } from "../support/scripted-smtp.js";

describe("logwinnow test-mail", () => {
  let box: Sandbox;
  let smtp: ScriptedSmtp | undefined;
  beforeEach(() => {
    box = new Sandbox();
  });
  afterEach(async () => {
    box.remove();
    await smtp?.close();
    smtp = undefined;
  });

  /** The server lives in this process, so the program must not block it. */
  function run(...words: readonly string[]): Promise<Pick<Outcome, "status" | "stdout" | "stderr">> {
    const argv = [
      resolve("dist/logwinnow.cjs"),
      "test-mail",
      "--config",
      box.path("logwinnow.toml"),
      ...words,
    ];
    return new Promise((done) => {
      execFile(process.execPath, argv, { env: box.environment }, (error, stdout, stderr) => {
        done({ status: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  }
  const configure = (mail: string): string => box.write("logwinnow.toml", `[mail]\n${mail}\n`);
  const by = ({ port }: ScriptedSmtp): string =>
    configure(`to = "ops@example.org"\ntransport = "smtp://127.0.0.1:${port}"`);

  it("says what the mail server answered when it took the mail", async () => {
    smtp = await startScriptedSmtp({ dot: { kind: "reply", line: "250 2.0.0 Ok: queued as 4F1A" } });
    by(smtp);
    const { status, stdout, stderr } = await run();
    expect(stderr).to.equal("");
    expect(stdout).to.equal(
      `to      ops@example.org, by smtp://127.0.0.1:${smtp.port}\n` +
        `answer  127.0.0.1:${smtp.port}: 250 "2.0.0 Ok: queued as 4F1A"\n` +
        "taken by the mail server: its log says what became of it\n",
    );
    expect(status).to.equal(0);
    const body = unstuffed(smtp.bodies[0] ?? "");
    expect(body).to.match(/^Subject: TEST \S+: mail from logwinnow arrives\r$/m);
    expect(body).to.match(/^Auto-Submitted: auto-generated\r$/m);
    expect(existsSync(box.path("state"))).to.equal(false);
  });

  for (const [words, reply, status, said] of [
    ["puts it off", "451 4.7.1 greylisted", 75, "not taken now: nobody was sent it"],
    ["refuses it", "550 5.7.1 no such\u0007relay", 1, "refused, for good: nobody was sent it"],
  ] as const)
    it(`says so when the mail server ${words}, and spools nothing`, async () => {
      smtp = await startScriptedSmtp({ DATA: { kind: "reply", line: reply } });
      by(smtp);
      const outcome = await run();
      expect(outcome.status).to.equal(status);
      const [code, ...rest] = reply.replace("\u0007", " ").split(" ");
      expect(outcome.stdout).to.include(`: ${code} "${rest.join(" ")}"\n${said}\n`);
      expect(existsSync(box.path("state"))).to.equal(false);
    });

  it("says why when nobody listens", async () => {
    smtp = await startScriptedSmtp({});
    by(smtp);
    await smtp.close();
    const { status, stdout } = await run();
    expect(status).to.equal(75);
    expect(stdout).to.match(/^answer {2}127\.0\.0\.1:\d+: .*ECONNREFUSED/m);
  });

  it("sends to who is named instead of the configured", async () => {
    configure(`to = "ops@example.org"\ntransport = "file:outbox"`);
    expect((await run("--to", "one@example.net", "--to", "two@example.net")).status).to.equal(0);
    const [file = ""] = readdirSync(box.path("outbox"));
    expect(readFileSync(box.path("outbox", file), "utf8")).to.match(
      /^To: one@example\.net, two@example\.net\r$/m,
    );
    const bad = await run("--to", "one@example.net, two@example.net");
    expect(bad).to.deep.include({ status: 78, stdout: "" });
    expect(bad.stderr).to.match(/^--to: expected one address/);
  });

  it("says that a local mailer took it, and where to look", async () => {
    const mailer = box.write("mailer", "#!/bin/sh\ncat >/dev/null\n");
    configure(`to = "ops@example.org"\nsendmail = "${mailer}"`);
    chmodSync(mailer, 0o755);
    const { status, stdout } = await run();
    expect(stdout).to.include(`answer  ${mailer}: exit status 0\ntaken by the local mailer: mailq`);
    expect(status).to.equal(0);
  });

  it("names the setting when nobody gets mail", async () => {
    configure("");
    expect(await run()).to.deep.equal({
      status: 78,
      stdout: "",
      stderr: '[mail]: nobody is named who gets mail: nothing sent; set "to" under [mail], or give --to\n',
    });
  });
});
