/** A state directory on the real disk: private throughout, and names that somebody else has put there. */
import {
  chmodSync,
  existsSync,
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
import type { Transport } from "../../src/outlets/mail/message.js";
import { DiskError, realDisk } from "../../src/std/disk.js";
import { takeLock } from "../../src/store/lock.js";
import { openStore } from "../../src/store/store.js";
import { now, smallRun } from "../support/small-run.js";
import { needsTool } from "../support/tools.js";

const lines = ["line 1", "line 2", "line 3"];
const deferring: Transport = ({ envelope }) =>
  Promise.resolve({ outcome: "deferred", reason: "relay:25: try later", remaining: envelope.to });

describe("the state directory", () => {
  let home: string;
  let directory: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "logwinnow-state-"));
    directory = join(home, "state");
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const run = (): Promise<void> => smallRun(openStore(directory, realDisk, now).store, lines, deferring);

  it("is for its user alone: directories 0700, files 0600, whatever the umask, nothing temporary left", async function () {
    needsTool(this, "flock");
    const before = process.umask(0);
    try {
      const lock = takeLock(directory);
      await run();
      if (lock.outcome === "held") lock.release();
    } finally {
      process.umask(before);
    }
    const found = readdirSync(directory, { recursive: true, encoding: "utf8" }).toSorted();
    expect(found).to.deep.equal([
      "failed",
      "full",
      "full/00000002-2026-03-01.log.gz",
      "lock",
      "memory",
      "memory/00000001.lines.json",
      "memory/00000002.lines.json",
      "spool",
      "spool/00000002.1.mail",
      "spool/00000002.2.mail",
      "state.json",
      "state.json.prev",
      "unfinished",
      "unfinished/00000001.json",
    ]);
    for (const name of found) {
      const stats = statSync(join(directory, name));
      expect(stats.mode & 0o7777, name).to.equal(stats.isDirectory() ? 0o700 : 0o600);
    }
  });

  it("the state is not read through a link, nor begun anew because of one", async () => {
    await run();
    writeFileSync(join(home, "planted"), readFileSync(join(directory, "state.json")));
    rmSync(join(directory, "state.json"));
    symlinkSync(join(home, "planted"), join(directory, "state.json"));
    expect(() => openStore(directory, realDisk, now)).to.throw(DiskError, /state\.json: is a link: refused/);
  });

  it("links under temporary names are removed, never written through", async () => {
    await run();
    const shadow = join(home, "shadow");
    writeFileSync(shadow, "precious");
    const planted = [
      ".state.json.tmp",
      ".state.json.prev.tmp",
      "spool/.00000003.1.mail.tmp",
      "full/.00000003-2026-03-01.log.gz.tmp",
    ];
    for (const name of planted) symlinkSync(shadow, join(directory, name));
    lines.push("line 4");
    await run();
    expect(readFileSync(shadow, "utf8")).to.equal("precious");
    for (const name of planted) expect(existsSync(join(directory, name)), name).to.equal(false);
    expect(lstatSync(join(directory, "state.json")).isFile()).to.equal(true);
  });

  it("foreign names are left alone and never taken for mails", async () => {
    await run();
    for (const name of ["README", "backup.mail", "1.mail", "..mail"])
      writeFileSync(join(directory, "spool", name), "x");
    const { store } = openStore(directory, realDisk, now);
    expect(store.spool.waiting()).to.have.length(2);
    expect(existsSync(join(directory, "spool", "README"))).to.equal(true);
  });

  it("a subdirectory that is a file, or open to others, is refused by its name", () => {
    mkdirSync(directory, { mode: 0o700 });
    writeFileSync(join(directory, "spool"), "");
    expect(() => openStore(directory, realDisk, now)).to.throw(
      DiskError,
      `${join(directory, "spool")}: is not a directory`,
    );
    rmSync(join(directory, "spool"));
    mkdirSync(join(directory, "spool"));
    chmodSync(join(directory, "spool"), 0o722);
    expect(() => openStore(directory, realDisk, now)).to.throw(
      DiskError,
      `${join(directory, "spool")}: others may write`,
    );
  });
});
