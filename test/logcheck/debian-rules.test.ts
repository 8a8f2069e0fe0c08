/** The whole of Debian's rules: each line lands where logcheck puts it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { isLong, randomStream } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { lineOfRule, mutated } from "./lines-of-rules.js";
import { LogcheckHost, type RuleTreeText } from "./oracle.js";

const rulesRoot = "/etc/logcheck";

function debianRules(): RuleTreeText {
  const directories = readdirSync(rulesRoot).filter((name) => /^(?:cracking|violations|ignore)\./.test(name));
  return Object.fromEntries(
    directories.map((directory) => {
      const names = readdirSync(join(rulesRoot, directory));
      return [
        directory,
        Object.fromEntries(
          names.map((name) => [name, readFileSync(join(rulesRoot, directory, name), "latin1")]),
        ),
      ];
    }),
  );
}

describe("Debian's rules", () => {
  let rules: RuleTreeText;

  before(function () {
    needsTool(this, "/usr/sbin/logcheck", "setpriv");
    try {
      rules = debianRules();
    } catch {
      this.skip(); // Only root and the user logcheck may read them.
    }
  });

  for (const level of ["paranoid", "server", "workstation"])
    it(`put lines made from themselves where logcheck puts them, at level ${level}`, async function () {
      this.timeout(isLong ? 3_600_000 : 120_000);
      const random = randomStream();
      const texts = Object.values(rules).flatMap((files) =>
        Object.values(files).flatMap((text) => text.split("\n")),
      );
      const lines = texts
        .filter((text) => text.trim() !== "" && !text.startsWith("#"))
        .flatMap((text) => {
          const rule = Buffer.from(text, "latin1");
          return Array.from({ length: isLong ? 35 : 1 }, () => {
            const line = lineOfRule(rule, random);
            return [line, mutated(line, random)];
          }).flat();
        });
      const newline = Buffer.from("\n");
      const log = Buffer.concat(lines.flatMap((line) => [line, newline]));
      const host = new LogcheckHost({ rules, logs: { syslog: log }, conf: "DATE=now\n" });
      try {
        const flags = ["-o", "-t", level === "paranoid" ? "-p" : level === "server" ? "-s" : "-w"];
        for (const environment of [{ LC_ALL: "C" }, { LC_ALL: "C.UTF-8" }]) {
          const [theirs, ours] = await Promise.all([
            host.run(flags, environment),
            host.runOurs([...flags, "-S", host.path("ours")], environment),
          ]);
          const what = `${lines.length} lines, ${JSON.stringify(environment)}: ${ours.stderr}`;
          expect(ours.stdout.equals(theirs.stdout), what).to.equal(true);
          console.log(`      ${lines.length} lines, ${theirs.stdout.length} bytes of report`);
        }
      } finally {
        host.remove();
      }
    });
});
