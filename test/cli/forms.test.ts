/** Logs of other forms, as a user meets them: decided by the same rules, shown as they are, every line accounted for. */
import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { escaped } from "../../src/std/text/escape.js";
import { Sandbox } from "../support/cli.js";
import { doubtfulForms, otherForms, type Event } from "../support/forms.js";
import { inOneLine, ledgerIn } from "../support/mail-text.js";

const of = (message: string): Event => ({ host: "web1", program: "app", process: "7", message });
const [routine, odd, alarm] = [of("all is well"), of("something odd"), of("the store is open")];

const writers = Object.entries({ ...otherForms, ...doubtfulForms }).flatMap(([form, ways]) =>
  ways.map((write, index) => ({ name: `${form}, ${index + 1}`, form, write })),
);

describe("logs of other forms", () => {
  let box: Sandbox;
  before(() => {
    box = new Sandbox();
    box.write(
      "rules/ignore.d/server/app",
      "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ app\\[[0-9]+\\]: all is well$\n",
    );
    box.write(
      "rules/never.d/app",
      "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ app\\[[0-9]+\\]: the store is open\n",
    );
  });
  after(() => box.remove());
  const rules = () => ["--rules", box.path("rules")];

  const bytesOf = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join("\n")}\n`, "latin1");
  /** A log of each form. */
  const logs = (): readonly string[] =>
    writers.map(({ write }, index) => {
      const bytes = bytesOf([routine, routine, odd, routine, alarm, routine].map(write));
      return index % 2 === 0
        ? box.write(`${index}.log`, bytes)
        : box.write(`${index}.log.gz`, gzipSync(bytes));
    });

  it("filter judges by all that a pipe gives at once, not by how it begins", () => {
    const own = "Nov 22 07:31:09 web1 app[7]: all is well";
    const other = "1784713652.755556 web1 app[7]: all is well";
    // One of another form in the first kilobyte is none of a log's own; half of all lines are.
    const lines = [...Array<string>(20).fill(own), other, ...Array<string>(25).fill(other)];
    const { stdout } = box.run(["filter", ...rules()], { input: bytesOf(lines) });
    expect(stdout).to.equal("");
  });

  it("filter prints what remains of each, byte for byte", () => {
    const { bytes } = box.run(["filter", ...rules(), ...logs()]);
    const remaining = bytesOf(writers.flatMap(({ write }) => [write(odd), write(alarm)]));
    expect(bytes.toString("latin1")).to.equal(remaining.toString("latin1"));
  });

  it("filter --json tells what each line is, and the line as it was", () => {
    const { stdout } = box.run(["filter", ...rules(), "--json", ...logs()]);
    const told = stdout.trimEnd().split("\n");
    expect(told).to.have.length(2 * writers.length);
    for (const [index, line] of told.entries()) {
      const [event, layer] = index % 2 === 0 ? [odd, "remainder"] : [alarm, "never"];
      const { name, write } = writers[index >> 1] ?? writers[0]!;
      const expected = {
        layer,
        program: "app",
        procId: "7",
        message: event.message,
        line: escaped(write(event)),
      };
      expect(JSON.parse(line), name).to.include(expected);
    }
  });

  it("explain names the form of each line", () => {
    const lines = writers.flatMap(({ write }) => [write(routine), write(alarm)]);
    const told = box
      .run(["explain", ...rules(), "--json"], { input: bytesOf(lines) })
      .stdout.trimEnd()
      .split("\n");
    expect(told).to.have.length(lines.length);
    for (const [index, line] of told.entries()) {
      const expected = { form: writers[index >> 1]?.form, layer: index % 2 === 0 ? "ignored" : "never" };
      expect(JSON.parse(line)).to.include(expected);
    }
    const { stdout } = box.run(["explain", ...rules(), "<38>app[7]: all is well"]);
    expect(stdout).to.match(
      /^<38>app.*\n  a priority, then: a tag alone, read as: .*app\[7\]: all is well\n  ignored, by /,
    );
  });

  it("check reads a log of another form from where it was left, shows its lines, and accounts for each", () => {
    const write = otherForms["RFC 5424"]?.[0];
    if (!write) throw new Error("no such form");
    const text = (events: readonly Event[]): string => events.map((event) => `${write(event)}\n`).join("");
    const config = box.write(
      "logwinnow.toml",
      `[rules]\ndirectories = ["${box.path("rules")}"]\n[[source]]\nkind = "file"\npath = "${box.path("app.log")}"\nfirst_run = "all"\n`,
    );
    const check = () => box.run(["check", "--config", config, "--stdout"]);
    box.write("app.log", text([routine, odd, routine, alarm]));
    const first = check();
    expect(inOneLine(first.stdout)).to.include(write(odd)).and.to.include(write(alarm));
    expect(ledgerIn(first.stdout, "app.log")).to.include({ read: 4, ignored: 2, reported: 2 });
    box.write("app.log", text([routine, odd, routine, alarm, routine, of("another odd one"), routine]));
    const second = check();
    expect(second.stdout).to.include("another odd one").and.to.not.include(write(odd));
    expect(ledgerIn(second.stdout, "app.log")).to.include({ read: 3, ignored: 2, reported: 1 });
  });

  it("a first run looks back by the time that the lines of the form state", () => {
    const line = (time: Date, message: string): string =>
      `<38>1 ${time.toISOString()} web1 app 7 - - ${message}\n`;
    const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);
    const log = box.write(
      "old.log",
      line(hoursAgo(72), "from days ago") + line(hoursAgo(1), "from this day"),
    );
    const config = box.write(
      "old.toml",
      `[rules]\ndirectories = ["${box.path("rules")}"]\n[[source]]\nkind = "file"\npath = "${log}"\nfirst_run = "24h"\n`,
    );
    const { stdout } = box.run(["check", "--config", config, "--stdout", "--state", box.path("old-state")]);
    expect(stdout).to.include("from this day").and.to.not.include("from days ago");
  });

  it("a pipe in another form is passed on line by line", async () => {
    const { environment, directory } = box;
    const args = [resolve("dist/logwinnow.cjs"), "filter", ...rules(), "-"];
    const child = spawn(process.execPath, args, { cwd: directory, env: environment });
    const write = otherForms["journalctl -o short-unix"]?.[0];
    if (!write) throw new Error("no such form");
    for (const event of [odd, alarm]) {
      child.stdin.write(`${write(routine)}\n${write(event)}\n`);
      const [chunk] = (await once(child.stdout, "data")) as [Buffer];
      expect(chunk.toString()).to.equal(`${write(event)}\n`);
    }
    child.stdin.end();
    await once(child, "close");
  });

  it("rules for a log's own form stay in force", () => {
    box.write("own/ignore.d/server/own", "^<[0-9]+>1 [^ ]+ web1 app [0-9]+ - - my own$\n");
    const write = otherForms["RFC 5424"]?.[0];
    const input = `${write?.(of("my own"))}\n${write?.(odd)}\n`;
    const { stdout } = box.run(["filter", "--rules", box.path("own"), "-"], { input });
    expect(stdout).to.equal(`${write?.(odd)}\n`);
  });
});
