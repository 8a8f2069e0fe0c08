/**
 * The package as another program meets it: packed, unpacked, and with nothing else installed.
 * Promise: nothing is downloaded; the examples are those of the READMEs, to the letter.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";

interface Example {
  readonly code: string;
  readonly output: string;
}

/** The examples of a README: a block of JavaScript, "prints", and a block of what it prints. */
function examplesIn(readme: string): Example[] {
  const text = readFileSync(readme, "utf8");
  const pattern = /^```js\n(.*?)^```\n\nprints\n\n```\n(.*?)^```$/gms;
  return [...text.matchAll(pattern)].map(([, code = "", output = ""]) => ({ code, output }));
}

function run(cwd: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (error) throw error;
  expect(status, `${command} ${args.join(" ")}\n${stdout}${stderr}`).to.equal(0);
  return stdout;
}

const tool = (name: string): string => resolve("node_modules/.bin", name);
const readmes = ["src/README.md", "src/ere/README.md", "src/ere/analysis/README.md"];

describe("the packed modules", function () {
  this.timeout(60_000);
  let directory: string;
  let tarball: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "library-"));
    const packed = run(".", "npm", "pack", "--ignore-scripts", "--json", "--pack-destination", directory);
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    tarball = join(directory, filename);
    const home = join(directory, "node_modules/logwinnow");
    mkdirSync(home, { recursive: true });
    run(home, "tar", "xzf", tarball, "--strip-components=1");
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  for (const readme of readmes)
    for (const [index, { code, output }] of examplesIn(readme).entries())
      it(`example ${index + 1} of ${readme} prints what it says`, () => {
        writeFileSync(join(directory, "example.mjs"), code);
        expect(run(directory, process.execPath, "example.mjs")).to.equal(output);
      });

  it("have examples to run", () => {
    expect(readmes.map((readme) => examplesIn(readme).length)).to.deep.equal([1, 2, 1]);
  });

  it("have types that need no others", () => {
    const code = [
      `import { openRules, type Verdict } from "logwinnow";`,
      `import { compile, compilePatternSet, PatternSyntaxError, type StatesCache } from "logwinnow/ere";`,
      `const indices: readonly number[] = compile(["a"], { locale: "C" }).matches(new Uint8Array(1));`,
      `const verdict: Verdict = (await openRules(["x"])).classify("line");`,
      `const cache: StatesCache = { read: () => undefined, store: () => undefined };`,
      `compilePatternSet([], { locale: "C", trimsTrailingSpace: true, statesCache: cache });`,
      `// @ts-expect-error: a layer is one of four words`,
      `const layer: "kept" = verdict.layer;`,
      `export { indices, layer, PatternSyntaxError };`,
    ];
    writeFileSync(join(directory, "example.mts"), code.join("\n"));
    const strict = ["--strict", "--exactOptionalPropertyTypes", "--module", "nodenext", "--target", "es2023"];
    run(directory, tool("tsc"), "--noEmit", "--types", "", ...strict, "example.mts");
  });

  it("are found by every resolver of modules (attw)", () => {
    run(directory, tool("attw"), "--profile", "esm-only", "--no-emoji", tarball);
  });

  it("are what package.json says (publint)", () => {
    run(directory, tool("publint"), "run", "--strict", tarball);
  });
});
