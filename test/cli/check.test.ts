import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import PostalMime from "postal-mime";
import { Sandbox, type Outcome } from "../support/cli.js";
import { countsIn, inOneLine, ledgerIn, unwrapped } from "../support/mail-text.js";

const header = "Nov 22 00:41:26 web1 ";
const routine = `${header}app: all is well\n`;
const odd = (what: number | string): string => `${header}app: odd ${what}\n`;
const alarm = `${header}app: the store is open\n`;

interface Mail {
  readonly subject: string;
  readonly text: string;
}

describe("logwinnow check", () => {
  let box: Sandbox;
  let log: string;
  beforeEach(() => {
    box = new Sandbox();
    log = box.path("app.log");
    box.write("rules/ignore.d/server/app", "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ app: all is well$\n");
    box.write("rules/never.d/app", "store is open\n");
    configure("file:outbox");
  });
  afterEach(() => box.remove());

  function configure(transport: string, more = ""): void {
    box.write(
      "logwinnow.toml",
      `[mail]\nto = "ops@elsewhere.example"\ntransport = "${transport}"\n${more}\n` +
        `[report]\ncontext = false\n[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
    );
  }
  const check = (...args: string[]): Outcome =>
    box.run(["check", "--config", box.path("logwinnow.toml"), ...args]);
  const outbox = (): string[] =>
    existsSync(box.path("outbox")) ? readdirSync(box.path("outbox")).sort() : [];
  const readMail = async (name: string): Promise<Mail> => {
    const { subject = "", text = "" } = await PostalMime.parse(readFileSync(box.path("outbox", name)));
    return { subject, text: unwrapped(text) };
  };
  /** Runs, and gives the mails that this run made. */
  async function mailsOf(expectedStatus = 0): Promise<Mail[]> {
    const before = outbox();
    const { status, stdout, stderr } = check();
    expect({ status, stdout, stderr }).to.deep.equal({ status: expectedStatus, stdout: "", stderr: "" });
    return Promise.all(
      outbox()
        .filter((name) => !before.includes(name))
        .map(readMail),
    );
  }

  it("with --context shows so many lines around an alarm, whatever the configuration says", () => {
    const step = (second: number, text: string): string => `Nov 22 00:41:2${second} web1 app: ${text}\n`;
    writeFileSync(log, [step(1, "all is well"), step(2, "store is open"), step(3, "all is well")].join(""));
    expect(check("--dry-run").stdout).to.include("store is open").and.not.include("all is well");
    expect(check("--dry-run", "-C", "1").stdout).to.match(
      /all is well\n {2}> .*store is open\n.*all is well/,
    );
  });

  it("with --mail-only reads nothing until a recipient is set, and then reports what came before", async () => {
    box.write("logwinnow.toml", readFileSync(box.path("logwinnow.toml"), "utf8").replace(/^to = .*$/m, ""));
    writeFileSync(log, odd("before"));
    const { status, stdout, stderr } = check("--mail-only");
    expect({ status, stdout, stderr }).to.deep.equal({ status: 0, stdout: "", stderr: "" });
    expect(existsSync(box.path("state"))).to.equal(false);
    expect(check("--mail-only", "--dry-run").stdout).to.include("odd before");
    configure("file:outbox");
    expect(check("--mail-only").status).to.equal(0);
    const [name = ""] = outbox();
    expect((await readMail(name)).text).to.include("odd before");
  });

  it("mails what is not routine, the worst on top and in the subject", async () => {
    writeFileSync(log, odd(1) + routine + alarm);
    const [mail, ...more] = await mailsOf();
    expect(more).to.deep.equal([]);
    expect(mail?.subject).to.match(/^ALARM [^ ]+: rule app:1$/);
    expect(mail?.text.indexOf("store is open")).to.be.within(0, mail?.text.indexOf("odd 1") ?? 0);
    expect(mail?.text).not.to.include("all is well");
  });

  it("has nothing to say the second time, and then only what is new", async () => {
    writeFileSync(log, odd("one"));
    expect(await mailsOf()).to.have.length(1);
    expect(await mailsOf()).to.deep.equal([]);
    appendFileSync(log, routine + odd("two"));
    const [mail] = await mailsOf();
    expect(mail?.text).to.include("odd two").and.not.include("odd one");
  });

  it("follows a log that was rotated by its name", async () => {
    writeFileSync(log, odd("one"));
    await mailsOf();
    appendFileSync(log, odd("late"));
    renameSync(log, `${log}.1`);
    writeFileSync(log, odd("fresh"));
    const [mail] = await mailsOf();
    expect(mail?.text).to.include("odd late").and.include("odd fresh").and.not.include("odd one");
  });

  it("ignores a line from the run after its rule was added", async () => {
    writeFileSync(log, odd(1));
    expect(await mailsOf()).to.have.length(1);
    box.write("rules/ignore.d/local/mine", "app: odd [0-9]+$\n");
    appendFileSync(log, odd(2));
    expect(await mailsOf()).to.deep.equal([]);
  });

  it("accounts for every line", async () => {
    writeFileSync(log, odd(1) + routine.repeat(4) + alarm);
    const [mail] = await mailsOf();
    expect(ledgerIn(mail?.text ?? "", "app.log")).to.include({ read: 6, ignored: 4, reported: 2 });
  });

  it("names a bad rule at the top, hides nothing by it, and does not repeat itself every hour", async () => {
    box.write("rules/ignore.d/server/bad", "fine$\n(odd\n");
    writeFileSync(log, odd(1));
    const [mail] = await mailsOf();
    const place = `${box.path("rules/ignore.d/server/bad")}:2:`;
    expect(mail?.text.indexOf(place)).to.be.within(0, mail?.text.indexOf("odd 1") ?? 0);
    expect(await mailsOf()).to.deep.equal([]);
  });

  it("warns of a log that shrank each time that it does", async () => {
    const shrink = (time: number): void => {
      appendFileSync(log, routine.repeat(2));
      check();
      truncateSync(log);
      // A line that was read before would tell that the log was set back.
      appendFileSync(log, routine.replace(":26", `:3${time}`));
    };
    writeFileSync(log, "");
    await mailsOf();
    for (let time = 1; time <= 2; time++) {
      shrink(time);
      const [mail] = await mailsOf();
      expect(inOneLine(mail?.text ?? ""), `time ${time}`).to.match(/app\.log: shrank from \d+ to \d+ bytes/);
      truncateSync(log);
      await mailsOf();
    }
  });

  it("shows control bytes as escapes", async () => {
    writeFileSync(log, `${header}app: \x1b]0;owned\x07\n`);
    const [mail] = await mailsOf();
    expect(mail?.text).to.include("\\x1b]0;owned\\x07");
  });

  it("touches nothing in a dry run", () => {
    writeFileSync(log, odd(1));
    const { stdout, status } = check("--dry-run");
    expect(stdout).to.include("odd 1");
    expect(status).to.equal(0);
    expect(outbox()).to.deep.equal([]);
    expect(existsSync(box.path("state"))).to.equal(false);
    expect(existsSync(box.path("cache"))).to.equal(false);
  });

  it("reports again what nobody read, and says so with 74", async () => {
    writeFileSync(log, odd(1));
    const program = spawn(
      process.execPath,
      [resolve("dist/logwinnow.cjs"), "check", "--stdout", "--config", box.path("logwinnow.toml")],
      { cwd: box.directory, env: box.environment, stdio: ["ignore", "pipe", "pipe"] },
    );
    program.stdout.destroy();
    const [complaint, [status]] = await Promise.all([text(program.stderr), once(program, "close")]);
    expect(complaint).to.equal("standard output: was closed: the next run reports these lines again\n");
    expect(status).to.equal(74);
    expect(check("--stdout").stdout).to.include("odd 1");
  });

  it("prints the report instead of mailing it with --stdout, and moves on", () => {
    writeFileSync(log, odd(1));
    expect(check("--stdout").stdout).to.include("odd 1");
    expect(check("--stdout").stdout).to.equal("");
    expect(outbox()).to.deep.equal([]);
  });

  it("keeps mail that cannot be delivered, says so with 75, and sends it first next time", async () => {
    writeFileSync(log, odd("one"));
    box.write("outbox", "a file where the directory should be");
    const failed = check();
    expect(failed.status).to.equal(75);
    expect(failed.stderr).to.match(/kept in the spool/);
    const list = box.run(["spool", "list", "--config", box.path("logwinnow.toml")]).stdout;
    expect(list).to.match(/ops@elsewhere\.example/);
    renameSync(box.path("outbox"), box.path("moved"));
    const flushed = box.run(["spool", "flush", "--config", box.path("logwinnow.toml")]);
    expect(flushed.status).to.equal(0);
    const [mail] = await Promise.all(outbox().map(readMail));
    expect(mail?.text).to.include("odd one");
    expect(check().status).to.equal(0);
    expect(outbox()).to.have.length(1);
  });

  it("refuses a bad configuration with 78 and does nothing", () => {
    writeFileSync(log, odd(1));
    box.write("logwinnow.toml", "[mail]\nto = 7\n");
    const { status, stderr } = check();
    expect(status).to.equal(78);
    expect(stderr).to.match(/logwinnow\.toml:2: mail\.to: expected/);
    expect(existsSync(box.path("state"))).to.equal(false);
  });

  it("reads the other sources when one cannot be read, and says so with 74", async () => {
    writeFileSync(log, odd("here"));
    box.write(
      "logwinnow.toml",
      `[mail]\nto = "ops"\ntransport = "file:outbox"\n[rules]\ndirectories = ["rules"]\n` +
        `[[source]]\nkind = "file"\npath = ["missing.log", "app.log"]\nfirst_run = "all"\n`,
    );
    const [mail] = await mailsOf();
    expect(mail?.text)
      .to.include("odd here")
      .and.match(/missing\.log: /);
  });

  it("looks back a bounded time on its first run, and says so", async () => {
    const day = 24 * 3_600_000;
    const line = (ageMs: number, what: string): string =>
      `${new Date(Date.now() - ageMs).toISOString()} web1 app: odd ${what}\n`;
    writeFileSync(log, line(3 * day, "ancient") + line(day / 2, "recent"));
    configure("file:outbox");
    const toml = readFileSync(box.path("logwinnow.toml"), "utf8").replace('first_run = "all"\n', "");
    box.write("logwinnow.toml", toml);
    const [mail] = await mailsOf();
    expect(mail?.text)
      .to.include("odd recent")
      .and.match(/first run/)
      .and.not.include("odd ancient");
  });

  it("counts the packets that a rule with tally=packets ignores, by port and network, and all that is routine by file", async () => {
    const packet = (source: string, port: number): string =>
      `${header}kernel: [1.2] DROP: IN=eth0 OUT= SRC=${source} DST=192.0.2.80 PROTO=TCP SPT=4 DPT=${port} SYN\n`;
    box.write(
      "rules/ignore.d/server/firewall",
      "#@ tally=packets\nkernel: .* IN=eth0 OUT= \n\nkernel: .* IN=eth1 OUT= \n",
    );
    writeFileSync(
      log,
      packet("203.0.113.5", 23) + packet("203.0.113.9", 23) + packet("198.51.100.1", 22) + routine + odd(1),
    );
    appendFileSync(log, packet("192.0.2.1", 25).replace("eth0", "eth1"));
    const [mail] = await mailsOf();
    expect(mail?.text)
      .to.include("IGNORED  by the rules for\n  firewall 4, app 1\n")
      .and.include("firewall by port: 23/TCP 2, 22/TCP 1")
      .and.include("firewall by network: 203.0.113.0/24 2, 198.51.100.0/24 1");
    expect(ledgerIn(mail?.text ?? "", "app.log")).to.include({ read: 6, ignored: 5, reported: 1 });
  });

  it("says where packets come from and who has their network, by the files that [origins] names", async () => {
    box.write(
      "owners.tsv",
      "198.51.100.0\t198.51.100.255\t64496\tNL\tExample Hosting\n203.0.113.0\t203.0.113.255\t0\tJP\t\n",
    );
    configure("file:outbox", '[origins]\nfiles = ["owners.tsv", "missing.mmdb"]');
    box.write("rules/ignore.d/server/firewall", "#@ tally=packets\nkernel: .* IN=eth0 OUT= \n");
    const packet = (source: string): string =>
      `${header}kernel: [1.2] DROP: IN=eth0 OUT= SRC=${source} DST=192.0.2.80 PROTO=TCP SPT=4 DPT=23 SYN\n`;
    writeFileSync(
      log,
      packet("198.51.100.7").repeat(3) + packet("203.0.113.9") + packet("192.0.2.1") + odd(1),
    );
    const [mail] = await mailsOf();
    expect(inOneLine(mail?.text ?? ""))
      .to.include(
        "firewall by network: 198.51.100.0/24 (NL, Example Hosting) 3, 203.0.113.0/24 (JP) 1, 192.0.2.0/24 1 ",
      )
      .and.include("firewall by country: NL 3, JP 1, unknown 1 ")
      .and.match(/missing\.mmdb: cannot be read: no such file/);
  });

  it("counts what a rule ignores by what its tally names, over the parts of a run", async () => {
    box.write(
      "rules/ignore.d/server/ssh",
      "#@ tally=address,user\nsshd\\[[0-9]+\\]: Failed password for [^ ]* from [.0-9]+ port [0-9]+ ssh2$\n",
    );
    const failed = (user: string, address: string): string =>
      `${header}sshd[1]: Failed password for ${user} from ${address} port 4711 ssh2\n`;
    writeFileSync(log, failed("root", "203.0.113.5").repeat(3) + failed("joe", "198.51.100.1") + odd(1));
    const [mail] = await mailsOf();
    expect(mail?.text)
      .to.include("IGNORED  by the rules for\n  ssh 4\n")
      .and.include("ssh by address: 203.0.113.5 3, 198.51.100.1 1")
      .and.include("ssh by user: root 3, joe 1");
  });

  it("reports what a suspect is served, and ignores the same of others", async () => {
    box.write(
      "rules/ignore.d/server/web",
      '#@ suspect=address\n"GET /secret HTTP/1.1" 404 \n\n#@ unless-suspect=address\n"GET /[a-z]* HTTP/1.1" 200 \n',
    );
    const request = (address: string, page: string, status: number): string =>
      `${address} - - [22/Nov/2026:00:41:26 +0100] "GET /${page} HTTP/1.1" ${status} 5 "-" "Mozilla/5.0"\n`;
    writeFileSync(
      log,
      request("203.0.113.5", "before", 200) +
        request("203.0.113.5", "secret", 404) +
        request("198.51.100.1", "other", 200) +
        request("203.0.113.5", "after", 200),
    );
    const [mail] = await mailsOf();
    expect(mail?.text)
      .to.include("GET /after")
      .and.not.match(/GET \/(before|other)/);
    expect(countsIn(mail?.text ?? "").violations).to.equal(1);
    expect(ledgerIn(mail?.text ?? "", "app.log")).to.include({ read: 4, ignored: 3, reported: 1 });
  });

  it("tells status when it last succeeded", () => {
    expect(box.run(["status"]).status).to.equal(1);
    writeFileSync(log, routine);
    check();
    const { status, stdout } = box.run(["status", "--json"]);
    expect(status).to.equal(0);
    expect(JSON.parse(stdout)).to.include({ isFresh: true, waiting: 0, failed: 0 });
  });
});
