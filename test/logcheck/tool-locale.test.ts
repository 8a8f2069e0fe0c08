/** The locale, compared with the tools that logcheck uses. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { toolLocale } from "../../src/logcheck/tools/tool-locale.js";
import { isLong } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { expectSame } from "./stage.js";

describe("the locale", () => {
  const table: readonly (readonly [Readonly<Record<string, string>>, string, string])[] = [
    [{}, "C", "bytes"],
    [{ LANG: "C" }, "C", "bytes"],
    [{ LANG: "POSIX", LC_CTYPE: "" }, "C", "bytes"],
    [{ LANG: "C.UTF-8" }, "UTF-8", "bytes"],
    [{ LANG: "C.utf8" }, "UTF-8", "bytes"],
    [{ LANG: "C", LC_CTYPE: "C.UTF-8" }, "UTF-8", "bytes"],
    [{ LC_ALL: "C", LC_CTYPE: "C.UTF-8" }, "C", "bytes"],
    [{ LANG: "xx_YY.UTF-8" }, "UTF-8", "sort"],
    [{ LANG: "C.UTF-8", LC_COLLATE: "xx_YY" }, "UTF-8", "sort"],
    [{ LANG: "xx_YY.UTF-8", LC_COLLATE: "C" }, "UTF-8", "bytes"],
  ];
  for (const [environment, characters, order] of table)
    it(`of ${JSON.stringify(environment)} has characters of ${characters} in the order of ${order}`, () => {
      expect(toolLocale(environment, () => "UTF-8")).to.deep.equal({ characters, order });
    });

  it("that is not installed is C", () => {
    expect(toolLocale({ LANG: "xx_YY.UTF-8" }, () => "ANSI_X3.4-1968").characters).to.equal("C");
  });
});

/** One line for each character except NUL and the newline. A short run takes only the planes that have letters. */
const everyCharacter = Array.from({ length: isLong ? 0x110000 : 0x30000 }, (_, codePoint) => codePoint)
  .filter((codePoint) => codePoint > 0 && codePoint !== 0x0a && (codePoint < 0xd800 || codePoint > 0xdfff))
  .map((codePoint) => `${String.fromCodePoint(codePoint)}\n`)
  .join("");

describe("en_US.UTF-8", () => {
  let directory: string;

  before(function () {
    this.timeout(60_000);
    needsTool(this, "localedef", "/usr/share/i18n/locales/en_US", "/usr/sbin/logcheck", "setpriv");
    directory = mkdtempSync(join(tmpdir(), "locale-"));
    const made = spawnSync("localedef", ["-i", "en_US", "-f", "UTF-8", join(directory, "en_US.UTF-8")]);
    expect(made.status, made.stderr.toString()).to.equal(0);
    // An unprivileged user must be able to read the locale.
    spawnSync("chmod", ["-R", "a+rX", directory]);
  });

  after(() => {
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  /** The characters that a bracket expression matches in grep. */
  function charactersOf(bracket: string, locale: string): string[] {
    const run = spawnSync("grep", ["-aE", `^${bracket}$`], {
      input: everyCharacter,
      env: { PATH: "/usr/bin:/bin", LC_ALL: locale, LOCPATH: locale === "C.UTF-8" ? "" : directory },
      maxBuffer: 1 << 28,
    });
    return run.stdout.toString().split("\n").slice(0, -1);
  }

  it("has the character classes of C.UTF-8", function () {
    this.timeout(120_000);
    const classes = [
      "alpha",
      "digit",
      "alnum",
      "upper",
      "lower",
      "space",
      "blank",
      "punct",
      "print",
      "cntrl",
    ];
    for (const name of classes) {
      const bracket = `[[:${name}:]]`;
      expect(charactersOf(bracket, "en_US.UTF-8"), name).to.deep.equal(charactersOf(bracket, "C.UTF-8"));
    }
  });

  it("has the ranges of C.UTF-8 in ASCII; only grep includes accented letters in ranges of letters", function () {
    this.timeout(120_000);
    for (const bracket of ["[a-z]", "[A-Z]", "[0-9a-f]", "[a-zA-Z0-9._-]"]) {
      const [plain, theirs] = [charactersOf(bracket, "C.UTF-8"), charactersOf(bracket, "en_US.UTF-8")];
      expect(theirs).to.include.members(plain);
      expect(theirs.filter((character) => character < "\x80")).to.deep.equal(plain);
    }
    expect(charactersOf("[0-9]", "en_US.UTF-8")).to.have.length(10);
  });

  for (const conf of ["SORTUNIQ=0", "SORTUNIQ=1"])
    it(`orders sections and lines as logcheck does there, with ${conf}`, async function () {
      this.timeout(20_000);
      const stamps = ["Nov  1 00:00:00 h", "nov 1 00:00:00 H", "Nov  1 00:00:00 H", "NOV 1 00:00:00 h"];
      const words = ["b", "A", "a", "B", "_x", "é", "e"];
      const description = {
        rules: { "cracking.d": { b: "b", A: "A", a: "a", B: "B", _x: "_x" }, "violations.d": {} },
        logs: {
          B: stamps.flatMap((stamp) => words.map((word) => `${stamp} ${word}\n`)).join(""),
          a: stamps.flatMap((stamp) => words.map((word) => `${stamp} ${word}\n`)).join(""),
        },
        conf: `DATE=now\n${conf}\nEVENTSSUBJECT='Größe'\n`,
      };
      await expectSame(description, async ({ run }) => {
        await run(["-o"], { LC_ALL: "en_US.UTF-8", LOCPATH: directory });
      });
    });
});
