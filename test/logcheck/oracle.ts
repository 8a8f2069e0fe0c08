/**
 * A host for the real logcheck in a temporary directory: its configuration, rules, logs and mail.
 * Promise: shows what Debian's logcheck does as an unprivileged user without access to the real /etc.
 */
import { publicProgram } from "../support/public-program.js";
import { spawn } from "node:child_process";
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

/** Rule directories by name, each with its files by name. */
export type RuleTreeText = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface HostDescription {
  readonly rules: RuleTreeText;
  /** Logs by their path below the log directory; listed in this order. */
  readonly logs: Readonly<Record<string, string | Uint8Array>>;
  /** Lines for logcheck.conf, after those that keep the run inside the temporary directory. */
  readonly conf?: string;
  /** The lists, instead of one that names all logs. "LOGS" stands for the log directory. */
  readonly lists?: Readonly<Record<string, string>>;
  readonly header?: string;
  readonly footer?: string;
}

export type Environment = Readonly<Record<string, string>>;

export interface Run {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOfLogcheck extends Run {
  readonly mails: readonly StubbedMail[];
}

/** The arguments of a call of mime-construct. */
export interface StubbedMail {
  readonly words: readonly string[];
  /** The contents of the last `--file`. */
  readonly body: Buffer;
}

export interface RunOfOurs extends Run {
  readonly messages: readonly SentMessage[];
}

/** The input of a call of sendmail. */
export interface SentMessage {
  readonly to: readonly string[];
  readonly bytes: Buffer;
}

/** Writes its arguments, each ended by NUL, and the file that it should send. */
const mailStub = `#!/bin/sh
here=$(dirname "$0")/../mails/theirs
number=$(ls "$here" | wc -l)
printf '%s\\0' "$@" > "$here/$number.words"
for word; do
  [ "$previous" = --file ] && { if [ "$word" = - ]; then cat; else cat "$word"; fi > "$here/$number.body"; }
  previous=$word
done
exit $(cat "$here/../status" 2>/dev/null || echo 0)
`;

/** Writes the recipients, each ended by NUL, and the message. */
const sendmailStub = `#!/bin/sh
here=$(dirname "$0")/../mails/ours
status=$(cat "$here/../status" 2>/dev/null || echo 0)
[ "$status" = 0 ] || exit "$status"
number=$(ls "$here" | wc -l)
printf '%s\\0' "$@" > "$here/$number.words"
cat > "$here/$number.eml"
`;

/** The user that runs both programs when the tests run as root, which logcheck refuses. */
const unprivilegedId = 65534;
const asUnprivileged = [
  "setpriv",
  `--reuid=${unprivilegedId}`,
  `--regid=${unprivilegedId}`,
  "--clear-groups",
];
const isRoot = process.getuid?.() === 0;

export class LogcheckHost {
  readonly directory: string;

  constructor(description: HostDescription) {
    this.directory = mkdtempSync(join(tmpdir(), "logcheck-host-"));
    for (const name of ["etc/lists.d", "logs", "state", "lock", "tmp", "mails/theirs", "mails/ours", "bin"])
      mkdirSync(this.path(name), { recursive: true });
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
    this.giveAway();
  }

  path(...names: readonly string[]): string {
    return join(this.directory, ...names);
  }

  /** Writes a file below the directory, for the user that runs the programs. */
  write(name: string, bytes: string | Uint8Array): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), bytes);
    if (isRoot) chownSync(this.path(name), unprivilegedId, unprivilegedId);
  }

  /** Runs Debian's logcheck. `environment` is all that it gets besides PATH. */
  async run(flags: readonly string[], environment: Environment = {}): Promise<RunOfLogcheck> {
    const directory = this.emptyMails("theirs");
    const run = await this.spawn(["/usr/sbin/logcheck", ...this.withConf(flags)], environment);
    const mails = this.mailNames(directory).map((name) => ({
      words: readFileSync(`${name}.words`, "utf8").split("\0").slice(0, -1),
      body: readFileSync(`${name}.body`),
    }));
    return { ...run, mails };
  }

  /** Runs logwinnow instead of logcheck. */
  async runOurs(flags: readonly string[], environment: Environment = {}): Promise<RunOfOurs> {
    const directory = this.emptyMails("ours");
    const words = [process.execPath, publicProgram, "logcheck", ...this.withConf(flags)];
    const run = await this.spawn(words, environment);
    const messages = this.mailNames(directory).map((name) => {
      const given = readFileSync(`${name}.words`, "utf8").split("\0");
      return { to: given.slice(given.indexOf("--") + 1, -1), bytes: readFileSync(`${name}.eml`) };
    });
    return { ...run, messages };
  }

  /** Runs a program as the unprivileged user. */
  spawn(words: readonly string[], environment: Environment = {}): Promise<Run> {
    const [command = "", ...rest] = isRoot ? [...asUnprivileged, ...words] : words;
    const env = { PATH: `${this.path("bin")}:/usr/sbin:/usr/bin:/sbin:/bin`, ...environment };
    return new Promise((resolve, reject) => {
      const child = spawn(command, rest, { cwd: this.directory, env, stdio: ["ignore", "pipe", "pipe"] });
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      child.stdout.on("data", (bytes: Buffer) => stdout.push(bytes));
      child.stderr.on("data", (bytes: Buffer) => stderr.push(bytes));
      child.on("error", reject);
      child.on("close", (status) => {
        resolve({ status, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() });
      });
    });
  }

  /** From now on both mailers exit with this status; unless it is 0, sendmail accepts nothing. */
  setMailerStatus(status: number): void {
    this.write("mails/status", String(status));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private withConf(flags: readonly string[]): readonly string[] {
    return flags.includes("-c") ? flags : ["-c", this.path("etc/logcheck.conf"), ...flags];
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

  private giveAway(): void {
    if (!isRoot) return;
    chownSync(this.directory, unprivilegedId, unprivilegedId);
    for (const name of readdirSync(this.directory, { recursive: true, encoding: "utf8" }))
      chownSync(this.path(name), unprivilegedId, unprivilegedId);
  }

  private emptyMails(program: "theirs" | "ours"): string {
    const directory = this.path("mails", program);
    for (const name of readdirSync(directory)) rmSync(join(directory, name));
    return directory;
  }

  /** The mails of a directory, in order, as paths without the endings of their parts. */
  private mailNames(directory: string): string[] {
    const names = readdirSync(directory).filter((name) => name.endsWith(".words"));
    return names.toSorted().map((name) => join(directory, name.replace(".words", "")));
  }
}
