/** A Node that is too old: one line says so, in place of a stack trace. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { transformSync } from "esbuild";
import { Sandbox } from "../support/cli.js";

const program = resolve("dist/logwinnow.cjs");

describe("a Node that is too old", () => {
  let box: Sandbox;
  before(() => {
    box = new Sandbox();
  });
  after(() => box.remove());

  /** Runs `logwinnow --version` in this Node, which says that it is another. */
  function runAs(version: string): { status: number | null; stderr: string } {
    const versions = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
    const pretends = box.write(`node-${version}.cjs`, versions);
    const { status, stderr } = spawnSync(process.execPath, ["--require", pretends, program, "--version"], {
      encoding: "utf8",
    });
    return { status, stderr };
  }

  for (const version of ["12.22.12", "18.20.4", "20.18.3"])
    it(`${version} is named in one line, with where to get another`, () => {
      const { status, stderr } = runAs(version);
      expect(status).to.equal(69);
      expect(stderr).to.match(
        /^logwinnow needs Node\.js 20\.19 or later; this is [0-9.]+: get it from .+\n$/,
      );
      expect(stderr).to.include(`this is ${version}:`);
    });

  for (const version of ["20.19.0", "21.0.0", "26.10.0"])
    it(`${version} is none`, () => expect(runAs(version)).to.deep.equal({ status: 0, stderr: "" }));

  it("is that which package.json means", () => {
    const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };
    expect(engines.node).to.equal(">=20.19");
  });

  it("understands the file that says so", () => {
    const text = readFileSync(program, "utf8").replace(/^#!.*/, "");
    const inSyntaxOf = (target: string): string => transformSync(text, { target }).code;
    // What is newer would be written anew.
    expect(inSyntaxOf("es2019")).to.equal(inSyntaxOf("esnext"));
  });
});
