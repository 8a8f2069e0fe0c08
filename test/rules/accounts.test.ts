/**
 * Holds the shipped lists of commands to what service accounts ran when they were recorded.
 * Promise: a daemon's own commands raise no alarm, and anything else that its account runs does.
 */

import { readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { loadRules } from "../../src/rules/files/load-rules.js";
import { compileRules } from "../../src/rules/rule-set.js";
import { repository } from "./shipped.js";

/** Command names as the kernel accounted for them on Debian 12, cut at 15 bytes. */
const recorded: Readonly<Record<string, readonly string[]>> = {
  _chrony: ["chronyd"],
  bind: ["named"],
  dovecot: ["anvil", "auth", "stats"],
  haproxy: ["haproxy"],
  mysql: ["mariadbd", "galera_recovery", "my_print_defaul", "chmod", "id", "mktemp", "rm", "sed"],
  opendkim: ["opendkim"],
  postfix: ["anvil", "bounce", "cleanup", "dnsblog", "lmtp", "pickup", "postscreen", "postsuper"].concat([
    "proxymap",
    "qmgr",
    "scache",
    "showq",
    "smtp",
    "smtpd",
    "tlsmgr",
    "trivial-rewrite",
  ]),
  redis: ["redis-server"],
  unbound: ["unbound", "cp", "mv", "sh"],
  "www-data": ["apache2", "nginx", "php-fpm8.2"],
};

describe("shipped lists of commands", () => {
  const { rules } = loadRules({ directories: [{ path: repository, isNamed: true }], level: "server" });
  const ruleSet = compileRules(rules, { locale: "UTF-8", widensHeaders: true });
  const scanner = ruleSet.patterns.scanner({ isSelected: () => false });

  function isAlarm(user: string, command: string): boolean {
    const record = `acct: command=${command} uid=33 user=${user} tty=- flags=FS status=0 elapsed=0.01`;
    const id = scanner.matchLine(Buffer.from(`Nov 22 00:41:26 web1 ${record}`, "utf8"));
    const lists = scanner.matches(id).map((index) => ruleSet.rules[index]?.list);
    return lists.includes("never") && !lists.includes("never.ignore");
  }

  it("are each held to a recording", () => {
    expect(readdirSync(path.join(repository, "acct.d")).toSorted()).to.deep.equal(
      Object.keys(recorded).toSorted(),
    );
  });

  for (const [user, commands] of Object.entries(recorded)) {
    it(`${user} runs what it ran, and nothing else`, () => {
      expect(commands.filter((command) => isAlarm(user, command))).to.deep.equal([]);
      const forbidden = ["bash", "wget", "gcc", "x", `${commands[0]}.old`, `not-${commands[0]}`];
      expect(forbidden.filter((command) => !isAlarm(user, command))).to.deep.equal([]);
    });
  }
});
