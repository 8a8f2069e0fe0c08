/** F13 on the vault alone: killed at its system calls, then run again. Nothing lost, nothing twice, one resend at most. */
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { startScriptedSmtp, unstuffed, type ScriptedSmtp } from "../support/scripted-smtp.js";
import { isLong } from "../support/seed.js";
import { linesOf } from "../support/small-run.js";
import { needsTool } from "../support/tools.js";
import { canTrace, killAt, killPointsOf, sampleOf, statusOf } from "./kill-points.js";

const driver = fileURLToPath(new URL("vault-driver.js", import.meta.url));
const firstLines = ["line 1", "line 2", "line 3"];
const laterLines = ["line 4", "line 5", "line 6", "line 7"];
const allLines = [...firstLines, ...laterLines];

describe("kill -9 at the system calls of the vault (F13)", function () {
  this.timeout(isLong ? 7_200_000 : 120_000);
  let home: string;
  let smtp: ScriptedSmtp;

  before(async function () {
    needsTool(this, "strace", "flock");
    if (!canTrace()) this.skip();
    home = mkdtempSync(join(tmpdir(), "logwinnow-crash-"));
    smtp = await startScriptedSmtp({});
  });
  after(async () => {
    if (home) rmSync(home, { recursive: true });
    await smtp?.close();
  });

  const at = (name: string): string => join(home, name);
  const command = (transport: string): readonly string[] => [
    process.execPath,
    "--single-threaded",
    driver,
    at("state"),
    at("log"),
    transport,
  ];

  /** A host that has run before, with two mails of that run still waiting and new lines in its log. */
  async function prepare(): Promise<void> {
    writeFileSync(at("log"), firstLines.map((line) => `${line}\n`).join(""));
    expect(await statusOf(command("smtp://127.0.0.1:1"))).to.equal(75);
    appendFileSync(at("log"), laterLines.map((line) => `${line}\n`).join(""));
    cpSync(at("state"), at("state at start"), { recursive: true });
  }

  function startAgain(): void {
    for (const name of ["state", "outbox"]) rmSync(at(name), { recursive: true, force: true });
    cpSync(at("state at start"), at("state"), { recursive: true });
    mkdirSync(at("outbox"), { mode: 0o700 });
    smtp.bodies.length = 0;
  }

  function received(transport: string): readonly string[] {
    return transport.startsWith("file:")
      ? readdirSync(at("outbox")).map((name) => readFileSync(join(at("outbox"), name), "latin1"))
      : smtp.bodies.map(unstuffed);
  }

  for (const kind of ["file", "smtp"] as const)
    it(`delivers every line once, over ${kind}`, async () => {
      if (kind === "file") await prepare();
      const transport = kind === "file" ? `file:${at("outbox")}` : `smtp://127.0.0.1:${smtp.port}`;
      startAgain();
      const points = await killPointsOf(command(transport));
      const chosen = isLong ? points : sampleOf(points, 60);
      let hits = 0;
      let resends = 0;
      for (const point of chosen) {
        startAgain();
        if (await killAt(command(transport), point)) hits += 1;
        const where = `${point.name} ${point.count}`;
        expect(await statusOf(command(transport)), where).to.equal(0);
        const mails = received(transport);
        const different = [...new Set(mails)];
        const told = different.flatMap((mail) => linesOf(Buffer.from(mail)));
        expect(told.toSorted(), where).to.deep.equal(allLines);
        expect(mails.length - different.length, where).to.be.at.most(1);
        resends += mails.length - different.length;
      }
      const names = new Set(points.map(({ name }) => name)).size;
      console.log(
        `      ${kind}: ${chosen.length} of ${points.length} points (${names} names), ${hits} hit, 0 lost, ${resends} resent`,
      );
      expect(hits).to.be.at.least(chosen.length * 0.8);
    });
});
