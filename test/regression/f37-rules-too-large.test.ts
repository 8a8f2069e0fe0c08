/** A rule that is too large, or memory that is refused, ended the run. It costs that rule only, and speed. */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { compilePatternSet, type LineScanner } from "../../src/ere/index.js";
import { Sandbox } from "../support/cli.js";

const alarm = "Nov 22 00:41:26 web1 sshd[9]: Accepted password for root from 203.0.113.9 port 1 ssh2\n";
const routine = "ok rule\n";

describe("F37: a rule that is too large", function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = new Sandbox();
    sandbox.write("rules/never.d/ssh", "sshd\\[[0-9]+\\]: Accepted password for root from\n");
    sandbox.write("rules/ignore.d/server/good", "^ok rule$\n");
  });
  afterEach(() => sandbox.remove());

  /** The layers of both lines by all rules, and what was said on standard error. */
  function filtered(node: readonly string[] = [], limitKiB?: number): { remaining: string; said: string } {
    const program = [process.execPath, ...node, resolve("dist/logwinnow.cjs")];
    const command = [...program, "filter", "--rules", sandbox.path("rules")];
    const limit = limitKiB === undefined ? "" : `ulimit -v ${limitKiB}; `;
    const { status, stdout, stderr } = spawnSync("sh", ["-c", `${limit}exec "$@"`, "sh", ...command], {
      input: alarm + routine,
      env: sandbox.environment,
      encoding: "utf8",
    });
    expect(status, stderr).to.equal(0);
    return { remaining: stdout, said: stderr };
  }

  const times = (text: string, bytes: number): string => text.repeat(Math.ceil(bytes / text.length));
  const mebibyte = 1 << 20;
  const largeRules: Readonly<Record<string, string>> = {
    "of 8 MiB of letters": times("a", 8 * mebibyte),
    "of 8 MiB of pieces": times("ab[cd]e", 8 * mebibyte),
    "of 8 MiB after a header": `^\\w{3} [ :0-9]{11} ${times("a b", 8 * mebibyte)}`,
    "of 8 MiB that begins like a header": `^${times("a", 8 * mebibyte)} `,
    "of 8 MiB in a group": `^(${times("a", 8 * mebibyte)}) `,
    "of 1 MiB of groups": times("(ab|c)", mebibyte),
    "of 1 MiB of brackets": `[${times("a", mebibyte)}]`,
    "of 300 KiB of braces": `x${times("{", 300 << 10)}`,
  };
  for (const [what, text] of Object.entries(largeRules))
    it(`${what} is off alone, and named`, () => {
      sandbox.write("rules/ignore.d/server/large", `^x$\n${text}\n^ok rule$\n`);
      const { remaining, said } = filtered();
      expect(remaining).to.equal(alarm);
      expect(said).to.match(
        /ignore\.d\/server\/large:2:1: has \d+ bytes, at most 262144 can be read: rule skipped/,
      );
      expect(said.length).to.be.below(1000);
    });

  it("as an attention rule costs no other its alarm", () => {
    sandbox.write("rules/never.d/large", times("(ab|c)", mebibyte));
    expect(filtered().remaining).to.equal(alarm);
  });

  const oddRules: Readonly<Record<string, string>> = {
    letters: times("a", 1 << 16),
    groups: times("(ab|c)", 1 << 16),
    "deep groups": `${"(".repeat(999)}a${")".repeat(999)}x`,
    "too deep groups": `${"(".repeat(30_000)}a${")".repeat(30_000)}x`,
    stars: `xa${times("*", 1 << 16)}`,
    questions: `x(a)${times("?", 1 << 16)}`,
    "plus behind anchors": `^$a${times("+", 1 << 16)}b$`,
    intervals: `x${times("{2}", 1 << 16)}`,
    "optional intervals": `^$a${times("{0,1}", 1 << 16)}b$`,
    "open brackets": times("[", 1 << 16),
    "a huge bracket": `[${times("[:digit:]", 1 << 16)}]x`,
    braces: `x${times("{", 1 << 16)}`,
    bars: `x${times("y|", 1 << 16)}z`,
    "back-references": `(x)${times("\\1", 1 << 16)}`,
    "fixed text behind anchors": `^$(${times("ab|", 1 << 16)}ab)$`,
    "bytes that are no UTF-8": times("\xff", 1 << 16),
  };
  for (const [what, text] of Object.entries(oddRules))
    it(`or odd, 64 KiB of ${what}, ends nothing`, () => {
      sandbox.write("rules/ignore.d/server/odd", Buffer.from(`${text}\n`, "latin1"));
      expect(filtered().remaining).to.equal(alarm);
    });

  it("among many long ones: as many are on as there is room for", () => {
    const rules = Array.from({ length: 60 }, (_, n) => `^${times("a[bc]{2}(d|e)", 60_000)}${n}$\n`);
    sandbox.write("rules/ignore.d/server/long", rules.join(""));
    const { remaining, said } = filtered();
    expect(remaining).to.equal(alarm);
    expect(said.match(/other long patterns leave \d+ of 1048576: rule skipped/g)).to.have.length(60 - 17);
  });

  it("is a file of 300 MiB, which is skipped alone, in little memory", () => {
    const file = openSync(sandbox.write("rules/ignore.d/server/huge", ""), "w");
    const piece = Buffer.alloc(mebibyte, "a rule that is one of many in a file that is too large\n");
    for (let i = 0; i < 300; i++) writeSync(file, piece);
    closeSync(file);
    const { remaining, said } = filtered(["--max-old-space-size=64"]);
    expect(remaining).to.equal(alarm);
    expect(said).to.match(/ignore\.d\/server\/huge: is larger than 32 MiB: file skipped/);
  });

  it("is a file of too many lines, which is skipped alone", () => {
    sandbox.write("rules/ignore.d/server/lines", "x\n".repeat(200_001));
    const { remaining, said } = filtered();
    expect(remaining).to.equal(alarm);
    expect(said).to.match(/ignore\.d\/server\/lines: has more than 200000 lines: file skipped/);
  });

  it("are many files that are large together: those past the bound are skipped", () => {
    for (const name of ["a", "b", "c", "d"])
      sandbox.write(
        `rules/ignore.d/server/${name}`,
        "^zqzq [0-9]+ is the text of such a rule$\n".repeat(199_999),
      );
    const { remaining, said } = filtered();
    expect(remaining).to.equal(`${alarm}`);
    expect(said).to.match(
      /server\/c: the rules of all files are larger than 64 MiB with those of this one: file skipped/,
    );
  });

  it("nor do 100,000 rules in a small heap", () => {
    const rules = Array.from(
      { length: 100_000 },
      (_, n) => `^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ prog${n}: .*$\n`,
    );
    sandbox.write("rules/ignore.d/server/many", rules.join(""));
    expect(filtered(["--max-old-space-size=128"]).remaining).to.equal(alarm);
  });

  it("where the lanes' memory is refused, lines are walked all the same", () => {
    expect(filtered([], 2_000_000).remaining).to.equal(alarm);
  });
});

describe("F37: memory that is refused", () => {
  const text = Array.from(
    { length: 3000 },
    (_, n) => `${"abc".repeat(1 + (n % 7))} ${(n * 7919) % 100_003}\n`,
  ).join("");
  const patterns = ["a.{9}1", "[0-9]+3.*", "^(abc)+ 4"].map((pattern) => Buffer.from(pattern));

  /** The match sets of all lines, by a scanner made while `WebAssembly` is as given. */
  function verdicts(replace?: Partial<Record<"Memory" | "Module", unknown>>): string {
    const api = (globalThis as unknown as { WebAssembly: Record<string, unknown> }).WebAssembly;
    const saved = { Memory: api.Memory, Module: api.Module };
    Object.assign(api, replace);
    try {
      const scanner = compilePatternSet(patterns, {
        locale: "C",
        trimsTrailingSpace: true,
        usesWebAssembly: true,
      }).set.scanner({ isSelected: () => true });
      return scanned(scanner);
    } finally {
      Object.assign(api, saved);
    }
  }

  function scanned(scanner: LineScanner): string {
    const bytes = Buffer.from(text);
    scanner.chunk.set(bytes);
    const { selectedCount, matchSets } = scanner.scan(bytes.length);
    return Array.from(matchSets.subarray(0, selectedCount), (id) => scanner.matches(id).join()).join("\n");
  }

  const api = (globalThis as unknown as { WebAssembly: { Memory: new (size: object) => object } })
    .WebAssembly;
  const refuse = (): never => {
    throw new RangeError("could not allocate memory");
  };
  const refusals: Readonly<Record<string, Partial<Record<"Memory" | "Module", unknown>>>> = {
    "at the start": {
      Memory: class {
        constructor() {
          refuse();
        }
      },
    },
    "when it is to grow": {
      Memory: class extends api.Memory {
        grow(): never {
          return refuse();
        }
      },
    },
    "for the code of the lanes": {
      Module: function Module() {
        refuse();
      },
    },
  };
  for (const [when, replace] of Object.entries(refusals))
    it(`${when}, changes no verdict`, () => {
      expect(verdicts(replace)).to.equal(verdicts());
    });
});
