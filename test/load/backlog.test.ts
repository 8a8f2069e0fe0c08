import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync, writeSync } from "node:fs";
import { isLong } from "../support/seed.js";
import { Sandbox } from "../support/cli.js";
import { ledgerIn } from "../support/mail-text.js";

const header = "Nov 22 00:41:26 web1 ";
const linesPerBlock = 10_000;
/** Of each block, one line remains. */
const block = Buffer.from(
  Array.from({ length: linesPerBlock }, (_, index) =>
    index === 5000
      ? `${header}app[77]: this one is odd\n`
      : `${header}app[${index}]: request ${index * 7919} from 192.0.2.${index % 256} served in ${index % 97} ms\n`,
  ).join(""),
);
const mebibyte = 2 ** 20;

describe("a backlog", function () {
  this.timeout(600_000);
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
    box.write(
      "rules/ignore.d/server/app",
      "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ app\\[[0-9]+\\]: request .* ms$\n",
    );
    box.write(
      "logwinnow.toml",
      `[mail]\nto = "ops"\ntransport = "file:outbox"\n[rules]\ndirectories = ["rules"]\n` +
        `[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
    );
  });
  afterEach(() => box.remove());

  /** Out: the number of blocks written. */
  function writeLog(megabytes: number): number {
    const blocks = Math.ceil((megabytes * 1e6) / block.length);
    const descriptor = openSync(box.path("app.log"), "w");
    for (let index = 0; index < blocks; index++) writeSync(descriptor, block);
    closeSync(descriptor);
    return blocks;
  }

  /** Runs check; `watch` sees the process about every 20 ms. Out: its peak memory in bytes. */
  async function check(watch: (kill: () => void) => void = () => {}): Promise<number> {
    const child = spawn(
      process.execPath,
      ["dist/logwinnow.cjs", "check", "--config", box.path("logwinnow.toml")],
      {
        env: box.environment,
        stdio: "inherit",
      },
    );
    let peakBytes = 0;
    const timer = setInterval(() => {
      try {
        const [, kilobytes] =
          /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, "latin1")) ?? [];
        if (kilobytes !== undefined) peakBytes = Number(kilobytes) * 1024;
      } catch {
        // It has just ended.
      }
      watch(() => child.kill("SIGKILL"));
    }, 20);
    await once(child, "close");
    clearInterval(timer);
    return peakBytes;
  }

  /** What the only mail says of app.log. */
  function ledger(): Readonly<Record<string, number>> {
    const [name = ""] = readdirSync(box.path("outbox"));
    const mail = readFileSync(box.path("outbox", name), "latin1")
      .replaceAll("=\r\n", "")
      .replaceAll("\r", "");
    return ledgerIn(mail.replaceAll("=3D", "="), "app.log") ?? {};
  }

  function commitNumber(): number {
    if (!existsSync(box.path("state/state.json"))) return 0;
    return Number(/"commitNumber": *(\d+)/.exec(readFileSync(box.path("state/state.json"), "utf8"))?.[1]);
  }

  it("is read in bounded memory and reported once, whole", async () => {
    const megabytes = isLong ? 1000 : 200;
    const blocks = writeLog(megabytes);
    const peakBytes = await check();
    console.log(`      ${megabytes} MB: peak memory ${Math.round(peakBytes / mebibyte)} MiB`);
    expect(peakBytes).to.be.within(1, 256 * mebibyte);
    expect(readdirSync(box.path("outbox"))).to.have.length(1);
    const { read, ignored, reported = 0, counted = 0 } = ledger();
    expect({ read, ignored, rest: reported + counted }).to.deep.equal({
      read: blocks * linesPerBlock,
      ignored: blocks * (linesPerBlock - 1),
      rest: blocks,
    });
    // One commit for each 64 MiB that are followed by more, and the last one.
    expect(commitNumber()).to.be.at.least(Math.floor(statSync(box.path("app.log")).size / (64 * mebibyte)));
  });

  it("loses no more than one part to a kill, and tells what was read before it", async () => {
    const blocks = writeLog(200);
    await check((kill) => {
      if (commitNumber() >= 1) kill();
    });
    expect(commitNumber()).to.be.at.least(1);
    expect(existsSync(box.path("outbox"))).to.equal(false);
    await check();
    expect(readdirSync(box.path("outbox"))).to.have.length(1);
    expect(ledger().read).to.equal(blocks * linesPerBlock);
  });
});
