/** All of Debian's rules: each line is placed where logcheck places it. */
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

/** For each rule, lines that it matches and lines that it only just does not match. */
function linesOf(rules: RuleTreeText): Uint8Array[] {
  const random = randomStream();
  const texts = Object.values(rules).flatMap((files) =>
    Object.values(files).flatMap((text) => text.split("\n")),
  );
  return texts
    .filter((text) => text.trim() !== "" && !text.startsWith("#"))
    .flatMap((text) => {
      const rule = Buffer.from(text, "latin1");
      return Array.from({ length: isLong ? 35 : 1 }, () => {
        const line = lineOfRule(rule, random);
        return [line, mutated(line, random)];
      }).flat();
    });
}

/** The lines that daemons wrote, which also prove the shipped rules. */
function recordedLines(): Uint8Array[] {
  const names = readdirSync("test/rules", { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => /\.(?:ignored|kept|never|violation)$/.test(name))
    .flatMap((name) => readFileSync(join("test/rules", name), "latin1").split("\n"))
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => Buffer.from(line, "latin1"));
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

  for (const [level, locale] of [
    ["p", "C"],
    ["s", "C"],
    ["s", "C.UTF-8"],
    ["w", "C"],
  ])
    it(`put lines made from them, and recorded ones, where logcheck puts them, with -${level} in ${locale}`, async function () {
      this.timeout(isLong ? 3_600_000 : 120_000);
      const lines = [...linesOf(rules), ...recordedLines()];
      const newline = Buffer.from("\n");
      const log = Buffer.concat(lines.flatMap((line) => [line, newline]));
      const host = new LogcheckHost({ rules, logs: { syslog: log } });
      try {
        const environment = { LC_ALL: locale ?? "" };
        const [theirs, ours] = await Promise.all([
          host.run(["-o", "-t", `-${level}`], environment),
          host.runOurs(["-o", "-t", `-${level}`, "-S", host.path("ours")], environment),
        ]);
        expect(ours.stderr).to.equal("");
        expect(theirs.stdout.length).to.be.greaterThan(1000);
        expect(ours.stdout.equals(theirs.stdout), `the report of ${lines.length} lines`).to.equal(true);
      } finally {
        host.remove();
      }
    });
});
