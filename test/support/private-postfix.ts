/**
 * A Postfix of the test's own: configuration, queue, data and mailboxes in one directory, listening on loopback alone.
 * Promise: it touches no other Postfix of the machine, and no mail leaves it but into its own mailbox.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";

/** The address whose mail is kept; every other is refused. */
export const postfixRecipient = "ops@elsewhere.example";

/** Of nobody, whom Postfix lets own a mailbox. */
const mailboxUid = 65534;

function run(command: string, args: readonly string[]): string {
  const path = `${process.env.PATH ?? ""}:/usr/sbin:/sbin`;
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    env: { PATH: path, TZ: "UTC" },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: exit status ${status}: ${stderr}`);
  return stdout;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

export class PrivatePostfix {
  readonly port: number;
  /** A program that takes mail for this Postfix as `/usr/sbin/sendmail` does for the machine's. */
  readonly sendmail: string;
  readonly #settings: string;
  readonly #mailbox: string;

  /** In: an empty directory, which Postfix's unprivileged daemons must be able to reach. Needs root. */
  static async start(directory: string): Promise<PrivatePostfix> {
    return new PrivatePostfix(directory, await freePort());
  }

  private constructor(directory: string, port: number) {
    this.port = port;
    this.sendmail = join(directory, "sendmail");
    this.#settings = join(directory, "conf");
    this.#mailbox = join(directory, "mail", "ops");
    const owner = Number(run("id", ["-u", "postfix"]));
    chmodSync(directory, 0o755);
    for (const [name, uid] of Object.entries({ conf: 0, queue: 0, data: owner, mail: mailboxUid })) {
      mkdirSync(join(directory, name));
      chownSync(join(directory, name), uid, 0);
    }
    writeFileSync(join(this.#settings, "main.cf"), mainSettings(directory));
    writeFileSync(join(this.#settings, "master.cf"), services(port));
    writeFileSync(this.sendmail, `#!/bin/sh\nexec /usr/sbin/sendmail -C ${this.#settings} "$@"\n`);
    chmodSync(this.sendmail, 0o755);
    run("postfix", ["-c", this.#settings, "start"]);
  }

  /** The mails in the mailbox, as RFC 5322 bytes in latin1, without the lines that mbox puts before each. */
  mails(): string[] {
    if (!existsSync(this.#mailbox)) return [];
    const mbox = readFileSync(this.#mailbox, "latin1");
    // Each mail ends with an empty line; one that is still being written does not yet.
    return mbox
      .split(/^From .*\n/m)
      .slice(1)
      .filter((mail) => mail.endsWith("\n\n"));
  }

  stop(): void {
    run("postfix", ["-c", this.#settings, "stop"]);
  }
}

function mainSettings(directory: string): string {
  return `compatibility_level = 3.6
queue_directory = ${directory}/queue
data_directory = ${directory}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = ${directory}
maillog_file = ${directory}/mail.log
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = mail.elsewhere.example
mydestination =
virtual_mailbox_domains = elsewhere.example
virtual_mailbox_base = ${directory}/mail
virtual_mailbox_maps = inline:{${postfixRecipient}=ops}
virtual_uid_maps = static:${mailboxUid}
virtual_gid_maps = static:${mailboxUid}
smtpd_relay_restrictions = permit_mynetworks, reject
default_transport = error:no mail leaves this test
`;
}

function services(port: number): string {
  return `127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;
}
