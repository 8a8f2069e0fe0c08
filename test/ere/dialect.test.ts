/** The disagreements of GNU grep's dialect, each judged by grep itself: the same lines match, the same patterns are refused. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { compilePatternSet, type Locale } from "../../src/ere/index.js";
import { needsTool } from "../support/tools.js";
import { askGrep } from "./support/grep-judge.js";

/** What, and patterns that show it. Patterns and lines are latin1: a character is a byte. */
const disagreements: readonly (readonly [string, readonly string[]])[] = [
  [
    "a repetition of nothing is stepped over",
    ["*a", "+a", "?a", "{1}a", "(*a)", "a|*b", "(|*a)", "a**", "a+*?"],
  ],
  ["a repeated anchor may be absent", ["^*abc", "^+abc", "^?a", "^{2}a", "$*a", "^**a"]],
  [
    "glibc, where it is the judge, does not repeat anchors",
    ["^*(a)\\1", "^*[a-c]", "^{1}(a)\\1", "{1}(a)\\1"],
  ],
  ["anchors are anchors everywhere", ["a^b", "a$b", "(^a)", "(a$)", "^^a", "a$$", "x*^a", "(^|x)a"]],
  [
    "ends of the line in front of one fixed text are forgotten",
    [
      "^$a$",
      "^$ $",
      "^$ab$$",
      "(^$)a$",
      "^$(a)(b$)",
      "^$a{2}$",
      "^$+a$",
      "^x{0}$a$",
      "\\`\\'a$",
      "^$\xc3\xa9$",
    ],
  ],
  [
    "and only there",
    [
      "^$a",
      "$a$",
      "^^$a$",
      "a$b$",
      "^$.$",
      "^$a()$",
      "^$a$x{0}",
      "^$a\\b$",
      "x|^$a$",
      "^$a*$",
      "^$a^$",
      "^($$)a$",
    ],
  ],
  ["\\` and \\' are the line's ends", ["\\`a", "a\\'", "x\\`a", "a\\'b"]],
  ["an unmatched ) is literal, an unmatched ( is refused", [")", "a)", "(a", "((a)", "(*)", "(*))", "a\\(b"]],
  [
    "braces that count",
    ["a{2}", "a{2,}", "a{,2}", "a{1,2}", "a{,}", "a{0}b", "xa{0}*", "(a{2}){2}", "a{2}{3}"],
  ],
  [
    "braces that do not",
    ["a{", "a{1", "a{1x}", "a{x,2}", "{", "{1", "}", "a{1,2", "a{ 1}", "{,x}", "a\\{1\\}"],
  ],
  ["braces that are refused", ["a{}", "a{2,1}", "a{1,2,3}", "a{99999}", "a{32768}", "a{,99999}", "{99999}a"]],
  ["many repetitions", ["a{255}", "a{0,255}b"]],
  ["a backslash is literal in brackets", ["[\\]", "[\\n]", "[a\\]]", "[\\w]"]],
  ["a bracket first is literal", ["[]]", "[]a]", "[^]]", "[^]a]", "[]-a]"]],
  [
    "hyphens",
    ["[a-]", "[-a]", "[--a]", "[%--]", "[a-c-e]", "[[:digit:]-]", "[[:digit:]-z]", "[z-a]", "[a-a]"],
  ],
  [
    "classes",
    ["[[:alpha:]]", "[^[:space:]]", "[[:foo:]]", "[:space:]", "[:a]", "[:a:b]", "[::]", "[^:a:]", "[[:a]"],
  ],
  [
    "equivalence and collation",
    ["[[=a=]]", "[[.a.]]", "[[.-.]]", "[[.a.]-c]", "[[.hyphen.]]", "[[=ab=]]", "[[=a=]-c]"],
  ],
  [
    "open brackets",
    ["[", "[^", "[a", "[]", "[^]", "[[:alpha:", "[[:alpha]]", "[[.a]", "[[=", "[a-", "[a-]b"],
  ],
  [
    "escapes of words and space",
    ["\\w", "\\W", "\\s", "\\S", "\\ba", "a\\b", "\\Ba", "\\<a", "a\\>", "\\>", "\\B", "\\b"],
  ],
  ["other escapes are literal", ["\\d", "\\0", "\\a", "\\.", "\\\\", "\\]", "\\\xe9"]],
  ["a backslash last", ["\\", "a\\", "(a\\"]],
  [
    "back-references",
    ["(a)\\1", "(.)(.)\\2\\1", "(a*)b\\1", "(a|b)*\\1", "\\1", "(a\\1)", "(a)|\\1", "(a)\\2", "((a)b)\\2"],
  ],
  ["empty", ["", "()", "a|", "|a", "a||b", "(|a)", "()*", "(a|)*b", "a()b"]],
  ["UTF-8 literals are one atom", ["\xc3\xa9*$", "\xc3\xa9{2}", "\xc3\xa9+", "^\xc3\xa9$"]],
  [
    "UTF-8 in brackets",
    ["[\xc3\xa9]", "[^\xc3\xa9]", "[\xc3\xa0-\xc3\xa9]", "[a-\xc3\xa9]", "[[=\xc3\xa9=]]", "[[.\xc3\xa9.]]"],
  ],
  [
    "bytes that are no UTF-8",
    ["\xff", "^\xa9", "\xc3", "[\xff]", "[\xffa]", "[^\xff]", "[a-\xff]", "[\x80-\xff]", "^.$", "^.*$"],
  ],
  ["what is repeated no times decides nothing", ["[0-9]{0}\xa9", "[^a]{0}\xff", "\\w{0}a", "(\\ba){0}\xa9"]],
  ["words beside UTF-8", ["\\b\xc3\xa9", "\\B\xc3\xa9", "\xc3\xa9\\b", "\\<a", "a\\>", "\\w+\xc3\xa9"]],
];

const lines = [
  "",
  "a",
  "b",
  "ab",
  "ba",
  "aa",
  "aaa",
  "aaaa",
  "aaaaaa",
  "abc",
  "xabc",
  "a^b",
  "a$b",
  "x",
  " ",
  "a b",
  "^",
  "$",
  "*a",
  "a{",
  "{",
  "}",
  "a{1",
  "a{1x}",
  "a{x,2}",
  "{1",
  "{1}a",
  "1}aa",
  "a{1,2",
  "a{ 1}",
  "{,x}",
  "a{1}",
  "{a",
  "2}a",
  "1}a",
  "(",
  ")",
  "a)",
  "a(b",
  "()",
  "[",
  "],",
  "\\",
  "\\n",
  "n],",
  "-",
  ".",
  "%",
  "+",
  ":",
  "=",
  "^],",
  "a],",
  "1",
  "z",
  "_",
  "abba",
  "aba",
  "baab",
  "abab",
  "ab|",
  "d",
  "0",
  "\xe9",
  "\xc3\xa9",
  "\xc3\xa9\xc3\xa9",
  "a\xc3\xa9",
  "\xc3\xa9a",
  "\xff",
  "\xffa",
  "\xa9",
  "\xc3",
  "\xe2\x82\xac",
  "\xed\xa0\x80",
  "a\x00b",
  "\x00",
  "\t",
  "a\t",
  "\x90",
  "aa.aa",
  "b1b",
  "\xc0\x80",
].map((line) => Buffer.from(line, "latin1"));

describe("GNU grep's dialect", () => {
  let directory: string;
  let linesFile: string;
  before(function () {
    needsTool(this, "grep");
    directory = mkdtempSync(join(tmpdir(), "automata-"));
    linesFile = join(directory, "lines");
    writeFileSync(linesFile, Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")])));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  const locales: readonly Locale[] = ["C", "UTF-8"];
  for (const locale of locales)
    for (const [what, patterns] of disagreements)
      it(`${locale}: ${what}`, () => {
        for (const text of patterns) {
          const pattern = Buffer.from(text, "latin1");
          expect(ourAnswer(pattern, locale), `pattern ${JSON.stringify(text)}`).to.deep.equal(
            grepAnswer(pattern, locale),
          );
        }
      });

  function ourAnswer(pattern: Buffer, locale: Locale): unknown {
    const { set, errors } = compilePatternSet([pattern], { locale, trimsTrailingSpace: false });
    const [error] = errors;
    if (error !== undefined) return error.reason;
    const scanner = set.scanner({ isSelected: () => false });
    return lines.filter((line) => scanner.matchLine(line) !== 0).map(String);
  }

  function grepAnswer(pattern: Buffer, locale: Locale): unknown {
    const answer = askGrep({ pattern, linesFile, locale }, directory);
    if (answer.kind === "no answer") return answer.kind;
    return answer.kind === "refused"
      ? answer.reason
      : lines.filter((_, i) => answer.lines.has(i)).map(String);
  }
});

describe("errors", () => {
  const faults: readonly (readonly [string, number, string])[] = [
    ["ab(c", 3, "Unmatched ( or \\("],
    ["x[a", 2, "Unmatched [, [^, [:, [., or [="],
    ["abc[z-a]", 5, "Invalid range end"],
    ["a{2,1}", 2, "Invalid content of \\{\\}"],
    ["ab\\", 3, "Trailing backslash"],
    ["(a)b\\2", 5, "Invalid back reference"],
    ["x[[:foo:]]", 3, "Invalid character class name"],
    ["x[:space:]", 2, "character class syntax is [[:space:]], not [:space:]"],
  ];
  for (const [text, column, reason] of faults)
    it(`name the column of what is wrong in ${text}`, () => {
      const patterns = [Buffer.from("fine"), Buffer.from(text)];
      const { errors, set } = compilePatternSet(patterns, { locale: "C", trimsTrailingSpace: false });
      expect(errors).to.deep.equal([{ index: 1, column, reason }]);
      const scanner = set.scanner({ isSelected: () => true });
      expect(scanner.matches(scanner.matchLine(Buffer.from("so fine")))).to.deep.equal([0]);
    });
});
