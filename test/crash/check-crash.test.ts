/**
 * F13, F16: `logwinnow check`, two logs and a mail, killed at each system call or failed by one, then run again.
 * Promise shown: nothing lost, nothing told twice, at most one resend of the same bytes.
 */
import { expect } from "chai";
import { layoutOf } from "../../src/store/layout.js";
import { Spool } from "../../src/store/spool/spool.js";
import { realDisk } from "../../src/std/disk.js";
import { startScriptedSmtp, type ScriptedSmtp } from "../support/scripted-smtp.js";
import { isLong } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { callsOf, sampleOf, type Call } from "./calls.js";
import { makeCheckWorld } from "./check-world.js";
import { canTrace, statusOf, statusWithInjection } from "./processes.js";
import { expectRecovery, type World } from "./world.js";

/** Whether the call can change what is outside of the process: files, other processes, the far end of a connection. */
function isSeenByOthers({ name }: Call): boolean {
  return /^(openat|write|writev|pwrite64|fsync|rename|link|unlink|mkdir|chmod|fchmod|ftruncate|flock|close|clone3?|execve|connect|sendto|sendmsg|shutdown|exit_group)$/.test(
    name,
  );
}

describe("logwinnow check under kill -9 and failing system calls (F13, F16)", function () {
  this.timeout(isLong ? 14_400_000 : 300_000);
  let smtp: ScriptedSmtp;
  let world: World | undefined;

  before(async function () {
    needsTool(this, "strace", "flock");
    if (!canTrace()) this.skip();
    smtp = await startScriptedSmtp({});
  });
  afterEach(() => {
    world?.remove();
    world = undefined;
  });
  after(() => smtp?.close());

  it("undisturbed, tells every line once", async () => {
    world = await makeCheckWorld(smtp);
    world.startAgain();
    expect(await expectRecovery(world, "nothing")).to.equal(0);
    expect(await statusOf(world.command), "a second run").to.equal(0);
    expect(world.received()).to.have.length(2);
  });

  for (const kind of ["SMTP", "directory"] as const)
    it(`killed: every line once, by ${kind}${kind === "directory" ? " (only in the long run)" : ""}`, async function () {
      if (kind === "directory" && !isLong) this.skip();
      world = await makeCheckWorld(kind === "SMTP" ? smtp : undefined);
      world.startAgain();
      const calls = await callsOf(world.command);
      // Between two calls that others can see, a kill leaves the same behind wherever it strikes.
      const chosen = isLong ? calls : sampleOf(calls.filter(isSeenByOthers), 40);
      let kills = 0;
      let resends = 0;
      for (const { name, count } of chosen) {
        world.startAgain();
        if ((await statusWithInjection(world.command, name, `signal=KILL:when=${count}`)) !== 0) kills += 1;
        resends += await expectRecovery(world, `kill at ${name} ${count}`);
      }
      const names = new Set(calls.map(({ name }) => name)).size;
      console.log(
        `      ${kind}: ${chosen.length} of ${calls.length} calls (${names} names), ${kills} kills, ${resends} resends`,
      );
      // A run may make fewer calls than the one that was listed; then it ends undisturbed.
      expect(kills).to.be.at.least(chosen.length * 0.8);
    });

  it("calls that fail: the state does not move past what was not reported", async () => {
    world = await makeCheckWorld(smtp);
    world.startAgain();
    const onDisk =
      /^(openat|read|pread64|write|pwrite64|fsync|rename|link|unlink|mkdir|getdents64|statx|lseek)$/;
    const calls = (await callsOf(world.command)).filter(({ name }) => onDisk.test(name));
    const chosen = isLong ? calls : sampleOf(calls, 16);
    const errors = ["EIO", "EDQUOT", "EMFILE", "EROFS", "ENOSPC"];
    let failures = 0;
    for (const [index, { name, count }] of chosen.entries()) {
      world.startAgain();
      const error = errors[index % errors.length] ?? "EIO";
      const status = await statusWithInjection(world.command, name, `error=${error}:when=${count}`);
      if (status !== 0) failures += 1;
      // A mail that was deferred by the error is due at once, not in a minute.
      const spool = new Spool(realDisk, layoutOf(world.stateDirectory));
      for (const entry of spool.waiting()) spool.requeue(entry);
      await expectRecovery(world, `${error} from ${name} ${count}`);
    }
    console.log(`      ${chosen.length} of ${calls.length} calls, ${failures} runs failed`);
    expect(failures).to.be.greaterThan(0);
  });
});
