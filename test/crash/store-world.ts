/** The store alone, as a program. Promise: every mail lists its lines, and the SMTP server counts every copy. */
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
import { unstuffed, type ScriptedSmtp } from "../support/scripted-smtp.js";
import { linesOf } from "../support/small-run.js";
import { statusOf, type Command } from "./processes.js";
import type { World } from "./world.js";

const driver = fileURLToPath(new URL("store-driver.js", import.meta.url));
const firstLines = ["line 1", "line 2", "line 3"];
/** Long enough that each file of a commit takes some blocks of the disk. */
const laterLines = ["line 4", "line 5", "line 6", "line 7"].map((line) => `${line} ${"x".repeat(5_000)}`);

/** Mails go to the server, or into a directory without one. `stateHome` is where the state directory is made. */
export async function makeStoreWorld(smtp?: ScriptedSmtp, stateHome?: string): Promise<World> {
  const home = mkdtempSync(join(tmpdir(), "logwinnow-crash-"));
  const at = (name: string): string => join(home, name);
  const stateDirectory = join(stateHome ?? home, "state");
  const commandTo = (transport: string): Command => ({
    argv: [process.execPath, "--single-threaded", driver, stateDirectory, at("log"), transport],
    environment: process.env,
  });
  writeFileSync(at("log"), firstLines.map((line) => `${line}\n`).join(""));
  expect(await statusOf(commandTo("smtp://127.0.0.1:1")), "nobody takes the first mails").to.equal(75);
  appendFileSync(at("log"), laterLines.map((line) => `${line}\n`).join(""));
  cpSync(stateDirectory, at("state at start"), { recursive: true });
  return {
    command: commandTo(smtp ? `smtp://127.0.0.1:${smtp.port}` : `file:${at("outbox")}`),
    stateDirectory,
    expectedLines: [...firstLines, ...laterLines],
    startAgain: () => {
      for (const directory of [stateDirectory, at("outbox")])
        rmSync(directory, { recursive: true, force: true });
      cpSync(at("state at start"), stateDirectory, { recursive: true });
      mkdirSync(at("outbox"), { mode: 0o700 });
      if (smtp) smtp.bodies.length = 0;
    },
    received: () =>
      smtp
        ? smtp.bodies.map(unstuffed)
        : readdirSync(at("outbox")).map((name) => readFileSync(join(at("outbox"), name), "latin1")),
    linesOf: (mail) => linesOf(Buffer.from(mail)),
    remove: () => rmSync(home, { recursive: true }),
  };
}
