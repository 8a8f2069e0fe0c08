/** F15, F16: a disk that is full, and system calls that fail: the run says so, and the next one makes up for it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { startScriptedSmtp, type ScriptedSmtp } from "../support/scripted-smtp.js";
import { isLong } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { callsOf, sampleOf, type Call } from "./calls.js";
import { canTrace, statusOf, statusWithInjection } from "./processes.js";
import { makeStoreWorld } from "./store-world.js";
import { expectRecovery, type World } from "./world.js";

describe("a disk that fails", function () {
  this.timeout(isLong ? 14_400_000 : 300_000);
  let smtp: ScriptedSmtp;
  let world: World | undefined;

  before(async () => {
    smtp = await startScriptedSmtp({});
  });
  afterEach(() => {
    world?.remove();
    world = undefined;
  });
  after(() => smtp.close());

  it("no space, from none at all to enough: fails until it fits, then delivers every line once (F15)", async function () {
    if (process.geteuid?.() !== 0 || spawnSync("mount", ["--version"]).status !== 0) {
      this.test!.title += " (skipped: only root may mount)"; // `this.test` is there in a running test
      this.skip();
    }
    const mountPoint = mkdtempSync(join(tmpdir(), "logwinnow-full-"));
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", mountPoint]).status !== 0) {
      rmSync(mountPoint, { recursive: true });
      this.skip();
    }
    try {
      world = await makeStoreWorld(smtp, mountPoint);
      const { bsize } = statfsSync(mountPoint);
      const statuses: number[] = [];
      for (let freeBlocks = 0; statuses.slice(-3).join() !== "0,0,0"; freeBlocks++) {
        world.startAgain();
        const filler = join(mountPoint, "filler");
        writeFileSync(
          filler,
          new Uint8Array(Math.max(0, statfsSync(mountPoint).bavail - freeBlocks) * bsize),
        );
        expect(statfsSync(mountPoint).bavail, "free blocks").to.be.at.most(freeBlocks);
        statuses.push(await statusOf(world.command));
        rmSync(filler);
        await expectRecovery(world, `${freeBlocks} free blocks`);
      }
      console.log(`      exit statuses by free blocks: ${statuses.join(" ")}`);
      expect(new Set(statuses)).to.deep.equal(new Set([74, 0]));
      expect(
        statuses.filter((status) => status === 74).length,
        "places to run out of space at",
      ).to.be.greaterThan(10);
    } finally {
      spawnSync("umount", [mountPoint]);
      rmSync(mountPoint, { recursive: true });
    }
  });

  it("system calls that fail: nothing lost, nothing twice (F16)", async function () {
    needsTool(this, "strace", "flock");
    if (!canTrace()) this.skip();
    world = await makeStoreWorld(smtp);
    world.startAgain();
    const onDisk = /^(openat|write|pwrite64|fsync|rename|link|unlink|mkdir|getdents64|statx|chmod|lseek)$/;
    const calls = (await callsOf(world.command)).filter(({ name }) => onDisk.test(name));
    const chosen: readonly Call[] = isLong ? calls : sampleOf(calls, 12);
    const errors = ["EIO", "EDQUOT", "EMFILE", "EROFS", "ENOSPC"];
    let failures = 0;
    for (const [index, { name, count }] of chosen.entries()) {
      world.startAgain();
      const error = errors[index % errors.length] ?? "EIO";
      const status = await statusWithInjection(world.command, name, `error=${error}:when=${count}`);
      if (status !== 0) failures += 1;
      await expectRecovery(world, `${error} from ${name} ${count}`);
    }
    console.log(`      ${chosen.length} of ${calls.length} calls, ${failures} runs failed`);
    expect(failures).to.be.greaterThan(0);
  });

  it("a file system that is read-only: exit status 74, and the mailbox stays empty of half reports", async () => {
    world = await makeStoreWorld(smtp);
    world.startAgain();
    rmSync(world.stateDirectory, { recursive: true });
    mkdirSync(world.stateDirectory, { mode: 0o700 });
    writeFileSync(join(world.stateDirectory, "spool"), "in the way");
    expect(await statusOf(world.command)).to.equal(74);
    expect(world.received()).to.deep.equal([]);
  });
});
