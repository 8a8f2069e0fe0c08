import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { Sandbox } from "../support/cli.js";

const header = "Nov 22 00:41:26 web1 ";
const routine = `${header}app: all is well\n`;
const odd = `${header}app: something odd\n`;
const alarm = `${header}app: the store is open\n`;

describe("logwinnow filter", () => {
  let box: Sandbox;
  before(() => {
    box = new Sandbox();
    box.write("rules/ignore.d/server/app", "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ app: all is well$\n");
    box.write("rules/never.d/app", "store is open\n");
    box.write("rules/violations.d/app", "break-in\n");
  });
  after(() => box.remove());
  const filter = (args: readonly string[], input: string | Uint8Array = "") =>
    box.run(["filter", "--rules", box.path("rules"), ...args], { input });

  it("prints what remains, byte for byte, in order", () => {
    const strange = Buffer.from([0, 0xff, 0xc3, 0x28, 0x0d, 0x1b, 0x0a]);
    const input = Buffer.concat([
      Buffer.from(odd + routine),
      strange,
      Buffer.from(alarm),
      Buffer.from("no newline"),
    ]);
    const expected = Buffer.concat([
      Buffer.from(odd),
      strange,
      Buffer.from(alarm),
      Buffer.from("no newline"),
    ]);
    expect(filter([], input).bytes.equals(expected)).to.equal(true);
  });

  it("reads several files, compressed ones and standard input, in the order named", () => {
    const plain = box.write("a.log", routine + odd);
    const gzip = box.write("b.log.gz", gzipSync(Buffer.from(alarm + routine)));
    expect(filter([plain, "-", gzip], `${header}x\n`).stdout).to.equal(`${odd}${header}x\n${alarm}`);
  });

  it("does not join the last line of one file and the first of the next", () => {
    const one = box.write("one", "first");
    const two = box.write("two", "second\n");
    expect(filter([one, two]).stdout).to.equal("first\nsecond\n");
  });

  const statuses: readonly (readonly [string, string, readonly string[], number])[] = [
    ["0 when lines remain", odd, [], 0],
    ["1 when none do", routine, [], 1],
    ["1 on empty input", "", [], 1],
    ["2 when a file is missing", "", ["/does/not/exist"], 2],
    ["2 on a wrong option", "", ["--bogus"], 2],
  ];
  for (const [what, input, args, expected] of statuses) {
    it(`exits ${what}`, () => expect(filter(args, input).status).to.equal(expected));
  }

  it("names the file that it could not read, and reads the others", () => {
    const good = box.write("good.log", odd);
    const { stdout, stderr, status } = filter(["/does/not/exist", good]);
    expect(stdout).to.equal(odd);
    expect(stderr).to.match(/^\/does\/not\/exist: .+: .+\n$/);
    expect(status).to.equal(2);
  });

  it("prints the layers asked for", () => {
    const input = routine + odd + alarm + `${header}break-in\n`;
    expect(filter(["--layer", "never"], input).stdout).to.equal(alarm);
    expect(filter(["--layer", "ignored", "--layer", "remainder"], input).stdout).to.equal(routine + odd);
    expect(filter(["--layer", "violation"], input).stdout).to.equal(`${header}break-in\n`);
  });

  it("counts", () => expect(filter(["--count"], routine + odd + alarm).stdout).to.equal("2\n"));

  it("says which rule decided, as file and line", () => {
    const { stdout } = filter(["--explain"], odd + alarm);
    expect(stdout).to.equal(`remainder: ${odd}${box.path("rules/never.d/app")}:1: ${alarm}`);
  });

  it("prints an object a line as JSON, control bytes escaped", () => {
    const { stdout } = filter(["--json"], `${header}app[7]: a\x1b[31mb\n`);
    expect(JSON.parse(stdout)).to.include({
      source: "/dev/stdin",
      layer: "remainder",
      hostname: "web1",
      program: "app",
      procId: "7",
      message: "a\\x1b[31mb",
    });
  });

  it("gives each line the id of its kind as JSON, the same in each run", () => {
    const lines = [1, 2].map((number) => `${header}app[${number}]: job ${number} failed\n`);
    const input = lines.join("") + odd + alarm;
    const kindsOf = (text: string) =>
      filter(["--json"], text)
        .stdout.trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as { kind: string }).kind);
    const [one, two, other, never] = kindsOf(input);
    expect(one).to.match(/^[0-9a-f]{12}$/);
    expect(two).to.equal(one);
    expect(new Set([one, other, never])).to.have.property("size", 3);
    expect(kindsOf(alarm + odd + lines.join(""))).to.deep.equal([never, other, one, two]);
  });

  it("groups what reads alike, the worst first, each with its count", () => {
    const { stdout } = filter(["--group"], odd + odd + alarm + routine);
    expect(stdout.indexOf("store is open")).to.be.within(0, stdout.indexOf("something odd"));
    expect(stdout).to.match(/2 lines/);
    expect(stdout).not.to.include("all is well");
  });

  it("prints an object a group as JSON, with the same kinds as those of the lines", () => {
    const text = `${odd}${odd}${alarm}`;
    const objectsOf = (...options: string[]): Record<string, unknown>[] =>
      filter([...options, "--json"], text)
        .stdout.trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    const groups = objectsOf("--group");
    const lines = objectsOf();
    expect(groups.map(({ layer, count }) => [layer, count])).to.deep.equal([
      ["never", 1],
      ["remainder", 2],
    ]);
    expect(groups.map(({ kind }) => kind)).to.have.members([...new Set(lines.map(({ kind }) => kind))]);
    const [, group] = groups;
    expect(group?.lines).to.deep.include({ source: "/dev/stdin", line: odd.trimEnd() });
    expect(group?.first).to.match(/^\d{4}-11-22T.*Z$/);
    expect(group?.first).to.equal(group?.last);
  });

  it("works line by line inside a pipe", async () => {
    const child = spawn(process.execPath, ["dist/logwinnow.cjs", "filter", "--rules", box.path("rules")], {
      env: box.environment,
      stdio: ["pipe", "pipe", "inherit"],
    });
    const closed = once(child, "close");
    for (const line of [odd, alarm]) {
      child.stdin.write(routine + line);
      const [printed] = (await once(child.stdout, "data")) as [Buffer];
      expect(printed.toString()).to.equal(line);
    }
    child.stdin.end();
    const [status] = (await closed) as [number];
    expect(status).to.equal(0);
  });

  it("ends quietly when its reader goes away", async () => {
    const log = box.write("long.log", odd.repeat(100_000));
    const child = spawn(
      process.execPath,
      ["dist/logwinnow.cjs", "filter", "--rules", box.path("rules"), log],
      {
        env: box.environment,
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let complaints = "";
    child.stderr.on("data", (bytes: Buffer) => (complaints += bytes.toString()));
    child.stdout.once("data", () => child.stdout.destroy());
    const [status] = (await once(child, "close")) as [number];
    expect(complaints).to.equal("");
    expect(status).to.equal(0);
  });

  it("drops nothing because of a rule that is broken, ends in a carriage return or matches everything", () => {
    const rules = box.path("bad");
    box.write("bad/ignore.d/server/bad", "(unclosed\nodd\r\nfoo|\n.*\nall is well$\n");
    const { stdout, stderr } = box.run(["filter", "--rules", rules], { input: routine + odd });
    expect(stdout).to.equal(odd);
    const places = stderr
      .trimEnd()
      .split("\n")
      .map((line) => /bad:(\d+:\d+): /.exec(line)?.[1]);
    expect(places.map((place) => place?.split(":")[0])).to.have.members(["1", "2", "3", "4"]);
  });

  it("gives the same with the cache, without it, and with a damaged one", () => {
    const input = (routine + odd + alarm).repeat(50);
    const cold = filter([], input).stdout;
    expect(filter([], input).stdout).to.equal(cold);
    expect(filter(["--no-cache"], input).stdout).to.equal(cold);
    expect(cold).to.equal((odd + alarm).repeat(50));
  });

  it("reads the other files when one is damaged or a directory, and says so with 2", () => {
    const lines = Array.from({ length: 50_000 }, (_, number) => `app: odd ${number * 7919}\n`).join("");
    const packed = gzipSync(lines);
    box.write("damaged.gz", packed.subarray(0, packed.length / 2));
    box.write("whole.log", "app: the last\n");
    const { status, stdout, stderr } = filter(["damaged.gz", ".", "whole.log"]);
    expect(status).to.equal(2);
    expect(stdout.endsWith("app: the last\n")).to.equal(true);
    // The line in which the file breaks off is given too, with a newline of its own.
    expect(lines.startsWith(stdout.slice(0, stdout.lastIndexOf("\napp: the last")))).to.equal(true);
    expect(stderr).to.equal(
      "damaged.gz: is damaged (unexpected end of file): not read further\n.: is a directory: not read further\n",
    );
  });

  it("says so when it has to cut a line", () => {
    const length = 17 * 2 ** 20;
    box.write("long.log", `${"x".repeat(length - 1)}\nshort\n`);
    const { stdout, stderr } = filter(["long.log"]);
    expect(stdout.endsWith("x\nshort\n")).to.equal(true);
    expect(stderr).to.equal(`long.log: a line of ${length} bytes: cut to ${2 ** 24} bytes\n`);
  });
});
