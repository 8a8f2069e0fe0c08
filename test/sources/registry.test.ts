/** What the kinds of sources make of a command line, of an ordinary server, and of a stored position. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { usualLookBack } from "../../src/sources/look-back.js";
import {
  describePosition,
  settingsFromArgument,
  sourceKindOf,
  sourceKinds,
} from "../../src/sources/registry.js";
import { fileSettings } from "../../src/sources/file/file-kind.js";
import type { SourceSettings } from "../../src/sources/source.js";
import { usualLogs } from "../../src/sources/usual-logs.js";
import { temporaryDirectory } from "./reading.js";

const sourcesDirectory = fileURLToPath(new URL("../../src/sources", import.meta.url));

/** The modules of src/sources that a program loads to discover the sources of some settings, by V8's own account. */
function loadedFor(settings: readonly SourceSettings[], directory: string): readonly string[] {
  const program = `
    import { discoverSources } from ${JSON.stringify(join(sourcesDirectory, "discover.js"))};
    const context = { now: new Date(), hostname: "web1", timestampOf: () => undefined };
    const { sources } = await discoverSources(${JSON.stringify(settings)}, new Set(), context);
    if (sources.length !== ${settings.length}) throw new Error("found " + sources.length);`;
  const { status } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    env: { ...process.env, NODE_V8_COVERAGE: directory },
  });
  expect(status).to.equal(0);
  const [report = ""] = readdirSync(directory);
  const { result } = JSON.parse(readFileSync(join(directory, report), "utf8")) as {
    result: readonly { readonly url: string }[];
  };
  const paths = result.filter(({ url }) => url.startsWith("file:")).map(({ url }) => fileURLToPath(url));
  return paths.map((path) => relative(sourcesDirectory, path)).filter((path) => !path.startsWith(".."));
}

const logins = (path: string) =>
  ({ kind: "wtmp", paths: [path], followLinks: false, showsUnknownUsers: false }) as const;

const [sqlite, wtmpdb, lastlog2] = [
  "/usr/bin/sqlite3",
  "/var/lib/wtmpdb/wtmp.db",
  "/var/lib/lastlog/lastlog2.db",
];

describe("the registry of source kinds", () => {
  const root = temporaryDirectory();

  for (const [what, kinds, loaded, left] of [
    ["no source", [], [], ["file/log-file.js", "records/accounting.js", "journal/journal.js"]],
    [
      "a log",
      ["file"],
      ["file/log-file.js"],
      ["records/accounting.js", "journal/journal.js", "bytes/lines.js"],
    ],
    ["accounting", ["pacct"], ["records/accounting.js"], ["journal/journal.js", "bytes/lines.js"]],
    ["logins", ["wtmp"], ["records/utmp.js"], ["journal/journal.js", "records/accounting.js"]],
    ["auditd's log", ["audit"], ["audit/audit-lines.js"], ["journal/journal.js", "records/accounting.js"]],
    ["a container", ["docker"], ["docker/container-log.js"], ["journal/journal.js", "audit/audit-lines.js"]],
    ["a journal", ["journal"], ["journal/journal.js"], ["file/log-file.js", "records/accounting.js"]],
  ] as const)
    it(`loads for ${what} what reads it, and nothing of the other kinds`, () => {
      const directory = mkdtempSync(join(root, "case-"));
      const path = join(directory, "log");
      writeFileSync(path, "");
      const firstRun = { kind: "all" } as const;
      const settings = kinds.map((kind) =>
        kind === "journal"
          ? { kind, journalctlArguments: [], firstRun }
          : fileSettings(kind, [path], firstRun),
      );
      const modules = loadedFor(settings, join(directory, "coverage"));
      expect(modules).to.include.members(["registry.js", ...loaded]);
      expect(modules).not.to.include.oneOf([...left]);
    });

  it("holds each kind once", () => {
    const kinds = sourceKinds.map(({ kind }) => kind);
    expect(new Set(kinds).size).to.equal(kinds.length);
    expect(kinds.map((kind) => sourceKindOf(kind).kind)).to.deep.equal(kinds);
  });

  for (const [argument, expected] of [
    ["app.log", { kind: "file", paths: [resolve("app.log")], followLinks: false }],
    ["/var/log/*.log", { kind: "file", paths: ["/var/log/*.log"], followLinks: false }],
    ["/var/log/journal.log", { kind: "file", paths: ["/var/log/journal.log"], followLinks: false }],
    ["journal", { kind: "journal", journalctlArguments: [] }],
    ["/var/log/account/pacct", { kind: "pacct", paths: ["/var/log/account/pacct"], followLinks: false }],
    ["pacct", { kind: "pacct", paths: [resolve("pacct")], followLinks: false }],
    ["/var/log/wtmp", logins("/var/log/wtmp")],
    ["/var/log/btmp.1", logins("/var/log/btmp.1")],
    ["/var/lib/wtmpdb/wtmp.db", { kind: "wtmpdb", path: "/var/lib/wtmpdb/wtmp.db" }],
    ["/var/log/audit/audit.log", { kind: "audit", paths: ["/var/log/audit/audit.log"], followLinks: false }],
    ["audit.log.1", { kind: "audit", paths: [resolve("audit.log.1")], followLinks: false }],
    [
      "docker",
      {
        kind: "docker",
        paths: ["/var/lib/docker/containers/*/*-json.log"],
        followLinks: false,
        mayMatchNothing: true,
      },
    ],
    ["/srv/x-json.log", { kind: "docker", paths: ["/srv/x-json.log"], followLinks: false }],
    ["myaudit.log", { kind: "file", paths: [resolve("myaudit.log")], followLinks: false }],
    ["lastlog2.db", { kind: "lastlog2", path: resolve("lastlog2.db") }],
    ["wtmp-20261101", logins(resolve("wtmp-20261101"))],
    ["/var/log/wtmp.txt", { kind: "file", paths: ["/var/log/wtmp.txt"], followLinks: false }],
    ["mypacct", { kind: "file", paths: [resolve("mypacct")], followLinks: false }],
  ] as const)
    it(`reads the argument "${argument}" as a ${expected.kind}`, () => {
      const settings = settingsFromArgument(argument, usualLookBack);
      expect(settings).to.deep.equal({ ...expected, firstRun: usualLookBack });
    });

  for (const [what, there, expected] of [
    ["nothing that is known", [], []],
    [
      "syslog and a journal: both would tell of the same events",
      ["/var/log/syslog", "/var/log/journal"],
      ["file"],
    ],
    ["a journal alone", ["/run/log/journal"], ["journal"]],
    ["a journal and accounting", ["/var/log/journal", "/var/account/pacct"], ["journal", "pacct"]],
    ["syslog and accounting", ["/var/log/messages", "/var/log/account/pacct"], ["file", "pacct"]],
    [
      "a journal and logins in databases",
      ["/run/log/journal", sqlite, wtmpdb, lastlog2],
      ["journal", "wtmpdb"],
    ],
    ["logins of lastlog2 alone", [sqlite, lastlog2], ["lastlog2"]],
    ["logins in databases that nothing can read", [wtmpdb, lastlog2], []],
    ["syslog and containers", ["/var/log/syslog", "/var/lib/docker/containers"], ["file"]],
    ["syslog and auditd's log", ["/var/log/syslog", "/var/log/audit/audit.log"], ["file", "audit"]],
    ["syslog and logins", ["/var/log/syslog", "/var/log/wtmp", "/var/log/btmp"], ["file", "wtmp"]],
  ] as const)
    it(`reads ${expected.join(" and ") || "nothing"} on a server with ${what}`, () => {
      const paths: readonly string[] = there;
      const usual = usualLogs(usualLookBack, {
        exists: (path) => paths.includes(path),
        lastWrittenMs: () => undefined,
      });
      expect(usual.map(({ kind }) => kind)).to.deep.equal(expected);
    });

  it("describes positions of every kind, and one that no kind knows", () => {
    expect(describePosition({ kind: "offset", segments: [] } as { kind: string })).to.equal("0 bytes");
    expect(describePosition({ kind: "cursor", cursor: "s=1" } as { kind: string })).to.equal(
      "up to a journal cursor",
    );
    expect(describePosition({ kind: "of tomorrow" })).to.equal("up to a position that cannot be understood");
  });
});
