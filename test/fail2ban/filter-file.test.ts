/** How filters are put together of files, options and names. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { FilterError, FilterFile } from "../../src/fail2ban/filter-file.js";
import { Interpolation } from "../../src/fail2ban/interpolation.js";
import { temporaryDirectory } from "../sources/reading.js";

describe("files of fail2ban's filters", () => {
  const root = temporaryDirectory();
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(root, "case-"));
  });
  const write = (name: string, ...lines: readonly string[]): string => {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${lines.join("\n")}\n`);
    return path;
  };
  /** "name:line text" of each line of the failregex. */
  const failregex = (path: string, parameters: Readonly<Record<string, string>> = {}): readonly string[] =>
    new Interpolation(new FilterFile(path), new Map(Object.entries(parameters)))
      .linesOf("failregex")
      .map(({ path: file, line, text }) => `${file.slice(directory.length + 1)}:${line} ${text}`);

  it("give each line of a value its own place, without comments and empty lines", () => {
    const path = write(
      "x.conf",
      "# a comment",
      "[Definition]",
      "FailRegex = ^one$   ; said aside",
      "            # between",
      "",
      "\t^two;$",
      "ignoreregex =",
    );
    expect(failregex(path)).to.deep.equal(["x.conf:3 ^one$", "x.conf:6 ^two;$"]);
  });

  it("take names from the section, from DEFAULT, from other sections and from what a jail gives", () => {
    const path = write(
      "x.conf",
      "[DEFAULT]",
      "_daemon = sshd",
      "[other]",
      "end = $",
      "[Definition]",
      "_Where = at %(_daemon)s",
      "failregex = ^%(_where)s 100%% %(other/end)s",
      "            ^<_where> <mode-<kind>> <HOST><lt_<kind>/x>",
      "mode-a = first",
      "mode-b = second",
      "kind = a",
      "[lt_a]",
      "x = 1",
      "[lt_b]",
      "x = 2",
    );
    expect(failregex(path)).to.deep.equal(["x.conf:7 ^at sshd 100% $", "x.conf:8 ^at sshd first <HOST>1"]);
    expect(failregex(path, { kind: "b", _daemon: "dropbear" })).to.deep.equal([
      "x.conf:7 ^at dropbear 100% $",
      "x.conf:8 ^at dropbear second <HOST>2",
    ]);
  });

  it("keep the places of lines that a name brings whole", () => {
    const path = write(
      "x.conf",
      "[Definition]",
      "more = ^a$",
      "       ^b$",
      "failregex = %(more)s",
      "            ^c$",
      "            <more>",
    );
    expect(failregex(path)).to.deep.equal([
      "x.conf:2 ^a$",
      "x.conf:3 ^b$",
      "x.conf:5 ^c$",
      "x.conf:2 ^a$",
      "x.conf:3 ^b$",
    ]);
  });

  it("include others before and after themselves, and what lies beside them as .local", () => {
    write("common.conf", "[DEFAULT]", "who = common", "what = a");
    write("common.local", "[DEFAULT]", "who = local");
    write("last.conf", "[Definition]", "what = z");
    const path = write(
      "x.conf",
      "[INCLUDES]",
      "before = common.conf",
      "         missing.conf",
      "after = last.conf",
      "[Definition]",
      "what = m",
      "failregex = ^%(who)s %(what)s$",
    );
    expect(failregex(path)).to.deep.equal(["x.conf:7 ^local z$"]);
    write("x.local", "[Definition]", "failregex = %(known/failregex)s", "            ^more$");
    expect(failregex(path)).to.deep.equal(["x.conf:7 ^local z$", "x.local:3 ^more$"]);
  });

  for (const [what, lines, message] of [
    ["stands for itself", ["a = %(a)s", "failregex = %(a)s"], /x\.conf:2: "%\(a\)s" stands for itself/],
    [
      "stands for itself as a tag",
      ["a = <b>x", "b = <a>", "failregex = <a>"],
      /x\.conf:\d: (a "<name>" stands for itself|becomes too long)/,
    ],
    ["is nowhere said", ["failregex = ^%(b)s$"], /x\.conf:2: nothing says what "%\(b\)s" stands for/],
    ["is a lone percent sign", ["failregex = 100%"], /x\.conf:2: "%" is followed by neither/],
    [
      "grows without end",
      ["a = <b><b>", "b = <c><c>", "c = <a>", "failregex = <a>"],
      /x\.conf:\d: (a "<name>" stands for itself|becomes too long)/,
    ],
  ] as const)
    it(`name the line where a name ${what}`, () => {
      const path = write("x.conf", "[Definition]", ...lines);
      expect(() => failregex(path)).to.throw(FilterError, message);
    });

  it("name a line that is none, and end where files include each other", () => {
    expect(() => failregex(write("y.conf", "[Definition]", "neither"))).to.throw(
      FilterError,
      /y\.conf:2: expected "option = value"/,
    );
    write("a.conf", "[INCLUDES]", "before = b.conf", "[Definition]", "failregex = ^a$");
    write("b.conf", "[INCLUDES]", "before = a.conf", "[Definition]", "failregex = ^b$");
    expect(failregex(join(directory, "a.conf"))).to.deep.equal(["a.conf:4 ^a$"]);
  });
});
