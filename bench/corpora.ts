/**
 * Makes the logs that the bench runs over.
 * Promise: the same arguments give the same bytes.
 *
 * Ordinary: a host as it is, a few dozen kinds of lines. Diverse: lines made from the rules themselves, each rule alike
 * often. Mutated: ordinary lines with a byte changed in every second one. Random: printable noise.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { hasByte } from "../src/ere/alphabet/byte-set.js";
import type { SyntaxTree } from "../src/ere/syntax/syntax-tree.js";

export type CorpusKind = "ordinary" | "diverse" | "mutated" | "random";

export type Random = () => number;

export function randomNumbers(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

const whole = (random: Random, from: number, to: number) => from + Math.floor(random() * (to - from + 1));
const address = (random: Random) =>
  [whole(random, 1, 223), whole(random, 0, 255), whole(random, 0, 255), whole(random, 1, 254)].join(".");
const user = (random: Random) => ["root", "admin", "test", "git", "oracle", "backup"][whole(random, 0, 5)];
const number = (random: Random) => whole(random, 500, 65535);

/** How often, and what, after the host name. Kinds and shares of a small server on the open internet. */
const messages: readonly (readonly [number, (random: Random) => string])[] = [
  [
    28,
    (r) =>
      `sshd[${number(r)}]: Failed password for invalid user ${user(r)} from ${address(r)} port ${number(r)} ssh2`,
  ],
  [14, (r) => `sshd[${number(r)}]: Invalid user ${user(r)} from ${address(r)} port ${number(r)}`],
  [
    22,
    (r) =>
      `sshd[${number(r)}]: Connection closed by authenticating user root ${address(r)} port ${number(r)} [preauth]`,
  ],
  [
    8,
    (r) =>
      `sshd[${number(r)}]: Received disconnect from ${address(r)} port ${number(r)}:11: Bye Bye [preauth]`,
  ],
  [12, (r) => `CRON[${number(r)}]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)`],
  [12, (r) => `CRON[${number(r)}]: pam_unix(cron:session): session closed for user root`],
  [8, (r) => `CRON[${number(r)}]: (root) CMD (cd / && run-parts --report /etc/cron.hourly)`],
  [8, (r) => `systemd[1]: Started Session ${number(r)} of User ${user(r)}.`],
  [12, (r) => `postfix/smtpd[${number(r)}]: connect from unknown[${address(r)}]`],
  [12, (r) => `postfix/smtpd[${number(r)}]: disconnect from unknown[${address(r)}] ehlo=1 quit=1 commands=2`],
  [
    6,
    (r) =>
      `postfix/qmgr[1201]: 4XqD2k${number(r)}: from=<root@web1.example.org>, size=${number(r)}, nrcpt=1 (queue active)`,
  ],
  [
    20,
    (r) =>
      `kernel: [${number(r)}.${number(r)}] [UFW BLOCK] IN=eth0 OUT= MAC=aa:bb:cc SRC=${address(r)} DST=10.0.0.5 LEN=40 TTL=240 ID=${number(r)} PROTO=TCP SPT=${number(r)} DPT=${number(r)} WINDOW=1024 SYN URGP=0`,
  ],
  [
    6,
    (r) =>
      `dovecot: imap-login: Login: user=<${user(r)}>, method=PLAIN, rip=${address(r)}, lip=10.0.0.5, mpid=${number(r)}, TLS, session=<x${number(r)}>`,
  ],
  [
    6,
    (r) =>
      `named[801]: client @0x7f${number(r)} ${address(r)}#${number(r)} (example.com): query (cache) 'example.com/ANY/IN' denied`,
  ],
];
const totalShare = messages.reduce((sum, [share]) => sum + share, 0);
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function ordinaryLines(random: Random): () => string {
  let seconds = 0;
  return () => {
    seconds += whole(random, 0, 600);
    const date = new Date(Date.UTC(2026, 0, 1) + 1000 * seconds);
    const day = String(date.getUTCDate()).padStart(2);
    const header = `${months[date.getUTCMonth()]} ${day} ${date.toISOString().slice(11, 19)} web1 `;
    let left = random() * totalShare;
    const [, message] = messages.find(([share]) => (left -= share) < 0) ?? messages[0] ?? [0, () => ""];
    return header + message(random);
  };
}

/**
 * A text that the tree matches; an anchor is nothing, a back-reference too. What may be repeated without end is so
 * `repeats` times where that is given, each time alike.
 */
export function textOf(tree: SyntaxTree, random: Random, repeats?: number): string {
  switch (tree.kind) {
    case "byte": {
      const bytes = Array.from({ length: 0x5f }, (_, i) => 0x20 + i).filter((byte) =>
        hasByte(tree.set, byte),
      );
      const byte = bytes[whole(random, 0, bytes.length - 1)];
      return byte === undefined ? "" : String.fromCharCode(byte);
    }
    case "group":
      return textOf(tree.body, random, repeats);
    case "sequence":
      return tree.parts.map((part) => textOf(part, random, repeats)).join("");
    case "choice": {
      const branch = tree.branches[whole(random, 0, tree.branches.length - 1)];
      return branch === undefined ? "" : textOf(branch, random, repeats);
    }
    case "repeat": {
      if (repeats !== undefined && tree.maximum === Infinity)
        return textOf(tree.body, random).repeat(repeats);
      const count = whole(random, tree.minimum, Math.min(tree.maximum, tree.minimum + 8));
      return Array.from({ length: count }, () => textOf(tree.body, random)).join("");
    }
    default:
      return "";
  }
}

function changed(line: string, random: Random): string {
  const at = whole(random, 0, line.length - 1);
  return line.slice(0, at) + String.fromCharCode(whole(random, 0x20, 0x7e)) + line.slice(at + 1);
}

function linesOf(kind: CorpusKind, trees: readonly SyntaxTree[], random: Random): () => string {
  const ordinary = ordinaryLines(random);
  switch (kind) {
    case "ordinary":
      return ordinary;
    case "mutated":
      return () => (random() < 0.5 ? changed(ordinary(), random) : ordinary());
    case "diverse":
      return () => {
        const tree = trees[whole(random, 0, trees.length - 1)];
        return tree === undefined ? "" : textOf(tree, random);
      };
    case "random":
      return () =>
        Array.from({ length: whole(random, 0, 200) }, () =>
          String.fromCharCode(whole(random, 0x20, 0x7e)),
        ).join("");
  }
}

/** Writes a log of at least so many bytes. `trees` are the rules that a diverse log is made from. */
export function writeCorpus(
  path: string,
  kind: CorpusKind,
  bytes: number,
  trees: readonly SyntaxTree[],
): void {
  const next = linesOf(kind, trees, randomNumbers(7));
  const file = openSync(path, "w");
  let block = "";
  for (let written = 0; written < bytes;) {
    const line = `${next()}\n`;
    block += line;
    written += line.length;
    if (block.length > 1 << 20 || written >= bytes) {
      writeSync(file, block, null, "latin1");
      block = "";
    }
  }
  closeSync(file);
}
