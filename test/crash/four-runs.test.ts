/** F19: four `logwinnow check` at once. One works, however long it takes; the others do not wait for it. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { startScriptedSmtp, type ScriptedSmtp } from "../support/scripted-smtp.js";
import { needsTool } from "../support/tools.js";
import { until } from "../support/until.js";

describe("four runs at once (F19)", () => {
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

  it("one works, three exit with 75 while it does", async () => {
    box.write("rules/ignore.d/server/none", "^nothing is like this$\n");
    writeFileSync(box.path("app.log"), "a line\n");
    const mail = `[mail]\nto = "ops@elsewhere.example"\ntransport = "smtp://127.0.0.1:${smtp.port}"\n`;
    const rest = `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`;
    const config = box.write("logwinnow.toml", mail + rest);
    const children = Array.from({ length: 4 }, () =>
      spawn(process.execPath, [resolve("dist/logwinnow.cjs"), "check", "--config", config], {
        env: box.environment,
        stdio: "ignore",
      }),
    );
    try {
      // The relay never answers, so that the one that works does so for minutes.
      const left = () => children.map(({ exitCode }) => exitCode).filter((status) => status !== null);
      await until("three have left", () => left().length >= 3, 25_000);
      expect(left()).to.deep.equal([75, 75, 75]);
    } finally {
      for (const child of children) child.kill("SIGKILL");
    }
  });
});
