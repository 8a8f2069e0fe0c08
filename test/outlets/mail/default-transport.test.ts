import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { defaultTransport, transportFor } from "../../../src/outlets/mail/default-transport.js";
import { needsTool } from "../../support/tools.js";

describe("the transport where none is configured", () => {
  it("is sendmail", () => {
    expect(transportFor("Name:\tnode\nNoNewPrivs:\t0\n")).to.equal("sendmail");
    expect(transportFor("")).to.equal("sendmail");
  });

  it("is the mail server of this machine where a set-gid sendmail could not work", function () {
    needsTool(this, "setpriv");
    const module = new URL("../../../src/outlets/mail/default-transport.js", import.meta.url).href;
    const script = `import(${JSON.stringify(module)}).then((m) => console.log(m.defaultTransport()))`;
    const args = ["--no-new-privs", process.execPath, "-e", script];
    const { stdout, stderr } = spawnSync("setpriv", args, { encoding: "utf8" });
    expect({ stdout, stderr }).to.deep.equal({ stdout: "smtp://127.0.0.1:25\n", stderr: "" });
    expect(["sendmail", "smtp://127.0.0.1:25"]).to.include(defaultTransport());
  });
});
