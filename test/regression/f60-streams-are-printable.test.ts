/** F60: whatever a log, a rule file, a configuration or a server is called or says, both streams are safe to look at. */
import { execFile } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { startScriptedSmtp } from "../support/scripted-smtp.js";
import { needsTool } from "../support/tools.js";

const program = resolve("dist/logwinnow.cjs");
const isRoot = process.geteuid?.() === 0;

/** Each is hostile to a terminal or a reader in another way, and legal in a file name. */
const hostile: readonly (readonly [title: string, text: string])[] = [
  ["a C0 sequence", "a\x1b[2J\x1b]0;owned\x07b"],
  ["a line break and a carriage return", "a\nb\rc"],
  ["DEL and backspaces", "a\x7f\x08\x08b"],
  ["a C1 sequence", "a\u009b2Jb"],
  ["a change of direction", "a\u202eb\u2066c"],
  ["zero-width characters and a line separator", "a\u200bb\u2028c\ufeffd"],
];
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

function expectPrintable(output: string, title: string): void {
  const line = output.split("\n").find((text) => unprintable.test(text));
  expect(line === undefined ? "" : JSON.stringify(line), title).to.equal("");
}

describe("both streams are printable (F60)", () => {
  let box: Sandbox;
  before(function () {
    needsTool(this, "flock");
  });
  beforeEach(() => {
    box = new Sandbox();
  });
  afterEach(() => box.remove());

  interface Outcome {
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
  }

  /** As nobody for logcheck, which refuses root. A server may live in this process, so the program must not block it. */
  function run(args: readonly string[], asNobody = false): Promise<Outcome> {
    const user = asNobody && isRoot ? { uid: 65_534, gid: 65_534 } : {};
    const options = { env: box.environment, cwd: box.directory, ...user };
    return new Promise((done) => {
      const child = execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) =>
        done({ status: error ? Number(error.code) : 0, stdout, stderr }),
      );
      child.stdin?.end("");
    });
  }

  for (const [title, text] of hostile) {
    it(`${title} in the names of logs, rules and configuration: check, status, spool, explain, filter`, async () => {
      const directory = box.path(`dir ${text}`);
      mkdirSync(join(directory, "rules", "ignore.d", "server"), { recursive: true });
      mkdirSync(join(directory, "rules", "never.d"), { recursive: true });
      const rules = join(directory, "rules");
      writeFileSync(join(rules, "ignore.d", "server", "bad"), "unmatched (\n^nothing is like this$\n");
      writeFileSync(join(rules, "never.d", "alarm"), "forbidden\n");
      const log = join(directory, `log ${text}.log`);
      writeFileSync(log, "something happened\nforbidden\n");
      const config = join(directory, `config ${text}.toml`);
      const [quotedRules, quotedLog] = [JSON.stringify(rules), JSON.stringify(log)].map((quoted) =>
        quoted.replaceAll("\x7f", "\\u007f"),
      );
      const sources = [
        quotedLog,
        JSON.stringify(`${directory}/absent ${text}`).replaceAll("\x7f", "\\u007f"),
      ];
      const tables = sources.map((path) => `[[source]]\nkind = "file"\npath = ${path}\nfirst_run = "all"\n`);
      writeFileSync(config, `[rules]\ndirectories = [${quotedRules}]\n${tables.join("")}`);
      const unreadable = join(directory, `gone ${text}`);
      const state = join(directory, "state");
      const commands: readonly (readonly string[])[] = [
        ["check", "--config", config, "--state", state, "--dry-run"],
        ["check", "--config", config, "--state", state],
        ["check", "--config", config, "--state", state, "--source", unreadable],
        ["status", "--config", config, "--state", state],
        ["status", "--config", config, "--state", state, "--json"],
        ["spool", "list", "--config", config, "--state", state],
        ["spool", "show", `entry ${text}`, "--config", config, "--state", state],
        ["explain", "--rules", rules, "forbidden", `line ${text}`],
        ["explain", "--rules", rules, "--json", "forbidden", `line ${text}`],
        ["explain", "--config", unreadable, "x"],
        ["filter", "--rules", rules, log],
        ["filter", "--rules", rules, "--explain", log],
        ["filter", "--rules", rules, "--json", log],
        ["filter", "--rules", rules, "--group", log],
        ["filter", "--rules", rules, unreadable],
        ["check", "--config", unreadable],
        ["status", "--config", unreadable],
        ["status", "--state", unreadable],
        ["check", `--${text.replaceAll("\n", "")}`],
        [`command ${text}`],
        ["logcheck", "-c", unreadable],
        ["logcheck", "-r", rules, "-l", unreadable],
      ];
      let printed = "";
      for (const words of commands) {
        const { stdout, stderr } = await run(words, words[0] === "logcheck");
        expectPrintable(stdout, `stdout of ${words.slice(0, 2).join(" ")}`);
        expectPrintable(stderr, `stderr of ${words.slice(0, 2).join(" ")}`);
        printed += stdout + stderr;
      }
      expect(printed, "the names are shown all the same").to.match(/log a\\(x|u)/);
      expect(printed, "rules too").to.match(/dir a\\(x|u)[^\n]*alarm/);
    });

    it(`${title} in a configuration's values and keys`, async () => {
      const value = JSON.stringify(text).replaceAll("\x7f", "\\u007f");
      const texts = [
        `[mail]\nto = ${value}\n`,
        `[mail]\ntransport = ${value}\n`,
        `${value} = 1\n`,
        `[[source]]\nkind = ${value}\n`,
        `[report]\nlevel = ${value}\n`,
        `${text}\n`,
      ];
      for (const [index, toml] of texts.entries()) {
        const config = box.write(`config-${index}.toml`, toml);
        const { status, stdout, stderr } = await run(["check", "--config", config]);
        expect(status, toml).to.equal(78);
        expectPrintable(stdout + stderr, toml);
      }
    });

    it(`${title} in what a server says: check, status, spool list`, async () => {
      const words = text.replaceAll(/[\r\n]/g, " ");
      const smtp = await startScriptedSmtp({ RCPT: { kind: "reply", line: `550 no ${words} here` } });
      try {
        await checkMail(`transport = "smtp://127.0.0.1:${smtp.port}"`);
      } finally {
        await smtp.close();
      }
    });

    it(`${title} in what a mailer says: check, status, spool list`, async () => {
      box.write("words", `no ${text} here\n`);
      box.write("mailer", `#!/bin/sh\ncat >/dev/null\ncat "${box.path("words")}" >&2\nexit 67\n`);
      chmodSync(box.path("mailer"), 0o755);
      await checkMail(`sendmail = "mailer"`);
    });
  }

  async function checkMail(how: string): Promise<void> {
    box.write("rules/ignore.d/server/none", "^nothing is like this$\n");
    box.write("app.log", "line\n");
    const config = box.write(
      "logwinnow.toml",
      `[mail]\nto = "ops@web1.example"\n${how}\n[rules]\ndirectories = ["rules"]\n` +
        `[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
    );
    let printed = "";
    const commands = [
      ["check"],
      ["status"],
      ["status", "--json"],
      ["spool", "list"],
      ["spool", "list", "--json"],
    ];
    for (const words of [...commands, ["spool", "flush"], ["check", "--stdout"]]) {
      const { stdout, stderr } = await run([...words, "--config", config]);
      expectPrintable(stdout, `stdout of ${words.join(" ")}`);
      expectPrintable(stderr, `stderr of ${words.join(" ")}`);
      printed += stdout + stderr;
    }
    expect(printed).to.match(/550|exit status 67/);
  }

  it("a log that cannot be read and is called so: named, as an escape", async function () {
    const name = `closed \x1b[2J.log`;
    box.write(name, "line\n");
    box.write("rules/ignore.d/server/none", "^nothing is like this$\n");
    box.write("logwinnow.toml", `[rules]\ndirectories = ["rules"]\n`);
    for (const entry of readdirSync(box.directory)) if (isRoot) chownSync(box.path(entry), 65_534, 65_534);
    if (isRoot) chownSync(box.directory, 65_534, 65_534);
    chmodSync(box.path(name), 0);
    const config = ["--config", box.path("logwinnow.toml")];
    const checked = await run(["check", ...config, "--source", box.path(name)], true);
    expectPrintable(checked.stdout + checked.stderr, "check");
    const told = await run(["status", ...config], true);
    expectPrintable(told.stdout + told.stderr, "status");
    expect(told.stdout).to.match(/closed \\x1b\[2J\.log: could not be read to its end/);
  });
});
