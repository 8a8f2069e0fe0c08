/**
 * A host for the real logcheck in a temporary directory: its configuration, rules, logs and mail.
 * Promise: what it answers is what Debian's logcheck does, run as an unprivileged user with no access to the real /etc.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Rule directories by name, each with its files by name: lines of text, or raw text. */
export type RuleTreeText = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface HostDescription {
  readonly rules: RuleTreeText;
  /** Logs by their path below the log directory; listed in this order. */
  readonly logs: Readonly<Record<string, string | Uint8Array>>;
  /** Lines for logcheck.conf, behind those that keep the run inside the temporary directory. */
  readonly conf?: string;
  /** The lists, in place of one that names all logs. "LOGS" stands for the log directory. */
  readonly lists?: Readonly<Record<string, string>>;
  readonly header?: string;
  readonly footer?: string;
}

export interface Run {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOfLogcheck extends Run {
  readonly mails: readonly StubbedMail[];
}

export interface RunOfOurs extends Run {
  readonly messages: readonly SentMessage[];
}

/** What sendmail was given. */
export interface SentMessage {
  readonly to: readonly string[];
  readonly bytes: Buffer;
}

export type Environment = Readonly<Record<string, string>>;

/** What a call of mime-construct was told. */
export interface StubbedMail {
  readonly words: readonly string[];
  /** The contents of the last `--file`. */
  readonly body: Buffer;
}

const ourProgram = fileURLToPath(new URL("../../src/main.js", import.meta.url));

/** Writes its arguments, each ended by NUL, and the file that it was to send. */
const mailStub = `#!/bin/sh
here=$(dirname "$0")/../mails
number=$(ls "$here" | wc -l)
printf '%s\\0' "$@" > "$here/$number.words"
for word; do
  [ "$previous" = --file ] && { if [ "$word" = - ]; then cat; else cat "$word"; fi > "$here/$number.body"; }
  previous=$word
done
exit 0
`;

/** Writes the recipients, each ended by NUL, and the message. */
const sendmailStub = `#!/bin/sh
here=$(dirname "$0")/../mails
number=$(ls "$here" | wc -l)
printf '%s\\0' "$@" > "$here/$number.words"
cat > "$here/$number.eml"
exit $(cat "$here/../sendmail.status" 2>/dev/null || echo 0)
`;

/** The user that runs logcheck where the tests run as root, which logcheck refuses. */
const unprivilegedId = 65534;

export class LogcheckHost {
  readonly directory: string;

  constructor(description: HostDescription) {
    this.directory = mkdtempSync(join(tmpdir(), "logcheck-host-"));
    for (const name of ["etc", "etc/lists.d", "logs", "state", "lock", "tmp", "mails", "bin"])
      mkdirSync(this.path(name));
    this.write("bin/mime-construct", mailStub);
    this.write("bin/sendmail", sendmailStub);
    for (const name of ["mime-construct", "sendmail"]) chmodSync(this.path("bin", name), 0o755);
    this.write("etc/logcheck.conf", `${this.confinement()}${description.conf ?? ""}`);
    for (const [directory, files] of Object.entries(description.rules)) {
      mkdirSync(this.path("etc", directory), { recursive: true });
      for (const [name, text] of Object.entries(files)) this.write(join("etc", directory, name), text);
    }
    for (const [name, bytes] of Object.entries(description.logs)) this.write(join("logs", name), bytes);
    const lists = description.lists ?? {
      "logcheck.logfiles": Object.keys(description.logs)
        .map((name) => `LOGS/${name}\n`)
        .join(""),
    };
    for (const [name, text] of Object.entries(lists))
      this.write(join("etc", name), text.replaceAll("LOGS", this.path("logs")));
    if (description.header !== undefined) this.write("etc/header.txt", description.header);
    if (description.footer !== undefined) this.write("etc/footer.txt", description.footer);
    if (process.getuid?.() === 0) this.giveAway("");
  }

  path(...names: readonly string[]): string {
    return join(this.directory, ...names);
  }

  write(name: string, bytes: string | Uint8Array): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), bytes);
  }

  /** Runs Debian's logcheck. `environment` is all it gets beside PATH. */
  run(flags: readonly string[], environment: Environment = {}): RunOfLogcheck {
    const { status, stdout, stderr } = this.spawnAnew(
      ["/usr/sbin/logcheck", ...this.withConf(flags)],
      environment,
    );
    return { status, stdout, stderr: stderr.toString(), mails: this.readStubbedMails() };
  }

  /** Runs logwinnow in its place. */
  runOurs(flags: readonly string[], environment: Environment = {}): RunOfOurs {
    const words = [process.execPath, ourProgram, "logcheck", ...this.withConf(flags)];
    const { status, stdout, stderr } = this.spawnAnew(words, environment);
    return { status, stdout, stderr: stderr.toString(), messages: this.readMessages() };
  }

  private withConf(flags: readonly string[]): string[] {
    return flags.includes("-c") ? [...flags] : ["-c", this.path("etc/logcheck.conf"), ...flags];
  }

  private spawnAnew(words: readonly string[], environment: Environment) {
    for (const name of readdirSync(this.path("mails"))) rmSync(this.path("mails", name));
    return this.spawn(words, environment);
  }

  /** Runs a program as the unprivileged user. */
  spawn(words: readonly string[], environment: Environment = {}, input?: Uint8Array) {
    const asUser =
      process.getuid?.() === 0
        ? ["setpriv", `--reuid=${unprivilegedId}`, `--regid=${unprivilegedId}`, "--clear-groups", ...words]
        : words;
    const run = spawnSync(asUser[0] ?? "", asUser.slice(1), {
      cwd: this.directory,
      env: { PATH: `${this.path("bin")}:/usr/sbin:/usr/bin:/sbin:/bin`, ...environment },
      ...(input ? { input } : {}),
      maxBuffer: 1 << 30,
    });
    if (run.error) throw run.error;
    return run;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private confinement(): string {
    const places = {
      RULEDIR: "etc",
      STATEDIR: "state",
      LOGFILES_LIST: "etc/logcheck.logfiles",
      LOGFILES_LIST_D: "etc/lists.d",
      LOCKDIR: "lock",
      LOCKFILE: "lock/logcheck",
      TMP: "tmp",
    };
    const lines = Object.entries(places).map(([name, path]) => `${name}="${this.path(path)}"\n`);
    return lines.join("");
  }

  private giveAway(name: string): void {
    const path = this.path(name);
    chownSync(path, unprivilegedId, unprivilegedId);
    for (const entry of readdirSync(path, { withFileTypes: true }))
      if (entry.isDirectory()) this.giveAway(join(name, entry.name));
      else chownSync(join(path, entry.name), unprivilegedId, unprivilegedId);
  }

  private readMessages(): SentMessage[] {
    const names = readdirSync(this.path("mails")).filter((name) => name.endsWith(".eml"));
    return names.toSorted().map((name) => {
      const words = readFileSync(this.path("mails", name.replace(".eml", ".words")), "utf8").split("\0");
      return { to: words.slice(words.indexOf("--") + 1, -1), bytes: readFileSync(this.path("mails", name)) };
    });
  }

  private readStubbedMails(): StubbedMail[] {
    const names = readdirSync(this.path("mails")).filter((name) => name.endsWith(".words"));
    return names.toSorted().map((name) => ({
      words: readFileSync(this.path("mails", name), "utf8").split("\0").slice(0, -1),
      body: readFileSync(this.path("mails", name.replace(".words", ".body"))),
    }));
  }
}
