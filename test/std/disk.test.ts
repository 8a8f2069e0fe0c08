/** The disk as state and spool use it: private, and never over what somebody else has put there. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { keepAs, placeFile, replaceFile } from "../../src/std/atomic-file.js";
import { DiskError, realDisk } from "../../src/std/disk.js";

const someBytes = Buffer.from("some bytes");
const isRoot = process.geteuid?.() === 0;

describe("disk", () => {
  let directory: string;
  const at = (name: string): string => join(directory, name);
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "logwinnow-disk-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Expects a DiskError that names the path and says this. */
  function refuses(operation: () => unknown, path: string, words: RegExp): void {
    expect(operation).to.throw(DiskError, words);
    expect(operation).to.throw(path);
  }

  it("makes directories for this user alone", () => {
    realDisk.ensurePrivateDirectory(at("state"));
    expect(statSync(at("state")).mode & 0o7777).to.equal(0o700);
    realDisk.ensurePrivateDirectory(at("state"));
  });

  it("makes the directories above that are missing: a new user has no ~/.local/state", () => {
    realDisk.ensurePrivateDirectory(at(".local/state/logwinnow"));
    for (const path of [".local", ".local/state", ".local/state/logwinnow"])
      expect(statSync(at(path)).mode & 0o777, path).to.equal(0o700);
  });

  it("makes files for this user alone, whatever the umask", () => {
    const before = process.umask(0);
    try {
      realDisk.writeNew(at("file"), someBytes);
      placeFile(realDisk, at("placed"), someBytes);
    } finally {
      process.umask(before);
    }
    expect(statSync(at("file")).mode & 0o7777).to.equal(0o600);
    expect(statSync(at("placed")).mode & 0o7777).to.equal(0o600);
  });

  it("reads back what it wrote, whole or only its beginning, and knows what is missing", () => {
    realDisk.writeNew(at("file"), someBytes);
    expect(Buffer.from(realDisk.read(at("file")) ?? [])).to.deep.equal(someBytes);
    expect(Buffer.from(realDisk.read(at("file"), 4) ?? []).toString()).to.equal("some");
    expect(realDisk.read(at("nothing"))).to.equal(undefined);
    expect(realDisk.sizeBytes(at("file"))).to.equal(someBytes.length);
    expect(realDisk.list(directory)).to.deep.equal(["file"]);
    expect(realDisk.list(at("nothing"))).to.deep.equal([]);
  });

  it("replaces a file in one step and leaves nothing next to it", () => {
    replaceFile(realDisk, at("file"), Buffer.from("old"));
    replaceFile(realDisk, at("file"), someBytes);
    keepAs(realDisk, at("file"), at("file.prev"));
    keepAs(realDisk, at("file"), at("file.prev"));
    expect(readdirSync(directory).toSorted()).to.deep.equal(["file", "file.prev"]);
    expect(readFileSync(at("file"))).to.deep.equal(someBytes);
  });

  it("leaves a directory its mode (systemd makes them 0755): the files in it are private", () => {
    mkdirSync(at("state"), { mode: 0o755 });
    realDisk.ensurePrivateDirectory(at("state"));
    expect(statSync(at("state")).mode & 0o7777).to.equal(0o755);
    replaceFile(realDisk, at("state/file"), someBytes);
    expect(statSync(at("state/file")).mode & 0o7777).to.equal(0o600);
  });

  it("refuses a directory that others may write to", () => {
    mkdirSync(at("state"));
    chmodSync(at("state"), 0o777);
    refuses(
      () => realDisk.ensurePrivateDirectory(at("state")),
      at("state"),
      /others may write to it \(mode 777\)/,
    );
  });

  it("refuses a file, a FIFO or a dangling link instead of the directory", () => {
    writeFileSync(at("state"), "");
    refuses(() => realDisk.ensurePrivateDirectory(at("state")), at("state"), /is not a directory: refused/);
    symlinkSync(at("nowhere"), at("link"));
    refuses(() => realDisk.ensurePrivateDirectory(at("link")), at("link"), /ENOENT/);
  });

  it("refuses to write over a link, and leaves its target alone", () => {
    writeFileSync(at("shadow"), "precious");
    symlinkSync(at("shadow"), at("file"));
    refuses(() => realDisk.writeNew(at("file"), someBytes), at("file"), /EEXIST/);
    symlinkSync(at("shadow"), at(".placed.tmp"));
    refuses(() => placeFile(realDisk, at("placed"), someBytes), at(".placed.tmp"), /EEXIST/);
    replaceFile(realDisk, at("file"), someBytes);
    expect(lstatSync(at("file")).isSymbolicLink()).to.equal(false);
    expect(readFileSync(at("shadow"), "utf8")).to.equal("precious");
  });

  it("refuses to read through a link, from a FIFO or a directory, and does not hang", () => {
    writeFileSync(at("target"), "x");
    symlinkSync(at("target"), at("link"));
    refuses(() => realDisk.read(at("link")), at("link"), /is a link: refused/);
    expect(spawnSync("mkfifo", [at("fifo")]).status).to.equal(0);
    refuses(() => realDisk.read(at("fifo")), at("fifo"), /is not a regular file: refused/);
    mkdirSync(at("directory"));
    refuses(() => realDisk.read(at("directory")), at("directory"), /is not a regular file: refused/);
  });

  it("refuses what belongs to somebody else (as root)", function () {
    if (!isRoot) this.skip();
    mkdirSync(at("state"), { mode: 0o700 });
    chownSync(at("state"), 65534, 65534);
    refuses(
      () => realDisk.ensurePrivateDirectory(at("state")),
      at("state"),
      /belongs to uid 65534, this runs as uid 0/,
    );
    writeFileSync(at("file"), "x", { mode: 0o600 });
    chownSync(at("file"), 65534, 65534);
    refuses(() => realDisk.read(at("file")), at("file"), /belongs to uid 65534, this runs as uid 0/);
  });

  it("says what the system said, in words and by name", () => {
    expect(realDisk.sizeBytes(at("nothing"))).to.equal(0);
    const inFile = at("file/name");
    writeFileSync(at("file"), "");
    refuses(() => realDisk.sizeBytes(inFile), inFile, /not a directory \(ENOTDIR\)/);
    refuses(() => realDisk.unlink(at("nothing")), at("nothing"), /no such file or directory \(ENOENT\)/);
  });
});
