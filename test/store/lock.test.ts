/** F19: one run at a time; the lock dies with its process. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { DiskError } from "../../src/std/disk.js";
import { takeLock } from "../../src/store/lock.js";
import { needsTool } from "../support/tools.js";

const lockModule = fileURLToPath(new URL("../../src/store/lock.js", import.meta.url));
const holder = `
  const { takeLock } = await import(process.argv[1]);
  const { outcome } = takeLock(process.argv[2]);
  process.stdout.write(outcome + "\\n");
  if (outcome === "held") setInterval(() => undefined, 1000);
  else process.exit(75);
`;

describe("lock (F19)", () => {
  let directory: string;
  before(function () {
    needsTool(this, "flock");
  });
  beforeEach(() => {
    directory = join(mkdtempSync(join(tmpdir(), "logwinnow-lock-")), "state");
  });
  afterEach(() => rmSync(join(directory, ".."), { recursive: true }));

  function start(): ChildProcess {
    return spawn(process.execPath, ["--input-type=module", "-e", holder, lockModule, directory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
  }

  async function firstWord(child: ChildProcess): Promise<string> {
    const [chunk] = (await once(child.stdout ?? child, "data")) as [Buffer];
    return chunk.toString().trim();
  }

  it("is held once at a time, and again after it was let go", () => {
    const first = takeLock(directory);
    if (first.outcome !== "held") throw new Error("not held");
    expect(takeLock(directory)).to.deep.equal({ outcome: "locked" });
    first.release();
    const second = takeLock(directory);
    expect(second.outcome).to.equal("held");
    if (second.outcome === "held") second.release();
    expect(statSync(join(directory, "lock")).mode & 0o7777).to.equal(0o600);
  });

  it("four at once: one works, three are told so while it does", async () => {
    const children = [start(), start(), start(), start()];
    try {
      const words = await Promise.all(children.map(firstWord));
      expect(words.toSorted()).to.deep.equal(["held", "locked", "locked", "locked"]);
      expect(takeLock(directory).outcome).to.equal("locked");
    } finally {
      for (const child of children) child.kill("SIGKILL");
    }
  });

  it("is free once its holder is killed with -9, and the file stays", async () => {
    const child = start();
    expect(await firstWord(child)).to.equal("held");
    expect(takeLock(directory).outcome).to.equal("locked");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(existsSync(join(directory, "lock"))).to.equal(true);
    const again = takeLock(directory);
    expect(again.outcome).to.equal("held");
    if (again.outcome === "held") again.release();
  });

  it("refuses a link or a directory in place of the file", () => {
    mkdirSync(directory, { mode: 0o700 });
    writeFileSync(join(directory, "target"), "");
    symlinkSync(join(directory, "target"), join(directory, "lock"));
    expect(() => takeLock(directory)).to.throw(DiskError, /lock: is a link: refused/);
    rmSync(join(directory, "lock"));
    mkdirSync(join(directory, "lock"));
    expect(() => takeLock(directory)).to.throw(DiskError, /lock: /);
  });

  it("says so when there is no flock to run", () => {
    const path = process.env.PATH;
    process.env.PATH = directory;
    try {
      expect(() => takeLock(directory)).to.throw(DiskError, /"flock" failed: .*ENOENT.*: install util-linux/);
    } finally {
      process.env.PATH = path;
    }
  });
});
