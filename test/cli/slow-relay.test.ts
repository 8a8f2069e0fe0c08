import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { Sandbox } from "../support/cli.js";
import { until } from "../support/until.js";

describe("a relay that never answers (F23)", () => {
  it("does not hold the reading up: what is new is spooled while an old mail still waits for the relay", async () => {
    const box = new Sandbox();
    const relay = createServer(() => {});
    relay.listen(0, "127.0.0.1");
    await once(relay, "listening");
    const configure = (transport: string): void => {
      box.write(
        "logwinnow.toml",
        `[mail]\nto = "ops"\ntransport = "${transport}"\n[rules]\ndirectories = ["rules"]\n` +
          `[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
      );
    };
    box.write("rules/never.d/app", "odd\n");
    const spooled = (): number => {
      const spool = box.path("state/spool");
      return existsSync(spool) ? readdirSync(spool).filter((name) => name.endsWith(".mail")).length : 0;
    };
    // The first mail cannot leave: where its directory should be stands a file.
    box.write("outbox", "");
    configure("file:outbox");
    box.write("app.log", "odd one\n");
    expect(box.run(["check", "--config", box.path("logwinnow.toml")]).status).to.equal(75);
    expect(spooled()).to.equal(1);

    configure(`smtp://127.0.0.1:${(relay.address() as AddressInfo).port}`);
    writeFileSync(box.path("app.log"), "odd one\nodd two\n");
    const child = spawn(
      process.execPath,
      [
        "--import",
        "./build/test/support/an-hour-later.js",
        "dist/logwinnow.cjs",
        "check",
        "--config",
        box.path("logwinnow.toml"),
      ],
      { env: box.environment, stdio: "ignore" },
    );
    const closed = once(child, "close");
    try {
      await until("what is new is spooled", () => spooled() === 2, 20_000);
      expect(child.exitCode).to.equal(null);
    } finally {
      child.kill("SIGKILL");
      await closed;
      relay.close();
      box.remove();
    }
  }).timeout(60_000);
});
