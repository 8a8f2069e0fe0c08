/** Globs: what they match, as micromatch says it, at a cost that no name can raise. */
import { expect } from "chai";
import micromatch from "micromatch";
import { compileGlob } from "../../src/sources/file/glob.js";
import { expectLinear } from "../support/expect-linear.js";
import { randomStream } from "../support/seed.js";

describe("a glob", () => {
  for (const [pattern, yes, no] of [
    ["/v/*.log", "/v/a.log /v/a.b.log", "/v/.log /v/.a.log /v/d/a.log /v/a.log1 /w/a.log"],
    ["/v/**/*.log", "/v/a.log /v/d/a.log /v/d/e/f/a.log", "/v/.d/a.log /v/d/.a.log"],
    ["/v/*/**", "/v/d/a /v/d/e/a", "/v/a /v/.d/a"],
    ["/v/?.log", "/v/a.log /v/é.log", "/v/ab.log /v/.log"],
    ["/v/[a-c]x", "/v/ax /v/cx", "/v/dx /v/x"],
    ["/v/[!a-c]x /v/[^a-c]x", "/v/dx", "/v/ax /v/x"],
    ["/v/[[:digit:]_]x", "/v/1x /v/_x", "/v/ax"],
    ["/v/{a,b/c}.log", "/v/a.log /v/b/c.log", "/v/b.log"],
    ["/v/x{1..3}", "/v/x1 /v/x3", "/v/x4"],
    ["/v/+(a|bc)", "/v/a /v/abc /v/bcbc", "/v/b /v/"],
    ["/v/!(*.gz)", "/v/a.log /v/gz", "/v/a.gz"],
    ["/v/a\\*b", "/v/a*b", "/v/axb"],
    ["/v/.*", "/v/.hidden", "/v/shown"],
    ["/v/[", "/v/[", "/v/a"],
    ["/v/(a", "/v/(a", "/v/a"],
  ] as const)
    it(`"${pattern}" matches ${yes} and not ${no}`, () => {
      for (const one of pattern.split(" ")) {
        const glob = compileGlob(one);
        for (const path of yes.split(" ")) expect(glob.isMatch(path), path).to.equal(true);
        for (const path of no.split(" ")) expect(glob.isMatch(path), path).to.equal(false);
      }
    });

  it("says what micromatch says of random globs and names", () => {
    const random = randomStream();
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
    const some = (items: readonly string[]): string =>
      Array.from({ length: 1 + Math.floor(random() * 5) }, () => pick(items)).join("");
    const atoms = "a b * ? [ab] [^a] - . {a,b} / ** /**/ {a,b/c} [a-c] \\* é".split(" ");
    const texts = "a b ab - . / c é *".split(" ");
    for (let round = 0; round < 20_000; round++) {
      const [pattern, path] = [`/x/${some(atoms)}`, `/x/${some(texts)}`];
      // Only between slashes it has a meaning of its own.
      if (/[^/]\*\*|\*\*[^/]/.test(pattern)) continue;
      // At the end micromatch lets it stand for nothing, but not after every piece.
      if (pattern.endsWith("**")) continue;
      // No path of a file has these. Groups are left to the table: micromatch has its own mind of some.
      if (/\/\/|\/$|\/\./.test(path) || /\/\/|\/$/.test(pattern)) continue;
      expect(compileGlob(pattern).isMatch(path), `${pattern} ${path}`).to.equal(
        micromatch.isMatch(path, pattern),
      );
    }
  });

  for (const [pattern, name] of [
    ["*-*-*-*-*", (size: number) => `${"-".repeat(size)}/`],
    ["*-*-*-*-*x", (size: number) => "-".repeat(size)],
    ["*a*a*a*a*a*a*a*ab", (size: number) => "a".repeat(size)],
  ] as const)
    it(`"${pattern}" takes time in proportion to a name that is made against it`, async () => {
      const glob = compileGlob(`/v/${pattern}`);
      await expectLinear(
        pattern,
        (size) => {
          const path = `/v/${name(size)}`;
          return () => {
            for (let round = 0; round < 20; round++) if (glob.isMatch(path)) throw new Error("matched");
          };
        },
        60,
      );
    });

  for (const pattern of [
    "+(a|aa|aaa)b",
    "+(+(+(a)))b",
    "*(a*)*(a*)*(a*)b",
    "!(+(a)b)x",
    "@(*(a)|+(aa))*(*(a))b",
  ])
    it(`"${pattern}" says no to the longest name that is made against it`, () => {
      // A matcher that tries every way would take longer than there is time.
      expect(compileGlob(`/v/${pattern}`).isMatch(`/v/${"a".repeat(255)}`)).to.equal(false);
    });

  it("is refused where its braces stand for too many", () => {
    expect(() => compileGlob("/v/{1..99999}{1..99999}")).to.throw();
  });
});
