/** Which logs the settings come to. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { discoverSources } from "../../src/sources/discover.js";
import { isRotatedName } from "../../src/sources/rotation/rotated-name.js";
import type { FileSettings } from "../../src/sources/file/file-settings.js";
import { formatNotice } from "../../src/std/notice.js";
import { context, run, temporaryDirectory } from "./reading.js";

describe("discovery", () => {
  const root = temporaryDirectory();
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(root, "case-"));
  });
  const make = (...names: readonly string[]) => {
    for (const name of names) writeFileSync(join(directory, name), `${name}\n`);
  };
  const settings = (patterns: readonly string[], followLinks = false): FileSettings => ({
    kind: "file",
    paths: patterns.map((pattern) => join(directory, pattern)),
    firstRun: { kind: "all" },
    followLinks,
  });
  const discover = async (
    patterns: readonly string[],
    known: readonly string[] = [],
    followLinks = false,
  ) => {
    const names = new Set(known.map((name) => join(directory, name)));
    const { sources, notices } = await discoverSources([settings(patterns, followLinks)], names, context);
    return {
      sources,
      names: sources.map(({ name }) => name.slice(directory.length + 1)),
      notices: notices.map((notice) => formatNotice(notice).slice(directory.length + 1)),
    };
  };

  it("does not stop at a path that no system call takes, and says why when it is opened", async () => {
    make("a.log", "file");
    const long = "n".repeat(300);
    const { sources, names, notices } = await discover([long, "file/below", `${long}*`, "a.log"]);
    expect(names).to.deep.equal([long, "file/below", "a.log"]);
    expect(notices).to.deep.equal([`${long}*: matches no file: nothing is read for it`]);
    const failure = await sources[0]?.open(undefined).catch((error: unknown) => error);
    expect(String(failure)).to.contain("name too long");
  });

  it("takes literal paths in their order, and globs without rotated copies and archives", async () => {
    make(
      "b.log",
      "a.log",
      "auth.log",
      "auth.log.1",
      "auth.log.2.gz",
      "auth.log-20261122",
      "syslog",
      "syslog.0",
      "a.txt",
      "other.gz",
    );
    const { names, notices } = await discover(["syslog*", "auth.log", "*.log*", "*.gz"]);
    expect(names).to.deep.equal(
      ["auth.log", "a.log", "b.log", "syslog"].toSorted(
        (one, other) => Number(other === "auth.log") - Number(one === "auth.log"),
      ),
    );
    expect(notices).to.deep.equal([]);
  });

  it("gives each log once, though several settings name it", async () => {
    make("a.log");
    const both = [settings(["a.log"]), settings(["*.log"])];
    expect((await discoverSources(both, new Set(), context)).sources).to.have.length(1);
  });

  it("keeps logs that bear a date in their own name and were rotated from no other", async () => {
    make("tomcat.2026-11-21.log", "tomcat.2026-11-22.log", "worker.log", "worker-1.log");
    expect((await discover(["*.log"])).names).to.have.length(4);
  });

  it("looks into directories as deep as the glob goes", async () => {
    mkdirSync(join(directory, "nginx/deep"), { recursive: true });
    make("x.log", "nginx/access.log", "nginx/deep/y.log");
    expect((await discover(["*/*.log"])).names).to.deep.equal(["nginx/access.log"]);
    expect((await discover(["**/*.log"])).names).to.deep.equal([
      "nginx/access.log",
      "nginx/deep/y.log",
      "x.log",
    ]);
  });

  it("says that a path does not exist, and that a glob matches nothing", async () => {
    const { names, notices } = await discover(["missing.log", "*.none", "none/*.log"]);
    expect(names).to.deep.equal([]);
    expect(notices).to.deep.equal([
      "missing.log: does not exist: not read",
      "*.none: matches no file: nothing is read for it",
      "none/*.log: matches no file: nothing is read for it",
    ]);
  });

  it("keeps a log that is gone and that the state knows: it may live on under another name", async () => {
    make("gone.log.1");
    expect((await discover(["*.log*"], ["gone.log"])).names).to.deep.equal(["gone.log"]);
    expect((await discover(["gone.log"], ["gone.log"])).names).to.deep.equal(["gone.log"]);
    expect((await discover(["other.log"], ["gone.log"])).names).to.deep.equal([]);
  });

  it("says of links, FIFOs and sockets that match a glob that they are not read; follows links where told to", async () => {
    make("real");
    symlinkSync("real", join(directory, "link.log"));
    execFileSync("mkfifo", [join(directory, "fifo.log")]);
    mkdirSync(join(directory, "directory.log"));
    const { names, notices } = await discover(["*.log"]);
    expect(names).to.deep.equal([]);
    expect(notices).to.deep.equal([
      "fifo.log: is a FIFO: not read",
      "link.log: is a symbolic link, and links are not followed: not read",
    ]);
    expect((await discover(["*.log"], [], true)).names).to.deep.equal(["link.log"]);
  });

  it("lets a source that cannot be opened fail alone", async () => {
    make("good.log", "bad.log");
    const { sources } = await discover(["*.log"]);
    unlinkSync(join(directory, "bad.log"));
    mkdirSync(join(directory, "bad.log"));
    const outcomes = await Promise.allSettled(sources.map((source) => run(source)));
    expect(outcomes.map(({ status }) => status)).to.deep.equal(["rejected", "fulfilled"]);
  });

  it("takes a path with the signs of a glob literally where there is such a file", async () => {
    make("a[1].log", "a1.log");
    expect((await discover(["a[1].log"])).names).to.deep.equal(["a[1].log"]);
  });
});

describe("a rotated name", () => {
  for (const [base, yes, no] of [
    [
      "auth.log",
      "auth.log.1 auth.log.0 auth.log.12.gz auth.log-20261122 auth.log-20261122.xz auth.log.2026-11-22-14 auth.log_22.11.2026 auth.log-1795305600.zst auth.1.log auth-20261122.log.bz2 auth.log.20261122T120000Z auth.log.gz auth.log-1 auth.log.bak auth.log.old auth.log~ auth.log.prev auth.log.save auth.old.log old-auth.log 20261125-auth.log 2026-11-25_auth.log.gz",
      "auth.log auth.logs auth.log.bakery auth.log.old12 auth-1.log authlog.1 auth.log.1.txt xauth.log.1 auth.log.offset auth-priv.log",
    ],
    ["syslog", "syslog.1 syslog.2.gz syslog-20261122", "syslog syslog-ng.1 syslog-1 syslog2 mysyslog.1"],
    ["pacct", "pacct.0 pacct.1.gz", "pacct pacct-usr"],
  ] as const)
    it(`of ${base} is one that a rotation may give it`, () => {
      for (const name of yes.split(" ")) expect(isRotatedName(name, base), name).to.equal(true);
      for (const name of no.split(" ")) expect(isRotatedName(name, base), name).to.equal(false);
    });
});
