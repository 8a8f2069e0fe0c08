/**
 * A Debian host of the test's own, in namespaces: booted by systemd, or without it. Its network is its own loopback.
 * Promise: nothing of the machine is changed, and all its processes end with it.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { until } from "../support/until.js";

const scripts = resolve("test/rules/record");

/** Process 1 where systemd is not to be: it only waits. */
const idle = ["sleep", "infinity"];

/**
 * Lays a file system over that of this machine, which must be a Debian, and takes out what a fresh host has not. systemd
 * starts what the test needs and nothing else that is installed.
 */
const overMachine = `
set -e
mkdir -p "$1/upper" "$1/root"
mount -t tmpfs tmpfs "$1/upper"
mkdir "$1/upper/changed" "$1/upper/work"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper/changed,workdir=$1/upper/work" "$1/root"
cd "$1/root"
rm -rf etc/logwinnow var/lib/logwinnow var/cache/logwinnow usr/sbin/policy-rc.d etc/logcheck
rm -rf etc/cron.d/* var/log/* var/mail/* var/spool/postfix/maildrop/* var/spool/postfix/deferred/* var/spool/postfix/pid/* etc/systemd/system/*.wants
mkdir -p etc/systemd/system var/log/journal
printf '[Unit]\\nRequires=multi-user.target\\nWants=rsyslog.service postfix.service\\nAfter=multi-user.target\\n' \\
  >etc/systemd/system/test.target
ln -sf test.target etc/systemd/system/default.target
echo web1 >etc/hostname
printf '127.0.0.1 localhost\\n127.0.1.1 web1.localdomain web1\\n' >etc/hosts
printf '%s\\n' 'compatibility_level = 3.6' 'inet_protocols = ipv4' 'inet_interfaces = loopback-only' \\
  'myhostname = web1.localdomain' 'mydestination = web1, localhost, $myhostname' 'alias_maps =' >etc/postfix/main.cf
[ "$2" = /usr/bin/node ] || ln -sf "$2" usr/bin/node
shift 2
exec "$@"
`;

export interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class DebianHost {
  readonly #process: ChildProcess;
  readonly #pid: number;

  private constructor(command: readonly string[]) {
    this.#process = spawn("unshare", ["--mount", "--propagation", "private", ...command], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    this.#pid = this.#process.pid ?? 0;
  }

  /** A copy of this machine, whose changes are kept in memory. `directory` is empty. */
  static async overMachine(directory: string, init: "systemd" | "none"): Promise<DebianHost> {
    const boot = ["bash", `${scripts}/boot.sh`, `${directory}/root`, ...(init === "none" ? idle : [])];
    const host = new DebianHost(["bash", "-c", overMachine, "bash", directory, process.execPath, ...boot]);
    return host.#booted(init);
  }

  /** A root that debootstrap made. It is changed. */
  static async inRoot(root: string, init: "systemd" | "none"): Promise<DebianHost> {
    const host = new DebianHost(["bash", `${scripts}/boot.sh`, root, ...(init === "none" ? idle : [])]);
    return host.#booted(init);
  }

  async #booted(init: "systemd" | "none"): Promise<this> {
    // Before process 1 has another name, the root is still that of the machine.
    const first = init === "none" ? "sleep" : "systemd";
    const isInside = () => this.run("cat /proc/1/comm").stdout === `${first}\n`;
    await until("process 1 of the host has started", isInside, 60_000);
    if (init === "none") return this;
    const isUp = () => /^(?:running|degraded)$/m.test(this.run("systemctl is-system-running").stdout);
    await until("the host has booted", isUp, 60_000);
    return this;
  }

  /** Runs a command of sh(1) as root, without an environment of the machine. */
  run(command: string, input: Uint8Array | string = ""): Said {
    const { status, stdout, stderr } = spawnSync(
      "bash",
      [`${scripts}/enter.sh`, String(this.#pid), "sh", "-c", command],
      { input, maxBuffer: 2 ** 28 },
    );
    return { status, stdout: stdout.toString(), stderr: stderr.toString() };
  }

  /** The same, of a command that must succeed. Out: what it printed. */
  must(command: string, input: Uint8Array | string = ""): string {
    const { status, stdout, stderr } = this.run(command, input);
    if (status !== 0) throw new Error(`${command}: exit status ${status}: ${stdout}${stderr}`);
    return stdout;
  }

  /** Copies a file of the machine to /root. Out: its path there. */
  bring(path: string): string {
    const place = `/root/${path.split("/").at(-1)}`;
    this.must(`cat > ${place}`, readFileSync(path));
    return place;
  }

  /** The mail in root's mailbox, as mbox(5). */
  mailbox(): string {
    return this.run("cat /var/mail/root").stdout;
  }

  /** Every path where packages and jobs have files, except those of logs, mailboxes and queues. */
  paths(): ReadonlySet<string> {
    const skipped = "/var/log /var/mail /var/spool/postfix /var/lib/postfix /var/tmp"
      .split(" ")
      .map((path) => `-path ${path}`)
      .join(" -o ");
    return new Set(this.must(`find /etc /usr /var -xdev \\( ${skipped} \\) -prune -o -print`).split("\n"));
  }

  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    const ended = once(this.#process, "exit");
    // Its child is process 1 of the namespace: with it all others end.
    const [child] = readFileSync(`/proc/${this.#pid}/task/${this.#pid}/children`, "utf8").split(" ");
    process.kill(Number(child) || this.#pid, "SIGKILL");
    await ended;
  }
}
