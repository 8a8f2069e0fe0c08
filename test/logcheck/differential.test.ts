/** Random rule trees, logs and flags: the report is logcheck's, byte for byte. */
import { expect } from "chai";
import fc from "fast-check";
import { escaped } from "../../src/std/text/escape.js";
import { isLong, seed } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { LogcheckHost, type HostDescription } from "./oracle.js";
import { seenOfLogcheck, seenOfOurs, type Seen } from "./stage.js";

/** Rules and lines are made from the same words, so that they match often. */
const word = fc.constantFrom("sshd", "cron", "fail", "root", "ok", "oom", "x", "42", "é", "µ1");

const rule = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 2, arbitrary: fc.tuple(word, word).map(([a, b]) => `${a}.*${b}`) },
  { weight: 2, arbitrary: fc.tuple(word, word).map(([a, b]) => `(${a}|${b})$`) },
  { weight: 1, arbitrary: word.map((text) => `^.{15} h ${text}`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "[[:alpha:]]{4}$",
      "h \\w+$",
      "(o)\\1",
      "k .",
      "[^a-z ]$",
      "\\bo",
      "o\\>",
      "h [é]",
      "x{2,}|^$",
    ),
  },
  { weight: 1, arbitrary: word.map((text) => `# ${text}`) },
  { weight: 1, arbitrary: word.map((text) => ` # ${text}`) },
  { weight: 1, arbitrary: fc.constantFrom("", "   ", "\t", "^$", "sshd ", "oom\r") },
);

const ruleFile = fc.tuple(fc.array(rule, { maxLength: 3 }), fc.boolean()).map(([rules, endsInNewline]) => {
  const text = rules.join("\n");
  return text === "" || !endsInNewline ? text : `${text}\n`;
});

const fileName = fc.constantFrom(
  "logcheck",
  "logcheck-a",
  "logcheck-b",
  "logchecx",
  "a",
  "b",
  "B",
  "a-b",
  "a_b",
  "local",
  "local-x",
  "localx",
  "a.dpkg-old",
  "b~",
  ".a",
);

const ruleDirectory = fc.dictionary(fileName, ruleFile, { maxKeys: 4 });

const rules = fc.record(
  {
    "cracking.d": ruleDirectory,
    "cracking.ignore.d": ruleDirectory,
    "violations.d": ruleDirectory,
    "violations.ignore.d": ruleDirectory,
    "ignore.d.paranoid": ruleDirectory,
    "ignore.d.server": ruleDirectory,
    "ignore.d.workstation": ruleDirectory,
  },
  // Without one of these three, logcheck gives up or drops its alerts: losses.test.ts covers that.
  { requiredKeys: ["cracking.d", "cracking.ignore.d", "violations.d"] },
);

const header = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom("Nov", "Jan", "Dec"),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 3 }),
      )
      .map(([month, day, second]) => `${month} ${String(day).padStart(2)} 00:00:0${second} h `),
  },
  { weight: 1, arbitrary: fc.constantFrom("", " ", "2026-11-01T00:00:00 h ", "\t", "a  b\tc ") },
);
const ending = fc.constantFrom("", "", "", "", " ", "\t ", "\r", "\v\f", "\u00a0");
/** Invalid UTF-8, as latin1, for some lines of a log. */
const damage = fc.constantFrom("", "", "", "", "", "", "\xff", "k\xe9", "\xe2\x80");
const line = fc
  .tuple(header, fc.array(word, { maxLength: 4 }), damage, ending)
  .map(([start, words, bytes, end]) =>
    Buffer.concat([
      Buffer.from(`${start}${words.join(" ")}`),
      Buffer.from(bytes, "latin1"),
      Buffer.from(`${end}\n`),
    ]),
  );
const log = fc.array(line, { maxLength: 12 }).map((lines) => Buffer.concat(lines));
const logs = fc.dictionary(fc.constantFrom("syslog", "auth.log", "B.log", "d/syslog", "e/f g.log"), log, {
  minKeys: 1,
  maxKeys: 3,
});

const flags = fc
  .tuple(fc.subarray(["-o", "-p", "-s", "-w", "-R", "-T"]), fc.boolean())
  .map(([list, isBundled]) => [
    "-Hhost.example",
    ...(isBundled && list.length > 0 ? [`-${list.map((flag) => flag[1]).join("")}`] : list),
    "-t",
    "operand",
  ]);
const confLine = fc.constantFrom(
  "SORTUNIQ=1",
  "SUPPORT_CRACKING_IGNORE=1",
  "INTRO=0",
  "INTRO=no",
  "INTRO=yes",
  'INTRO=""',
  "ADDTAG=yes",

  'ATTACKSUBJECT="Ångström"',
  "SECURITYSUBJECT='it''s'",
  'EVENTSSUBJECT=""',
  "REPORTLEVEL=paranoid",
  "SORTUNIQ=no",
  "SENDMAILTO=a@example.org,b",
  "DATE=\"$(date +'%Y, %B')\"",
  "# SORTUNIQ=1",
  "MAILASATTACH=1",
  "SORTUNIQ=' 1'",
  'EVENTSSUBJECT=a\\ b"\\c\\""\'$x\'',
);

interface Case {
  readonly host: HostDescription;
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const environment = fc.constantFrom<Record<string, string>>(
  {},
  { LC_ALL: "C" },
  { LC_ALL: "C.UTF-8", LANG: "C" },
  { LANG: "C.UTF-8" },
  { LC_ALL: "", LC_CTYPE: "C.UTF-8" },
  // Not installed. Without PERL_BADLANG, logtail's complaint would be in the report.
  { LANG: "xx_YY.UTF-8", PERL_BADLANG: "0" },
);

const cases: fc.Arbitrary<Case> = fc.record({
  host: fc.record(
    {
      rules,
      logs,
      conf: fc.array(confLine, { maxLength: 4 }).map((lines) => `DATE=now\n${lines.join("\n")}\n`),
      header: fc.constantFrom("Hello.\n\n", "no newline", ""),
      footer: fc.constantFrom("Bye.\n", ""),
    },
    { requiredKeys: ["rules", "logs", "conf"] },
  ),
  flags,
  environment,
});

/** In a mail's text, logwinnow shows invisible characters as escapes. */
function escapedMails(seen: Seen): Seen {
  const escape = (text: string): string =>
    text
      .split("\n")
      .map((line) => line.split("\t").map(escaped).join("\t"))
      .join("\n");
  return {
    ...seen,
    mails: seen.mails.map((mail) => ({ ...mail, text: Buffer.from(escape(mail.text)).toString("latin1") })),
  };
}

describe("a random host", () => {
  before(function () {
    needsTool(this, "/usr/sbin/logcheck", "setpriv");
  });

  it("gets the report that logcheck gives", async function () {
    this.timeout(isLong ? 7_200_000 : 600_000);
    await fc.assert(
      fc.asyncProperty(cases, async ({ host: description, flags: words, environment }) => {
        const host = new LogcheckHost(description);
        try {
          const [theirs, ours] = await Promise.all([
            host.run(words, environment),
            host.runOurs([...words, "-S", host.path("ours")], environment),
          ]);
          expect(theirs.status, theirs.stderr).to.equal(0);
          expect(await seenOfOurs(ours, host)).to.deep.equal(escapedMails(seenOfLogcheck(theirs, host)));
        } finally {
          host.remove();
        }
      }),
      { seed, numRuns: isLong ? 5000 : 120 },
    );
  });
});
