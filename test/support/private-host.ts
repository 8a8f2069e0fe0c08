/**
 * A host of the test's own below one directory: its users, its cron, its logs and its /usr/local.
 * Promise: mounts of its own hide those of the machine, which stays as it is; all its processes end with it.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The directories of the machine that are hidden after those of the host. */
const hidden = ["etc", "run", "usr/local", "var/cache", "var/lib", "var/log", "var/spool/cron"];

/** Runs the command line after it with the directories mounted, a stand-in for sendmail, and this very node. */
const enter = `
set -e
host=$1 node=$2
shift 2
mount --bind "$node" "$host/usr/local/bin/node"
mount --bind "$host/sendmail" /usr/sbin/sendmail
for directory in ${hidden.join(" ")}; do mount --rbind "$host/$directory" "/$directory"; done
exec "$@"
`;

/** Keeps what cron has to say. */
const sendmail = "#!/bin/sh\ncat >> /run/mail-of-cron\n";

const environment = { PATH: "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", TZ: "UTC" };

function run(command: string, ...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: exit status ${status}: ${stderr}`);
}

export class PrivateHost {
  readonly #directory: string;
  #cron: ChildProcess | undefined;

  /** In: an empty directory. Installs logwinnow and what packaging/ holds for cron there. */
  constructor(directory: string) {
    this.#directory = directory;
    for (const path of [...hidden, "usr/local/bin", "var/spool/cron/crontabs"])
      mkdirSync(this.path(path), { recursive: true });
    this.write("sendmail", sendmail, 0o755);
    this.write("usr/local/bin/node", "", 0o755);
    chmodSync(this.path("run"), 0o1777);
    this.write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
    this.write("etc/group", "root:x:0:\n");
    for (const kind of ["sysusers", "tmpfiles"])
      run(
        `systemd-${kind}`,
        ...(kind === "tmpfiles" ? ["--create"] : []),
        `--root=${directory}`,
        resolve(`packaging/logwinnow.${kind}`),
      );
    // What a user may do is the host's own affair here: the machine's PAM may want what a container has not.
    this.write(
      "etc/pam.d/cron",
      "auth required pam_permit.so\naccount required pam_permit.so\nsession required pam_permit.so\n",
    );
    // Only the run at the start is wanted: an hourly one at the same moment would find the lock taken.
    const notNow = (new Date().getUTCMinutes() + 30) % 60;
    const entry = readFileSync("packaging/logwinnow.cron", "utf8").replace(/^\d+ \*/m, `${notNow} *`);
    this.write("etc/cron.d/logwinnow", entry);
    const program = this.path("usr/local/lib/logwinnow");
    const { files } = JSON.parse(readFileSync("package.json", "utf8")) as { files: string[] };
    for (const name of ["package.json", ...files])
      if (existsSync(name)) cpSync(name, join(program, name), { recursive: true });
    symlinkSync("../lib/logwinnow/dist/logwinnow.cjs", this.path("usr/local/bin/logwinnow"));
  }

  path(...names: readonly string[]): string {
    return join(this.#directory, ...names);
  }

  write(name: string, content: string, mode = 0o644): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), content);
    chmodSync(this.path(name), mode);
  }

  /** A log that, as on Debian, only root and group adm can read. */
  writeLog(name: string, content: string): void {
    this.write(name, content, 0o640);
    const adm = /^adm:[^:]*:(\d+):/m.exec(readFileSync(this.path("etc/group"), "utf8"))?.[1];
    chownSync(this.path(name), 0, Number(adm));
  }

  /** Starts Debian's cron as after the host's start: its `@reboot` lines run at once. */
  startCron(): void {
    rmSync(this.path("run/crond.reboot"), { force: true });
    this.#cron = spawn("unshare", this.#inside("cron", "-f"), {
      env: environment,
      stdio: ["ignore", "ignore", "inherit"],
    });
  }

  /** Ends cron and whatever it has started. */
  async stopCron(): Promise<void> {
    const cron = this.#cron;
    this.#cron = undefined;
    if (!cron || cron.exitCode !== null || cron.signalCode !== null) return;
    const ended = once(cron, "exit");
    cron.kill("SIGKILL");
    await ended;
  }

  /** What `logwinnow status` says to the user of the hourly job. */
  status(): { readonly lastSuccess?: string } {
    const asUser = ["setpriv", "--reuid=logwinnow", "--regid=logwinnow", "--init-groups"];
    const command = this.#inside(...asUser, "logwinnow", "status", "--json");
    const { stdout, stderr } = spawnSync("unshare", command, { encoding: "utf8", env: environment });
    if (stderr) throw new Error(stderr);
    return JSON.parse(stdout) as { lastSuccess?: string };
  }

  /** What a command of root's came to, with nobody to be asked. */
  run(...command: readonly string[]): { readonly status: number | null; readonly said: string } {
    const options = { encoding: "utf8", env: environment } as const;
    const apart = ["--wait", "unshare", ...this.#inside(...command)];
    const { status, stdout, stderr } = spawnSync("setsid", apart, options);
    return { status, said: stdout + stderr };
  }

  /** What cron has mailed to MAILTO. */
  mailOfCron(): string {
    const path = this.path("run/mail-of-cron");
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }

  /** The arguments of unshare(1) that run a command line inside. */
  #inside(...command: readonly string[]): string[] {
    const apart = ["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"];
    return [...apart, "sh", "-c", enter, "sh", this.#directory, process.execPath, ...command];
  }
}
