/** What the kinds of sources make of a command line, of an ordinary server, and of a stored position. */
import { resolve } from "node:path";
import { expect } from "chai";
import { usualLookBack } from "../../src/sources/look-back.js";
import {
  describePosition,
  settingsFromArgument,
  sourceKindOf,
  sourceKinds,
} from "../../src/sources/registry.js";
import { usualLogs } from "../../src/sources/usual-logs.js";

describe("the registry of source kinds", () => {
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
  ] as const)
    it(`reads ${expected.join(" and ") || "nothing"} on a server with ${what}`, () => {
      const paths: readonly string[] = there;
      const usual = usualLogs(usualLookBack, (path) => paths.includes(path));
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
