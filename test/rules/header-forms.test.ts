/** Header widening: one rule serves every form of header, and still all that it served as written. */
import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { headerWidener, writtenColumn } from "../../src/rules/header-forms.js";

const headers = {
  traditional: "Nov 22 00:41:26 web1 ",
  "traditional, one digit": "Nov  2 00:41:26 web1 ",
  "ISO, microseconds, offset": "2026-11-22T00:41:26.123456+01:00 web1 ",
  "ISO, microseconds, Z": "2026-11-22T00:41:26.123456Z web1 ",
  "ISO, seconds, offset": "2026-11-22T00:41:26-05:00 web1 ",
  "ISO, seconds, Z": "2026-11-22T00:41:26Z web1 ",
  "ISO, nanoseconds": "2026-11-22T00:41:26.123456789+01:00 web1 ",
};

const widened = {
  "Debian's old form": "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ ",
  "with classes": "^\\w{3} [ :[:digit:]]{11} [-_.[:alnum:]]+ ",
  "Debian's form": "^(\\w{3} [ :0-9]{11}|[0-9T:.+-]{32}) [._[:alnum:]-]+ ",
  "Debian's form with classes": "^([[:alpha:]]{3} [ :[:digit:]]{11}|[0-9T:.+-]{32}) [._[:alnum:]-]+ ",
  "ISO only": "^[0-9T:.+-]{32} [._[:alnum:]-]+ ",
  "one host": "^\\w{3} [ :0-9]{11} web1 ",
};

const asWritten = {
  "no anchor": "\\w{3} [ :0-9]{11} [._[:alnum:]-]+ sshd",
  "another stamp": "^[-0-9]{10} [0-9:]{8} [-[:alnum:]]+ Completed$",
  "no space after the stamp": "^\\w{3} [ :0-9]{11}[._[:alnum:]-]+ sshd",
  "a repeated stamp": "^\\w{3} [ :0-9]{11}+ sshd",
  "a back-reference and no group to count": "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ (a|b)\\1$",
};

const message = "sshd\\[[0-9]+\\]: bye$";

/** Whether grep takes the line: it is the judge of what an ERE means. */
function grepTakes(ere: string, line: string): boolean {
  return spawnSync("grep", ["-Eqe", ere], { input: `${line}\n`, env: { LC_ALL: "C.UTF-8" } }).status === 0;
}

describe("header-forms: one rule serves every form of header", () => {
  for (const [form, header] of Object.entries(widened)) {
    it(`${form}: widened to all headers, and to nothing else`, () => {
      const ere = headerWidener()(header + message)?.pattern ?? "";
      for (const [name, start] of Object.entries(headers))
        expect(grepTakes(ere, `${start}sshd[812]: bye`), name).to.equal(true);
      expect(grepTakes(ere, "Nov 22 00:41:26 web1 sshd[812]: hello")).to.equal(false);
      expect(grepTakes(ere, "sshd[812]: bye")).to.equal(false);
      expect(grepTakes(ere, "at last Nov 22 00:41:26 web1 sshd[812]: bye")).to.equal(false);
    });

    it(`${form}: what the written rule matches, the widened one matches`, () => {
      const pattern = headerWidener()(header + message)?.pattern ?? "";
      const odd = ["Xxx 99 99:99:99 h ", "Nov 22 00 41 26 h ", "0".repeat(32) + " h "];
      for (const start of [...Object.values(headers), ...odd]) {
        const line = `${start}sshd[812]: bye`;
        if (grepTakes(header + message, line)) expect(grepTakes(pattern, line), line).to.equal(true);
      }
    });
  }

  for (const [why, text] of Object.entries(asWritten)) {
    it(`stays as written: ${why}`, () => {
      expect(headerWidener()(text)).to.equal(undefined);
    });
  }

  it("back-references keep their numbers when the stamp is a group already", () => {
    const text = `^(\\w{3} [ :0-9]{11}|[0-9T:.+-]{32}) [._[:alnum:]-]+ x: ([a-z]+) \\2$`;
    const pattern = headerWidener()(text)?.pattern ?? "";
    expect(grepTakes(pattern, "2026-11-22T00:41:26Z web1 x: ab ab")).to.equal(true);
    expect(grepTakes(pattern, "2026-11-22T00:41:26Z web1 x: ab cd")).to.equal(false);
  });

  it("what a rule becomes does not depend on the rules before it", () => {
    const texts = [...Object.values(widened), ...Object.values(asWritten)].map((start) => start + message);
    const widen = headerWidener();
    for (const one of texts)
      for (const other of texts) {
        widen(one);
        expect(widen(other), `${other} after ${one}`).to.deep.equal(headerWidener()(other));
      }
  });

  it("a column of the widened text leads back to the rule as written", () => {
    const text = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ sshd(: x";
    const widening = headerWidener()(text);
    const column = (widening?.pattern.indexOf("(: x") ?? -1) + 1;
    expect(writtenColumn(widening, column)).to.equal(text.indexOf("(: x") + 1);
    expect(writtenColumn(widening, 3)).to.equal(1);
    expect(writtenColumn(undefined, 3)).to.equal(3);
  });
});
