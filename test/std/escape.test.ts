/** Lines made fit to be looked at. */
import { expect } from "chai";
import { escapeLine, escaped } from "../../src/std/text/escape.js";
import { expectLinear } from "../support/expect-linear.js";
import { randomStream } from "../support/seed.js";

const utf8 = (text: string): string => Buffer.from(text).toString("latin1");

describe("escape", () => {
  const cases: readonly (readonly [title: string, line: string, shown: string, isSuspicious: boolean])[] = [
    ["plain ASCII stays", "Mar  1 web1 sshd[1]: ok ~!", "Mar  1 web1 sshd[1]: ok ~!", false],
    ["valid UTF-8 is shown as text", utf8("café 🙂 日本"), "café 🙂 日本", false],
    ["an escape sequence", "\x1b[2J\x07", "\\x1b[2J\\x07", true],
    ["NUL and DEL", "a\0b\x7f", "a\\x00b\\x7f", true],
    ["a tab is shown but not suspicious", "a\tb", "a\\x09b", false],
    ["line breaks", "a\r\nb", "a\\x0d\\x0ab", true],
    ["a raw C1 byte is an invalid byte", "a\x9b2J", "a\\x9b2J", false],
    ["C1 as UTF-8", utf8("a\u009b2J"), "a\\u{9b}2J", true],
    ["latin1 text", "caf\xe9!", "caf\\xe9!", false],
    ["bidi override", utf8("user \u202egpj.exe"), "user \\u{202e}gpj.exe", true],
    ["bidi isolates and marks", utf8("\u2066a\u2069\u200f"), "\\u{2066}a\\u{2069}\\u{200f}", true],
    ["zero width", utf8("ro\u200bot\ufeff"), "ro\\u{200b}ot\\u{feff}", true],
    ["tag characters", utf8("a\u{e0041}"), "a\\u{e0041}", true],
    ["line separators", utf8("a\u2028b\u2029"), "a\\u{2028}b\\u{2029}", true],
    ["Hangul filler", utf8("a\u3164b"), "a\\u{3164}b", true],
    ["an overlong slash", "\xc0\xaf", "\\xc0\\xaf", false],
    ["a surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80", false],
    ["above U+10FFFF", "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80", false],
    ["a sequence that is cut", "ok \xf0\x9f\x99", "ok \\xf0\\x9f\\x99", false],
    ["paths keep their backslashes", "C:\\temp\\new \\d+", "C:\\temp\\new \\d+", false],
    ["what reads like an escape is told from one", "\\x1b \\u{202e}", "\\\\x1b \\\\u{202e}", false],
    ["backslashes before an escape", "\\\\\x1b", "\\\\\\\\\\x1b", true],
    ["backslashes before an invalid byte", "\\\xff", "\\\\\\xff", false],
  ];
  for (const [title, line, shown, isSuspicious] of cases)
    it(title, () => expect(escapeLine(line)).to.deep.equal({ text: shown, isSuspicious }));

  it("shows every single byte as something printable", () => {
    for (let byte = 0; byte < 256; byte++) {
      const text = escaped(String.fromCharCode(byte));
      expect(text, `byte ${byte}`).to.match(/^[\x20-\x7e]+$/);
    }
  });

  it("shows no two different lines alike", () => {
    const random = randomStream();
    const pieces = ["\\", "\\", "x1b", "u{202e}", "\x1b", "\xff", utf8("\u202e"), "a"];
    const lineOf = new Map<string, string>();
    for (let count = 0; count < 50_000; count++) {
      let line = "";
      const length = 1 + Math.floor(random() * 6);
      for (let index = 0; index < length; index++) line += pieces[Math.floor(random() * pieces.length)];
      const text = escaped(line);
      expect(lineOf.get(text) ?? line).to.equal(line);
      lineOf.set(text, line);
    }
  });

  it("takes linear time on hostile lines of 64 KiB", async () => {
    for (const piece of ["\\", "\xff", "\x1b", "\\\xff", "\\x1", utf8("\u202e")]) {
      const escaping = (size: number) => {
        const line = piece.repeat(size / piece.length);
        return () => escapeLine(line);
      };
      await expectLinear(JSON.stringify(piece), escaping, 16_384);
    }
  });
});
