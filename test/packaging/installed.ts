/**
 * What a Debian package does on a host, from its installation to its end, with real dpkg, systemd, cron and Postfix.
 * One contract for every package and every Debian.
 */
import { expect } from "chai";
import { until } from "../support/until.js";
import type { DebianHost } from "./debian-host.js";
import { otherPackageOf } from "./packages.js";

export interface Installation {
  /** Installs the package of a path of the host, as an administrator does. */
  readonly install: string;
  readonly deb: string;
  readonly earlier: string;
  readonly name: string;
}

const setRecipient = `sed -i 's/^#to = /to = /' /etc/logwinnow/logwinnow.toml`;
const status = "runuser -u logwinnow -- logwinnow status --json";

/** Where mail that cannot be delivered waits, by its end. */
const spool = "ls /var/lib/logwinnow/spool | grep -c mail";

function lastSuccess(host: DebianHost): string | undefined {
  return (JSON.parse(host.run(status).stdout) as { lastSuccess?: string }).lastSuccess;
}

function install(host: DebianHost, { install: command }: Installation, path: string): string {
  return host.must(`export DEBIAN_FRONTEND=noninteractive; ${command} ${path} 2>&1`);
}

/** Tests of a host that systemd booted. `prepare` gives it, and what is installed how. */
export function testsWithSystemd(prepare: () => { host: DebianHost; installation: Installation }): void {
  let host: DebianHost;
  let installation: Installation;
  let before: ReadonlySet<string>;

  it("is installed without a question, with a user, a timer, completions and manuals", () => {
    ({ host, installation } = prepare());
    before = host.paths();
    const said = install(host, installation, host.bring(installation.earlier));
    expect(said).to.include('logwinnow mails nothing yet: run "logwinnow setup"');
    expect(host.must("id -nG logwinnow").trim().split(" ")).to.have.members([
      "logwinnow",
      "adm",
      "systemd-journal",
      ...(host.run("getent group logcheck").status === 0 ? ["logcheck"] : []),
    ]);
    expect(host.must("systemctl is-enabled logwinnow.timer; systemctl is-active logwinnow.timer")).to.equal(
      "enabled\nactive\n",
    );
    expect(host.must("stat -c '%a %U' /var/lib/logwinnow")).to.equal("700 logwinnow\n");
  });

  it("reads and mails nothing before a recipient is set", () => {
    host.must("logger -t shop 'payment 81003 timed out'; systemctl start logwinnow.service");
    expect(host.must("ls -A /var/lib/logwinnow")).to.equal("");
    expect(host.mailbox()).to.equal("");
  });

  it("mails from the first time that the timer fires, and what came before it", async () => {
    host.must(setRecipient);
    host.must(
      `mkdir -p /run/systemd/system/logwinnow.timer.d
       printf '[Timer]\\nOnCalendar=\\nOnCalendar=*:*:0/5\\nRandomizedDelaySec=0\\nAccuracySec=100ms\\n' \
         >/run/systemd/system/logwinnow.timer.d/now.conf
       systemctl daemon-reload; systemctl restart logwinnow.timer`,
    );
    await until("the mail is in root's mailbox", () => host.mailbox().includes("payment 81003"), 30_000);
    host.must(
      "rm -r /run/systemd/system/logwinnow.timer.d; systemctl daemon-reload; systemctl restart logwinnow.timer",
    );
    host.must("while systemctl is-active -q logwinnow.service; do sleep 0.1; done");
    expect(host.mailbox()).to.match(/^From: logwinnow /m);
  });

  it("reads the journal in its sandbox, too", async () => {
    host.must(`printf '\\n[[source]]\\nkind = "journal"\\n' >>/etc/logwinnow/logwinnow.toml`);
    host.must("systemctl start logwinnow.service");
    host.must("logger -t shop --journald <<'E'\nMESSAGE=the journal alone knows\nSYSLOG_IDENTIFIER=shop\nE");
    host.must("journalctl --sync; systemctl start logwinnow.service");
    await until("it is in the mailbox", () => host.mailbox().includes("the journal alone knows"));
  });

  it("tells root by mail when the job fails, and that once", async () => {
    host.must(
      "cp /etc/logwinnow/logwinnow.toml /root/good.toml; echo 'to = 7' >>/etc/logwinnow/logwinnow.toml",
    );
    for (const attempt of [1, 2])
      expect(host.run("systemctl start logwinnow.service").status, `attempt ${attempt}`).to.not.equal(0);
    const text = await until("root has mail", () => {
      const mailbox = host.mailbox();
      return mailbox.includes("Subject: logwinnow failed on") && mailbox;
    });
    expect(text).to.include("configuration not used");
    expect(text.match(/^Subject: logwinnow failed/gm)).to.have.length(1);
    host.must("cp /root/good.toml /etc/logwinnow/logwinnow.toml");
  });

  it("keeps state, settings and waiting mail when it is upgraded", async () => {
    host.must("systemctl stop postfix; logger -t shop 'the cellar is full of water'; sleep 0.2");
    host.must("systemctl start logwinnow.service");
    expect(host.must(spool).trim()).to.equal("1");
    const success = lastSuccess(host);
    host.must("systemctl disable --now logwinnow.timer");
    install(host, installation, host.bring(installation.deb));
    expect(lastSuccess(host)).to.equal(success);
    // An administrator who turned it off finds it off.
    expect(
      host.run("systemctl is-enabled logwinnow.timer; systemctl is-active logwinnow.timer").stdout,
    ).to.equal("disabled\ninactive\n");
    host.must("systemctl enable --now logwinnow.timer; systemctl start postfix");
    host.must("runuser -u logwinnow -- logwinnow spool flush");
    await until("what waited is in the mailbox", () =>
      host.mailbox().includes("the cellar is full of water"),
    );
    expect(host.mailbox().split("payment 81003 timed out").length).to.be.lessThan(4);
  });

  it("keeps the state when it is removed, and says where; purged, it leaves nothing", () => {
    const removed = host.must(`dpkg --remove ${installation.name} 2>&1`);
    expect(removed).to.include("kept /var/lib/logwinnow");
    expect(removed).to.include(`apt purge ${installation.name}`);
    host.must("test -d /var/lib/logwinnow");
    expect(host.run("systemctl is-active logwinnow.timer").stdout).to.equal("inactive\n");
    host.must(`dpkg --purge ${installation.name}`);
    expectNothingLeft(host, before);
  });
}

/** Tests of a host without systemd, where cron runs. */
export function testsWithCron(prepare: () => { host: DebianHost; installation: Installation }): void {
  it("is run by cron, which has no word to say; purged, it leaves nothing", async () => {
    const { host, installation } = prepare();
    host.must("rsyslogd 2>&1; postfix start 2>&1");
    const before = host.paths();
    install(host, installation, host.bring(installation.deb));
    host.must(`${setRecipient}; logger -t shop 'payment 81003 timed out'; rm -f /run/crond.reboot; cron`);
    await until("the mail is in root's mailbox", () => host.mailbox().includes("payment 81003"), 30_000);
    expect(host.mailbox()).to.not.include("Subject: Cron");
    host.must(`pkill -x cron; dpkg --purge ${installation.name}`);
    expectNothingLeft(host, before);
  });
}

/** A host that goes from one package to the other. */
export function testsOfBothPackages(prepare: () => { host: DebianHost; installation: Installation }): void {
  it("gives its place, its settings and its state to the other package, and purged later takes none of them", () => {
    const { host, installation } = prepare();
    install(host, installation, host.bring(installation.deb));
    host.must(`${setRecipient}; touch /var/lib/logwinnow/mine`);
    install(host, installation, host.bring(otherPackageOf(installation.deb)));
    expect(host.must("dpkg-query --show --showformat '${db:Status-Status}' logwinnow")).to.equal(
      "config-files",
    );
    host.must("dpkg --purge logwinnow");
    host.must(
      "grep -q '^to = ' /etc/logwinnow/logwinnow.toml; test -e /var/lib/logwinnow/mine; id logwinnow",
    );
    host.must("test -e /etc/cron.d/logwinnow; logwinnow --version");
    expect(host.must("systemctl is-enabled logwinnow.timer")).to.equal("enabled\n");
    host.must("dpkg --purge logwinnow-standalone");
    host.must("! test -e /etc/logwinnow; ! test -e /var/lib/logwinnow; ! id logwinnow 2>&1");
  });
}

/** What dpkg, passwd(5) and man-db keep for themselves of any package. */
const ofOthers =
  /^\/var\/(?:lib\/dpkg|backups|cache\/(?:man|debconf|apt|ldconfig)|lib\/systemd\/timers$)|^\/etc\/(?:(?:passwd|group|shadow|gshadow|subuid|subgid)-$|\.pwd\.lock$)/;

function expectNothingLeft(host: DebianHost, before: ReadonlySet<string>): void {
  const left = [...host.paths()].filter((path) => !before.has(path) && !ofOthers.test(path));
  expect(left).to.deep.equal([]);
  expect(
    host.run("getent passwd logwinnow; getent group logwinnow; grep -r --exclude='*-' logwinnow /etc").stdout,
  ).to.equal("");
}
