/** The logs of Docker's containers, as the driver json-file writes and rotates them. */
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { traditionalTime } from "../../src/entry/traditional-time.js";
import { containerNameOf } from "../../src/sources/docker/container-log.js";
import { dockerKind } from "../../src/sources/docker/docker-kind.js";
import { fileSettings } from "../../src/sources/file/file-kind.js";
import type { LookBack, Position } from "../../src/sources/source.js";
import { context, noon, run, temporaryDirectory } from "./reading.js";

const id = "0123456789abcdef".repeat(4);
const time = "2026-11-22T12:00:00.123456789Z";
const record = (log: string, stream = "stdout", at = time): string =>
  `${JSON.stringify({ log, stream, time: at })}\n`;

describe("the logs of Docker's containers", () => {
  const root = temporaryDirectory();
  let containers: string;
  let log: string;
  beforeEach(() => {
    containers = mkdtempSync(join(root, "case-"));
    mkdirSync(join(containers, id));
    log = join(containers, id, `${id}-json.log`);
  });
  const named = (config: unknown): void =>
    writeFileSync(
      join(containers, id, "config.v2.json"),
      typeof config === "string" ? config : JSON.stringify(config),
    );
  const sources = async (firstRun: LookBack = { kind: "all" }) => {
    const settings = fileSettings("docker", [join(containers, "*/*-json.log")], firstRun);
    return dockerKind.discover(settings, new Set(), context);
  };
  const read = async (from?: Position, firstRun?: LookBack) => {
    const [source] = (await sources(firstRun)).sources;
    if (!source) throw new Error("no container");
    return run(source, from);
  };
  /** What the rules read in place of the lines of one chunk. */
  const readings = async (): Promise<readonly (string | undefined)[]> => {
    const [source] = (await sources()).sources;
    const reader = await source!.open(undefined);
    const chunk = await reader.read(Buffer.alloc(1 << 20));
    await reader.close();
    if (chunk.kind !== "lines") throw new Error(chunk.kind);
    return (chunk.readAs ?? []).map((bytes) => bytes && Buffer.from(bytes).toString());
  };
  const header = (name: string): string => `${traditionalTime(noon.getTime() / 1000)} web1 ${name}: `;

  it("are read by the rules as the container wrote them, under its name, and given as they are", async () => {
    named({ Name: "/shop-db-1", ID: id });
    const lines = [record("ready\n"), record('a "b" é\n', "stderr")];
    writeFileSync(log, lines.join(""));
    expect((await read()).lines).to.deep.equal(lines.map((line) => Buffer.from(line).toString("latin1")));
    expect(await readings()).to.deep.equal([`${header("shop-db-1")}ready`, `${header("shop-db-1")}a "b" é`]);
  });

  it("join what the driver broke, by stream, into the text that docker logs prints", async () => {
    named({ Name: "/app" });
    const written = ["one\n", "two, ", "three\n", "four\n"];
    writeFileSync(
      log,
      [record("one\n"), record("two, "), record("odd\n", "stderr"), record("three\n"), record("four\n")].join(
        "",
      ),
    );
    const all = await readings();
    expect(all).to.deep.equal(
      ["one", "two, three", "odd", "two, three", "four"].map((text) => header("app") + text),
    );
    const printed = [...new Set(all.filter((line) => !line?.endsWith("odd")))].map(
      (line) => `${line?.slice(header("app").length)}\n`,
    );
    expect(printed.join("")).to.equal(written.join(""));
  });

  for (const [what, config, expected] of [
    ["of its configuration", { Name: "/web" }, "web"],
    ["that is no name: its id", { Name: "/a b: sshd[1]" }, id.slice(0, 12)],
    ["that is no text: its id", { Name: 7 }, id.slice(0, 12)],
    ["in a broken configuration: its id", '{"Name":"/web"', id.slice(0, 12)],
    ["in a configuration that is none: its id", "[]", id.slice(0, 12)],
  ] as const)
    it(`bear the name ${what}`, () => {
      named(config);
      expect(containerNameOf(log)).to.equal(expected);
    });

  it("bear the short id where there is no configuration, or a link in its place, and else the file's name", () => {
    expect(containerNameOf(log)).to.equal(id.slice(0, 12));
    writeFileSync(join(containers, "secret"), '{"Name":"/secret"}');
    symlinkSync(join(containers, "secret"), join(containers, id, "config.v2.json"));
    expect(containerNameOf(log)).to.equal(id.slice(0, 12));
    expect(containerNameOf("/srv/my app-json.log")).to.equal("my_app-json.log");
  });

  it("are read over rotations, compressed ones too", async () => {
    writeFileSync(log, record("1\n"));
    const first = await read();
    appendFileSync(log, record("2\n"));
    writeFileSync(`${log}.2.gz`, gzipSync(record("1\n") + record("2\n")));
    writeFileSync(log, record("3\n"));
    renameSync(log, `${log}.1`);
    writeFileSync(log, record("4\n"));
    const { lines } = await read(first.position);
    expect(lines).to.deep.equal([record("2\n"), record("3\n"), record("4\n")]);
  });

  it("begin the first run with what was written within the look back", async () => {
    const hoursAgo = (hours: number): string => new Date(noon.getTime() - hours * 3_600_000).toISOString();
    for (const hours of [100, 25, 23, 1])
      appendFileSync(log, record(`${hours}\n`, "stdout", hoursAgo(hours)));
    const { lines } = await read(undefined, { kind: "duration", milliseconds: 24 * 3_600_000 });
    expect(lines.map((line) => (JSON.parse(line) as { log: string }).log)).to.deep.equal(["23\n", "1\n"]);
  });

  it("are no reason for a word where there is no container", async () => {
    const settings = dockerKind.settingsFrom({
      path: undefined,
      first_run: undefined,
      follow_links: undefined,
      rotated: undefined,
    });
    const none = { ...settings, paths: [join(containers, "none/*-json.log")] };
    expect(await dockerKind.discover(none, new Set(), context)).to.deep.include({ sources: [], notices: [] });
  });
});
