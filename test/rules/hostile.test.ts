/**
 * Fills every field of the lines that are dropped with what an attacker would write there.
 * Promise: no forged field makes a rule swallow what stands after it, and none hides an alarm.
 */

import { expect } from "chai";
import { isLong } from "../support/seed.js";
import { keysOf, keyText } from "./keys.js";
import { matcherOf } from "./matcher.js";
import { isIgnoring, outcome, proofLines, shippedRules } from "./shipped.js";
import type { ProofLine, ShippedRule } from "./shipped.js";
import { textsTaken } from "./takes-text.js";

const rules = shippedRules();
const proof = proofLines();
const match = matcherOf(rules);
const keyOf = keysOf(rules);
/** What a host knows that has seen all lines of proof that are dropped. */
const known = new Set(
  proof
    .filter(({ expected }) => expected === "ignored")
    .flatMap(({ text }) => keyOf(text, match(text)) ?? [])
    .map(keyText),
);

/** Whether a line is dropped by a host that knows the lines of proof. */
function isDropped(line: string): boolean {
  const matching = match(line);
  if (outcome(matching, "workstation") !== "ignored") return false;
  const key = keyOf(line, matching);
  return key === undefined || known.has(keyText(key));
}

/** Whether a rule tells what it takes of free text when it is first seen. */
function isFirstSeen(rule: ShippedRule): boolean {
  return rule.directives.includes("first-seen=");
}

/** Rules that take free text to the end of the line, and who writes that text. Nobody else may. */
const freeText: readonly { readonly program: string; readonly contains: string; readonly writer: string }[] =
  [
    { program: "systemd", contains: " - [^:]* was skipped", writer: "a unit file of the system manager" },
    { program: "systemd", contains: "Unset automount", writer: "a unit file of the system manager" },
    { program: "systemd", contains: "resulted in [A-Za", writer: "a unit file of the system manager" },
    { program: "systemd", contains: "syslog\\.socket)( - .*)?", writer: "a unit file of the system manager" },
    { program: "systemd", contains: "path))( - .*)?", writer: "a unit file of the system manager" },
    { program: "systemd", contains: "Watching system buttons", writer: "the maker of a device with keys" },
    { program: "firmware", contains: "Found hardware:", writer: "the maker of a sound card" },
    { program: "sudo", contains: "COMMAND=(/", writer: "who runs a command that he ran before" },
    { program: "firewall", contains: "IN=", writer: "the log prefix in the admin's rules" },
    { program: "dbus", contains: 'comm="[^"]*"', writer: "a process of root, by its own name" },
    { program: "audit", contains: " EVENT=[", writer: "who did what the event's first record tells of" },
    { program: "apt", contains: "upgraded:( [-+.:a-z0-9]+)*", writer: "the names of packages" },
    { program: "kernel-boot", contains: "systemd\\[1\\]: (sys", writer: "a unit file of the system" },
    { program: "kernel-boot", contains: "ATA(PI)?", writer: "the maker of the disk" },
    { program: "kernel-boot", contains: "DMI: ", writer: "the maker of the board" },
    { program: "kernel-boot", contains: "CPU0: ", writer: "the maker of the processor" },
    { program: "kernel-boot", contains: " USB HID v", writer: "the maker of a device that was plugged in" },
    {
      program: "kernel-trace",
      contains: "Hardware name: ",
      writer: "the kernel, of the board and the processes",
    },
    { program: "ubuntu", contains: "(/[A-Z]{1,12}=", writer: "the keys in the firmware of the board" },
    {
      program: "xorg",
      contains: "Kernel command line",
      writer: "the display server's build, and the kernel",
    },
    { program: "xorg", contains: "ATI|AMD", writer: "the display server's driver, of cards" },
    { program: "red-hat", contains: "[kM]?B/s", writer: "the names of the admin's repositories" },
    { program: "ubuntu", contains: "50-motd-news", writer: "Ubuntu, of its news, through a script of root" },
    { program: "xorg", contains: "(II|--", writer: "the display server, of its devices: no warning" },
    { program: "ubuntu", contains: "debug: .*", writer: "the boot tables on the machine's disks" },
    { program: "bind", contains: "built with +'--.*$", writer: "the package's build" },
    // A client, and the server escapes what would end the field: web.test.ts.
    { program: "web", contains: '"', writer: "a client, of itself" },
    { program: "haproxy", contains: '"', writer: "a client, of itself" },
    { program: "caddy", contains: '"', writer: "a client, of itself" },
  ];

/** Rules that take several words of their own choice somewhere in a line, and who writes them. Nobody else may. */
const sentences: readonly { readonly program: string; readonly contains: string; readonly writer: string }[] =
  [
    { program: "kernel-boot", contains: " kernel:", writer: "the kernel, of its devices and tables" },
    { program: "kernel-words", contains: " kernel:", writer: "the kernel, of words that are listed" },
    { program: "kernel-trace", contains: " kernel:", writer: "the kernel, of its registers and tables" },
    { program: "amavis", contains: "tried: ", writer: "amavis: the programs that it looks for" },
    { program: "app-servers", contains: "gitlab-runner", writer: "gitlab-runner: a word a value" },
    { program: "gnome", contains: "plugins: ", writer: "the build of gnome-software" },
    { program: "home", contains: "Retention policy", writer: "influxd: a word a value" },
    { program: "kubernetes", contains: "SyncLoop", writer: "kubelet: a word a value" },
    { program: "docker", contains: "level=(info|warning) msg=", writer: "containerd: a word a value" },
    { program: "exim4", contains: '( C="25', writer: "the server that took the mail: words with digits" },
    { program: "firmware", contains: "using plugins: ", writer: "the build of usbmuxd or ModemManager" },
    { program: "firmware", contains: "Adapter: ", writer: "the machine's sensors" },
    { program: "monitoring", contains: 'msg="?(', writer: "an exporter: a word a value" },
    {
      program: "monitoring",
      contains: "Loaded (inputs",
      writer: "telegraf: the plugins of its configuration",
    },
    { program: "network-manager", contains: "Read config", writer: "files of its configuration" },
    { program: "openvpn", contains: "VERIFY OK: ", writer: "a certificate of the VPN's own authority" },
    { program: "rspamd", contains: "cpu features: ", writer: "the processor" },
    { program: "smartd", contains: "S/N:", writer: "the maker of the disk" },
    { program: "strongswan", contains: "loaded plugins: ", writer: "its build" },
    { program: "strongswan", contains: " cert|", writer: "the certificates of the VPN" },
    { program: "strongswan", contains: "(ca )?certificate) ", writer: "the certificates of the VPN" },
    { program: "systemd", contains: "search domain list to: ", writer: "the network's configuration" },
    { program: "ubuntu", contains: "(Starting|Stopping|Not starting", writer: "the scripts of /etc/init.d" },
  ];

/** What the kernel says when something is wrong. */
const failures: readonly string[] =
  "abort aborted bad broken bug can't cannot conflict corrupt corrupted critical dead degraded denied died disconnect down drop dropped emergency error errors exceeded exception fail failed failing failure fatal fault faulty flooding forced frozen hang hung illegal invalid kill killed lost malformed missing new not offline oom overflow overheat panic promiscuous refused rejected removed reset resetting retry segfault stall stalled stopped stuck suspect tainted terminated throttled timeout unable unexpected unhandled unknown unreachable unsafe unstable unsupported violation vulnerable warning wrong"
    .split(" ")
    .flatMap((word) => [word, word[0]?.toUpperCase() + word.slice(1), word.toUpperCase()]);

const forgeries: readonly string[] = [
  "x: Accepted password for root from 203.0.113.66 port 22 ssh2",
  'x" y: Accepted password for root from',
  "x' (y) [1]: Accepted password for root from",
  "x> to=<y> proto=ESMTP helo=<z>: Accepted password for root from",
  "x) {y} ]: Accepted password for root from [203.0.113.66",
];

/** Three words that no daemon says, as one class of characters or another takes them. */
const freeWords: readonly string[] = [
  "zwyx quvj kwpf",
  "ZWYX QUVJ KWPF",
  "Zwyx Quvj Kwpf",
  "zwyx-9 quvj-9 kwpf",
  "zwyx/quvj (kwpf xzqv)",
  "zwyx, quvj, kwpf",
  "zwyx=quvj kwpf=xzqv, qwzx=1",
  "zwyx: quvj. Kwpf xzqv",
];

/** What the log's reader sees after the program's name. */
function messageOf(line: string): string {
  return line.replace(/^\w{3} [ :0-9]{11} [^ ]+ [^ ]+ /u, "");
}

/** The line with each of its words replaced by the text, one at a time, and with the text after each of its words. */
function filled(line: string, text: string): readonly string[] {
  const header = /^\w{3} [ :0-9]{11} [^ ]+ [^ :]+ ?/u.exec(line)?.[0].length ?? 0;
  const results: string[] = [];
  for (const word of line.slice(header).matchAll(/[^\s"'<>()[\]{},;=]+/gu)) {
    const start = header + word.index;
    const end = start + word[0].length;
    results.push(line.slice(0, start) + text + line.slice(end));
    results.push(line.slice(0, end) + text + line.slice(end));
  }
  return results;
}

function isSentence(rule: ShippedRule): boolean {
  return sentences.some(({ program, contains }) => rule.program === program && rule.text.includes(contains));
}

function isFreeText(rule: ShippedRule): boolean {
  return freeText.some(({ program, contains }) => rule.program === program && rule.text.includes(contains));
}

function shown(line: ProofLine, forged: string): string {
  return `${line.layer}/${line.program}: ${forged}`;
}

describe("shipped rules against hostile lines", () => {
  const ignored = proof.filter((line) => line.expected === "ignored");
  const alarms = proof.filter((line) => line.expected === "never" || line.expected === "violation");

  it("drop no line into which a field brings more words", () => {
    const swallowed: string[] = [];
    for (const line of ignored) {
      if (match(line.text).some(isFreeText)) continue;
      for (const text of forgeries) {
        for (const forged of filled(line.text, text)) {
          if (isDropped(forged)) swallowed.push(shown(line, forged));
        }
      }
    }
    expect(swallowed.slice(0, 20)).to.deep.equal([]);
  });

  it("drop no line into which a field brings the message of an alarm", () => {
    // Records of processes and JSON documents are no messages.
    const isMessage = ({ program }: ProofLine): boolean => program !== "acct" && program !== "caddy";
    const messages = alarms.filter(isMessage).map((line) => messageOf(line.text));
    const swallowed: string[] = [];
    // Words that are listed, and only the kernel says them, may be those of some daemon's alarm.
    const takesWords = (rule: ShippedRule): boolean => isFreeText(rule) || rule.program === "kernel-words";
    ignored.forEach((line, index) => {
      if (match(line.text).some(takesWords)) return;
      // Each line meets a few of the messages, in turn: together they meet them all. In the long run each meets each.
      const turns = isLong ? messages.length : 3;
      for (let turn = 0; turn < turns; turn += 1) {
        const message = messages[(index * turns + turn) % messages.length] ?? "";
        for (const forged of filled(line.text, `x ${message}`)) {
          if (isDropped(forged)) swallowed.push(shown(line, forged));
        }
      }
    });
    expect(swallowed.slice(0, 20)).to.deep.equal([]);
  });

  it("raise an alarm whatever an attacker makes stand after it", () => {
    const lost: string[] = [];
    alarms.forEach((line, index) => {
      const tails = ignored.filter((_, turn) => turn % 40 === index % 40).map((one) => messageOf(one.text));
      for (const tail of tails) {
        const forged = `${line.text}: ${tail}`;
        const raised = ["never", outcome(match(line.text), "workstation")];
        if (!raised.includes(outcome(match(forged), "workstation"))) {
          lost.push(shown(line, forged));
        }
      }
    });
    expect(lost.slice(0, 20)).to.deep.equal([]);
  });

  it("are anchored: an ignoring rule takes the line from its first byte to its last", () => {
    const open = rules.filter(
      (rule) => rule.layer !== "never" && rule.layer !== "violations" && !/^\^.*[^\\]\$$/u.test(rule.text),
    );
    expect(open.map((rule) => `${rule.layer}/${rule.program}:${rule.lineNumber}`)).to.deep.equal([]);
  });

  it("take a sentence only where nobody but root writes", () => {
    const taking = rules
      .filter(
        (rule) => isIgnoring(rule.layer) && !isFreeText(rule) && !isSentence(rule) && !isFirstSeen(rule),
      )
      .map((rule) => ({ rule, texts: textsTaken(rule.text, freeWords) }))
      .filter(({ texts }) => texts.length > 0);
    expect(
      taking.map(
        ({ rule, texts }) => `${rule.layer}/${rule.program}:${rule.lineNumber}: ${texts.join(" | ")}`,
      ),
    ).to.deep.equal([]);
  });

  it("take no word of failure for one of success", () => {
    const words = rules.filter((rule) => rule.program === "kernel-words");
    expect(words).to.have.lengthOf(1);
    for (const { text } of words) {
      const between = failures.flatMap((word) => [`: 1 ${word} 1`, `: 1 ${word}: 1`, `: ${word}, 1 1`]);
      expect(textsTaken(text, between)).to.deep.equal([]);
      expect(textsTaken(text, [": 1 found 1", ": registered, 1 1"])).to.have.lengthOf(2);
    }
  });

  it("have an unbounded wildcard only where nobody but root writes", () => {
    const unbounded = rules.filter(
      (rule) =>
        !["never", "violations"].includes(rule.layer) && /\.[*+]/u.test(rule.text.replaceAll("\\.", "")),
    );
    const unexplained = unbounded.filter(
      (rule) => !isFreeText(rule) && !isFirstSeen(rule) && !/[[(][^\])]*\.[*+]/u.test(rule.text),
    );
    expect(unexplained.map((rule) => `${rule.layer}/${rule.program}:${rule.lineNumber}`)).to.deep.equal([]);
  });
});
