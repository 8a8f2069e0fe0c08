/** F19: four `logwinnow check` at once. One works, however long it takes; the others say so and leave within a second. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { startScriptedSmtp, type ScriptedSmtp } from "../support/scripted-smtp.js";
import { needsTool } from "../support/tools.js";

interface Ended {
  readonly status: number | null;
  readonly milliseconds: number;
}

describe("four runs at once (F19)", function () {
  this.retries(2);
  let box: Sandbox;
  let smtp: ScriptedSmtp;
  before(function () {
    needsTool(this, "flock");
  });
  beforeEach(async () => {
    box = new Sandbox();
    smtp = await startScriptedSmtp({ DATA: { kind: "stall" } });
  });
  afterEach(async () => {
    box.remove();
    await smtp.close();
  });

  it("one works, three exit with 75 within a second", async () => {
    box.write("rules/ignore.d/server/none", "^nothing is like this$\n");
    writeFileSync(box.path("app.log"), "a line\n");
    const mail = `[mail]\nto = "ops@elsewhere.example"\ntransport = "smtp://127.0.0.1:${smtp.port}"\n`;
    const rest = `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`;
    const config = box.write("logwinnow.toml", mail + rest);
    const bareStartMs = await fourBareStarts();
    const start = performance.now();
    const children = Array.from({ length: 4 }, () =>
      spawn(process.execPath, [resolve("dist/logwinnow.cjs"), "check", "--config", config], {
        env: box.environment,
        stdio: "ignore",
      }),
    );
    try {
      const ended: Ended[] = [];
      const ends = children.map(async (child) => {
        const [status] = (await once(child, "exit")) as [number | null];
        ended.push({ status, milliseconds: performance.now() - start });
        if (ended.length === 3) for (const each of children) each.kill("SIGKILL");
      });
      await Promise.all(ends);
      expect(ended.slice(0, 3).map(({ status }) => status)).to.deep.equal([75, 75, 75]);
      const slowest = Math.max(...ended.slice(0, 3).map(({ milliseconds }) => milliseconds));
      console.log(
        `      left after ${Math.round(slowest)} ms; four times node -e 0: ${Math.round(bareStartMs)} ms`,
      );
      // On a machine that is busy with something else, a second may pass before a program has begun.
      expect(slowest).to.be.lessThan(Math.max(1000, 6 * bareStartMs));
    } finally {
      for (const child of children) child.kill("SIGKILL");
    }
  });
});

/** How long four processes take that do nothing, all at once. */
async function fourBareStarts(): Promise<number> {
  const start = performance.now();
  const children = Array.from({ length: 4 }, () => spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }));
  await Promise.all(children.map((child) => once(child, "exit")));
  return performance.now() - start;
}
