/** Header widening: one rule serves every common form of header, and still all that it served as written. */
import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { headerWidener, writtenColumn } from "../../src/rules/headers/header-forms.js";
import { expectLinear } from "../support/expect-linear.js";

const tail = "sshd[812]: bye";
const message = "sshd\\[[0-9]+\\]: bye$";

/** In front of the tag. */
const headers = {
  traditional: "Nov 22 00:41:26 web1 ",
  "traditional, one digit": "Nov  2 00:41:26 web1 ",
  "a day that is not padded": "Nov 2 00:41:26 web1 ",
  "a day with a zero": "Nov 02 00:41:26 web1 ",
  milliseconds: "Nov 22 00:41:26.123 web1 ",
  "journalctl -o short-precise": "Nov 22 00:41:26.123456 web1 ",
  "a year after the time": "Nov 22 00:41:26 2026 web1 ",
  "a year after the day": "Nov 22 2026 00:41:26 web1 ",
  "a year first": "2026 Nov 22 00:41:26 web1 ",
  German: "Mär 22 00:41:26 web1 ",
  French: "févr. 22 00:41:26 web1 ",
  "French, August": "août  2 00:41:26 web1 ",
  Spanish: "sept 22 00:41:26 web1 ",
  Polish: "paź 22 00:41:26 web1 ",
  Finnish: "marras 22 00:41:26 web1 ",
  Japanese: "11月 22 00:41:26 web1 ",
  "ISO, microseconds, offset": "2026-11-22T00:41:26.123456+01:00 web1 ",
  "ISO, microseconds, Z": "2026-11-22T00:41:26.123456Z web1 ",
  "ISO, seconds, offset": "2026-11-22T00:41:26-05:00 web1 ",
  "ISO, seconds, Z": "2026-11-22T00:41:26Z web1 ",
  "ISO, nanoseconds": "2026-11-22T00:41:26.123456789+01:00 web1 ",
  "ISO, an offset without a colon": "2026-11-22T00:41:26+0100 web1 ",
  "ISO, a comma": "2026-11-22T00:41:26,123+01:00 web1 ",
  "ISO, no offset": "2026-11-22T00:41:26 web1 ",
  "ISO, a blank": "2026-11-22 00:41:26 web1 ",
  "ISO, a blank and a fraction": "2026-11-22 00:41:26.123456+01:00 web1 ",
};

/** The same where the rule leaves the host open. */
const headersOfHosts = {
  "a qualified name": "Nov 22 00:41:26 web1.example.org ",
  "an address": "Nov 22 00:41:26 192.0.2.10 ",
  "an IPv6 address": "Nov 22 00:41:26 2001:db8::10 ",
  "an IPv6 address, ISO": "2026-11-22T00:41:26Z 2001:db8::ffff:192.0.2.10 ",
  "a link's address": "Nov 22 00:41:26 fe80::1%eth0 ",
  "a source and a host": "Nov 22 00:41:26 s_sys@web1 ",
  "a host and its address": "Nov 22 00:41:26 web1/192.0.2.10 ",
  "a chain of all": "Nov 22 00:41:26 s_net@web1/2001:db8::10 ",
  "no host, two blanks": "Nov 22 00:41:26  ",
  "a directory before the program": "Nov 22 00:41:26 web1 /usr/sbin/",
};

const host = "[._[:alnum:]-]+";
/** As rules begin in the wild; all take the traditional header or the ISO one. */
const spellings = [
  `^\\w{3} [ :0-9]{11} ${host} `,
  "^\\w{3} [ :[:digit:]]{11} [-_.[:alnum:]]+ ",
  `^(\\w{3} [ :0-9]{11}|[0-9T:.+-]{32}) ${host} `,
  `^([[:alpha:]]{3} [ :[:digit:]]{11}|[0-9T:.+-]{32}) ${host} `,
  `^[0-9T:.+-]{32} ${host} `,
  `^\\w{3} [ 0-9:]{11} ${host} `,
  `^(\\w{3} [ :0-9]{11}) ${host} `,
  `^.{15} ${host} `,
  "^.{15} [^ ]+ ",
  "^.{15} \\S+ ",
  `^.{16}${host} `,
  `^[A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8} ${host} `,
  `^[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} [[:alnum:]._-]+ `,
  `^[[:alpha:]]{3} [ 123][0-9] [0-2][0-9]:[0-5][0-9]:[0-5][0-9] [a-zA-Z0-9._-]+ `,
  `^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ :0-9]{11} ${host} `,
  `^[[:alpha:]]{3}[[:space:]]+[[:digit:]]{1,2} [[:digit:]:]{8} ${host} `,
  "^\\w{3} {1,2}[0-9]{1,2} [0-9:]+ [^[:space:]]+ ",
  "^\\w+ +[0-9]+ [0-9:]+ [-.a-z0-9]+ ",
  "^[^ ]+ +[^ ]+ [^ ]+ [^ ]+ ",
  "^[^ ]+ [^ ]+ ",
  "^\\S+\\s+\\S+\\s+\\S+\\s+\\S+\\s+",
  `^[[:alpha:]]{3} [ [:digit:]:]+ ${host} `,
  `^[ :[:alnum:]]{15} ${host} `,
  `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+[+-][0-9:]{5} ${host} `,
  `^.{32} ${host} `,
  `^(.{15}|.{32}) ${host} `,
];

const asWritten = {
  "no anchor": `\\w{3} [ :0-9]{11} ${host} sshd`,
  "another stamp": "^[-0-9]{10} [0-9:]{8} [-[:alnum:]]+ Completed$",
  "one day": "^Nov 22 [0-9:]{8} web1 sshd",
  "no space after the stamp": `^\\w{3} [ :0-9]{11}${host} sshd`,
  "a repeated stamp": "^\\w{3} [ :0-9]{11}+ sshd",
  "what takes any line": "^.* sshd",
  "what takes any line of some length": "^.{15,} sshd",
  "a back-reference to the header": `^(\\w{3}) [ :0-9]{11} ${host} x: \\1$`,
  "more groups than can be named": `^\\w{3} [ :0-9]{11} ${host} ${"(a)".repeat(8)}\\8$`,
  "a bracket that is not closed": "^[A-Z",
  "a group that is not closed": "^(\\w{3} [ :0-9]{11} web1 sshd",
  "a group that is repeated": "^(([^ ]+)* *)+ web1 sshd",
  "a huge repetition": "^.{99999999999999999999} ",
  "another log": "^[0-9]+/[0-9]+/[0-9]+ [0-9:]+ \\[error\\]",
};

/** Which lines grep takes: it is the judge of what an ERE means. */
function grepTakes(ere: string, lines: readonly string[]): readonly boolean[] {
  const input = `${lines.join("\n")}\n`;
  const { stdout } = spawnSync("grep", ["-nEe", ere], {
    input,
    encoding: "utf8",
    env: { LC_ALL: "C.UTF-8" },
  });
  const numbers = new Set(stdout.split("\n").map((line) => Number(line.split(":", 1)[0])));
  return lines.map((_, index) => numbers.has(index + 1));
}

/** As grep gets it: the widener works on bytes. */
function widened(text: string): string {
  return Buffer.from(headerWidener()(text)?.pattern ?? "", "latin1").toString();
}

function takesTraditional(spelling: string): boolean {
  return grepTakes(spelling, [`Nov 22 00:41:26 web1 ${tail}`])[0] === true;
}

/** Lines of other programs whose messages, tags or hosts look like a header and what follows it. */
const foreign = [
  "Nov 22 00:41:26 web1 sshd[812]: hello",
  "Nov 22 00:41:26 web1 mallory: sshd[812]: bye",
  "Nov 22 00:41:26 mallory: sshd[812]: bye",
  "Nov 22 00:41:26 mallory[9]: sshd[812]: bye",
  "Nov 22 00:41:26 web1 mallory: Nov 22 00:41:26 web1 sshd[812]: bye",
  "Nov 22 00:41:26 web1 mallory: 2026-11-22T00:41:26Z web1 sshd[812]: bye",
  "2026-11-22T00:41:26Z web1 mallory: sshd[812]: bye",
  "2026-11-22T00:41:26Z web1 mallory: /bin/sshd[812]: bye",
  "2026-11-22 00:41:26 mallory: sshd[812]: bye",
  "at last Nov 22 00:41:26 web1 sshd[812]: bye",
  " Nov 22 00:41:26 web1 sshd[812]: bye",
  "sshd[812]: bye",
  "user Nov 22 00:41:26 web1 sshd[812]: bye",
  '{"log":"Nov 22 00:41:26 web1 sshd[812]: bye',
  "<38>1 2026-11-22T00:41:26Z web1 mallory 1 - - Nov 22 00:41:26 web1 sshd[812]: bye",
  "web1 mallory: a b c sshd[812]: bye",
];

describe("header-forms: one rule serves every form of header", () => {
  const names = Object.keys({ ...headers, ...headersOfHosts });
  const lines = Object.values({ ...headers, ...headersOfHosts }).map((header) => header + tail);

  for (const spelling of spellings) {
    it(`${spelling} is widened to all headers`, () => {
      const takes = grepTakes(widened(spelling + message), lines);
      expect(names.filter((_, index) => !takes[index])).to.deep.equal([]);
    });

    it(`${spelling} takes all that it took as written, and no other message`, () => {
      const odd = [
        "Xxx 99 99:99:99 h ",
        "Nov 22 00 41 26 h ",
        `${"0".repeat(32)} h `,
        `${"x".repeat(15)} h `,
      ];
      const others = [...foreign, ...odd.map((start) => start + tail)];
      const asWrittenTakes = grepTakes(spelling + message, others);
      const takes = grepTakes(widened(spelling + message), others);
      for (const [index, line] of others.entries())
        if (asWrittenTakes[index]) expect(takes[index], line).to.equal(true);
      // What looks like a header in the place of one is one; the spellings that know no more take it, too.
      const isForeign = (line: string, index: number): boolean =>
        takes[index] === true && asWrittenTakes[index] !== true && foreign.includes(line);
      expect(others.filter(isForeign)).to.deep.equal([]);
    });
  }

  it("a rule of one host serves all forms of the time stamp, and no other host", () => {
    const ere = widened(`^\\w{3} [ :0-9]{11} web1 ${message}`);
    expect(
      grepTakes(
        ere,
        Object.values(headers).map((header) => header + tail),
      ),
    ).to.not.include(false);
    expect(grepTakes(ere, [`Nov 22 00:41:26 web2 ${tail}`, `Nov 22 00:41:26  ${tail}`])).to.not.include(true);
  });

  it("a rule for any text after the stamp serves all forms of the stamp", () => {
    const ere = widened("^.{15} .* session closed$");
    expect(grepTakes(ere, ["2026-11-22T00:41:26Z web1 x: session closed"])).to.deep.equal([true]);
    expect(grepTakes(ere, ["what is no header at all: session closed"])).to.deep.equal([false]);
  });

  for (const [why, text] of Object.entries(asWritten)) {
    it(`stays as written: ${why}`, () => {
      expect(headerWidener()(text)).to.equal(undefined);
    });
  }

  for (const spelling of spellings) {
    it(`${spelling} before a back-reference: it stays on its group, or the rule as written`, () => {
      const text = `${spelling}x: ([a-z]+)[\\1] \\${spelling.split("(").length}$`;
      const isUsual = spellings.indexOf(spelling) < 5;
      if (isUsual) expect(headerWidener()(text)).to.not.equal(undefined);
      const header =
        isUsual || !takesTraditional(spelling) ? "2026-11-22T00:41:26.123456+01:00" : "Nov 22 00:41:26";
      const references = [`${header} web1 x: ab1 ab`, `${header} web1 x: ab1 cd`];
      expect(grepTakes(headerWidener()(text)?.pattern ?? text, references)).to.deep.equal([true, false]);
    });
  }

  it("what a rule becomes does not depend on the rules before it", () => {
    const starts = [
      ...spellings,
      ...Object.values(asWritten),
      `^\\w{3} [ :0-9]{11} ${host} ?x`,
      "^[^ ]+ [^ ]+ a b ",
    ];
    const widen = headerWidener();
    for (const one of starts)
      for (const other of starts) {
        widen(one + message);
        expect(widen(other + message), `${other} after ${one}`).to.deep.equal(
          headerWidener()(other + message),
        );
      }
  });

  it("a column of the widened text leads back to the rule as written", () => {
    const text = `^\\w{3} [ :0-9]{11} ${host} sshd(: x`;
    const widening = headerWidener()(text);
    const column = (widening?.pattern.indexOf("(: x") ?? -1) + 1;
    expect(writtenColumn(widening, column)).to.equal(text.indexOf("(: x") + 1);
    expect(writtenColumn(widening, 3)).to.equal(1);
    expect(writtenColumn(undefined, 3)).to.equal(3);
  });

  it("a long rule is read in linear time", async () => {
    for (const piece of [
      "(",
      "[",
      "\\",
      "a",
      "a*",
      ".{1}",
      "[a]",
      "(a)",
      "((a)|b)",
      "[[:alpha:]",
      "{",
      "\xc3",
    ]) {
      const reading = (size: number) => {
        const text = `^${piece.repeat(size / piece.length)}`;
        return () => headerWidener()(text);
      };
      await expectLinear(piece, reading, 16_384);
    }
  });
});
