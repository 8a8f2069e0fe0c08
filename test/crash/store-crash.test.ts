/** F13 on the store alone: killed at its system calls, then run again. Nothing lost, nothing twice, one resend at most. */
import { expect } from "chai";
import { startScriptedSmtp, type ScriptedSmtp } from "../support/scripted-smtp.js";
import { isLong } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { callsOf } from "./calls.js";
import { canTrace, statusWithInjection } from "./processes.js";
import { makeStoreWorld } from "./store-world.js";
import { expectRecovery, type World } from "./world.js";

describe("kill -9 at the system calls of the store (F13)", function () {
  this.timeout(isLong ? 14_400_000 : 300_000);
  let smtp: ScriptedSmtp;
  let world: World | undefined;

  before(async function () {
    needsTool(this, "strace", "flock");
    if (!canTrace()) this.skip();
    smtp = await startScriptedSmtp({});
  });
  afterEach(() => world?.remove());
  after(() => smtp?.close());

  for (const kind of ["directory", "SMTP"] as const)
    it(`delivers every line once, by ${kind} (all calls; only in the long run)`, async function () {
      if (!isLong) this.skip();
      world = await makeStoreWorld(kind === "SMTP" ? smtp : undefined);
      world.startAgain();
      const calls = await callsOf(world.command);
      let kills = 0;
      let resends = 0;
      for (const { name, count } of calls) {
        world.startAgain();
        if ((await statusWithInjection(world.command, name, `signal=KILL:when=${count}`)) !== 0) kills += 1;
        resends += await expectRecovery(world, `kill at ${name} ${count}`);
      }
      const names = new Set(calls.map(({ name }) => name)).size;
      console.log(
        `      ${kind}: ${calls.length} calls (${names} names), ${kills} kills, ${resends} resends`,
      );
      // A run may make fewer calls than the one that was listed; then it ends undisturbed.
      expect(kills).to.be.at.least(calls.length * 0.8);
    });
});
