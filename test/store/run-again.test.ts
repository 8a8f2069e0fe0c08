/** Root's command, run again as the user of the hourly job, where Node lets no process change its user. */
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";
import { needsRoot, needsTool } from "../support/tools.js";

describe("a command of root's about another user's state", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
    chmodSync(box.directory, 0o755);
  });
  afterEach(() => box.remove());

  it("is run again as its owner where Debian's Node 20 disables initgroups()", function () {
    needsRoot(this);
    needsTool(this, "setpriv");
    mkdirSync(box.path("state"), { mode: 0o700 });
    // nobody, in Debian.
    chownSync(box.path("state"), 65_534, 65_534);
    const disabled = box.write(
      "disabled.cjs",
      `process.initgroups = () => {
         throw Object.assign(new Error("initgroups() disabled"), { code: "ERR_INVALID_STATE" });
       };
       if (process.getuid() === 65534) process.stderr.write("as nobody\\n");`,
    );
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [resolve("dist/logwinnow.cjs"), "status", "--json", "--state", box.path("state")],
      { env: { ...box.environment, NODE_OPTIONS: `--require=${disabled}` }, encoding: "utf8" },
    );
    expect(stderr).to.include("as nobody\n");
    expect(status).to.equal(1);
    expect(JSON.parse(stdout)).to.include({ waiting: 0, failed: 0 });
  });
});
