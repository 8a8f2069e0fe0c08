/** Which package a program came with. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { PackageChange } from "../../src/sources/package-changes.js";
import { programsOf } from "../../src/sources/package-programs.js";
import { temporaryDirectory } from "./reading.js";

describe("programs of packages", () => {
  const root = temporaryDirectory();
  let lists: string;
  beforeEach(() => {
    lists = mkdtempSync(join(root, "lists-"));
  });
  const list = (name: string, ...paths: readonly string[]): void =>
    writeFileSync(join(lists, `${name}.list`), paths.map((path) => `${path}\n`).join(""));
  const upgraded = (name: string): PackageChange => ({
    action: "upgraded",
    name,
    from: "1",
    to: "2",
    atMs: 9,
  });
  const found = (...names: readonly string[]): readonly string[] =>
    [...programsOf(names.map(upgraded), lists)].map(([program, { name }]) => `${program} of ${name}`);

  it("are what it has in the directories of programs, and its units", () => {
    list(
      "openssh-server",
      "/.",
      "/lib",
      "/lib/systemd",
      "/lib/systemd/system",
      "/lib/systemd/system/ssh.service",
      "/lib/systemd/system/ssh@.service",
      "/usr/lib/openssh",
      "/usr/lib/openssh/sshd-session",
      "/usr/lib/python3/dist-packages/plug",
      "/usr/lib/x86_64-linux-gnu/security/pam_plug.so",
      "/usr/sbin",
      "/usr/sbin/sshd",
      "/usr/share/doc/openssh-server/copyright",
    );
    expect(found("openssh-server")).to.deep.equal([
      "ssh.service of openssh-server",
      "ssh@.service of openssh-server",
      "sshd-session of openssh-server",
      "sshd of openssh-server",
    ]);
  });

  it("are nobody's where two packages have one of the name", () => {
    list("one", "/usr/bin/tool", "/usr/bin/first");
    list("two", "/usr/libexec/two/tool", "/usr/bin/second");
    expect(found("one", "two")).to.deep.equal(["first of one", "second of two"]);
  });

  it("are found where dpkg names the architecture, and the kernel's without a list", () => {
    list("tool:amd64", "/usr/bin/tool");
    expect(found("tool", "linux-image-6.1.0-9-amd64")).to.deep.equal([
      "tool of tool",
      "kernel of linux-image-6.1.0-9-amd64",
    ]);
  });

  it("are none of what was removed, of a list that is too large, or no file, and without dpkg", () => {
    const removed: PackageChange = { action: "removed", name: "gone", from: "1", atMs: 9 };
    list("gone", "/usr/bin/gone");
    expect(programsOf([removed], lists).size).to.equal(0);
    list("large", `/usr/bin/${"x".repeat(5 * 2 ** 20)}`, "/usr/bin/large");
    mkdirSync(join(lists, "odd.list"));
    expect(found("large", "odd", "missing")).to.deep.equal([]);
    expect(programsOf([upgraded("gone")], join(lists, "missing")).size).to.equal(0);
  });
});
