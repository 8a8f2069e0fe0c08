/** The whole program on a host with two logs. Promise: lines are told apart by a mark of their own, wherever a mail shows them. */
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
import { join, resolve } from "node:path";
import { expect } from "chai";
import { layoutOf } from "../../src/store/layout.js";
import { Spool } from "../../src/store/spool/spool.js";
import { realDisk } from "../../src/std/disk.js";
import { unstuffed, type ScriptedSmtp } from "../support/scripted-smtp.js";
import { statusOf, type Command } from "./processes.js";
import type { World } from "./world.js";

const program = resolve("dist/logwinnow.cjs");
const markPattern = /\bmark-[a-z0-9]+-mark\b/g;
const marks = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_mark, index) => `mark-${prefix}${index}-mark`);

/** `logwinnow check` that mails to the server, or into a directory without one. */
export async function makeCheckWorld(smtp?: ScriptedSmtp): Promise<World> {
  const home = mkdtempSync(join(tmpdir(), "logwinnow-check-"));
  const at = (...names: readonly string[]): string => join(home, ...names);
  const logLines = (lines: readonly string[], words = "test[1]: odd"): string =>
    lines.map((line) => `2026-03-01T12:00:00+00:00 web1 ${words} ${line}\nnothing to see here\n`).join("");
  // Told when it is first seen, and known once that is in the spool: each exactly once.
  const jobLines = (lines: readonly string[]): string => logLines(lines, "job[1]: ran");
  const commandTo = (transport: string): Command => {
    writeFileSync(
      at("logwinnow.toml"),
      `[mail]\nto = "ops@elsewhere.example"\nfrom = "logwinnow@web1.example"\ntransport = "${transport}"\nformat = "text"\n` +
        `[report]\ngroup = false\ncontext = false\n[rules]\ndirectories = ["rules"]\n` +
        `[[source]]\nkind = "file"\npath = ["auth.log", "mail.log"]\nfirst_run = "all"\n`,
    );
    return {
      argv: [process.execPath, "--single-threaded", program, "check", "--config", at("logwinnow.toml")],
      environment: {
        PATH: process.env.PATH,
        HOME: home,
        TZ: "UTC",
        STATE_DIRECTORY: at("state"),
        CACHE_DIRECTORY: at("cache"),
      },
    };
  };

  mkdirSync(at("rules", "ignore.d", "server"), { recursive: true });
  writeFileSync(at("rules", "ignore.d", "server", "test"), "^nothing to see here$\n");
  writeFileSync(
    at("rules", "ignore.d", "server", "job"),
    "#@ first-seen=\\1\n^[-0-9T:+]{25} web1 job\\[1\\]: ran (.*)$\n",
  );
  writeFileSync(at("auth.log"), logLines(marks("a", 3)) + jobLines(["what is learnt"]));
  writeFileSync(at("mail.log"), logLines(marks("b", 2)));
  expect(await statusOf(commandTo("smtp://127.0.0.1:1")), "nobody takes the first mail").to.equal(75);
  appendFileSync(at("auth.log"), logLines(marks("c", 3)));
  appendFileSync(at("mail.log"), jobLines([...marks("d", 4), "what is learnt"]));
  // The first mail is due at once, not in a minute.
  const spool = new Spool(realDisk, layoutOf(at("state")));
  for (const entry of spool.waiting()) spool.requeue(entry);
  cpSync(at("state"), at("state at start"), { recursive: true });

  return {
    command: commandTo(smtp ? `smtp://127.0.0.1:${smtp.port}` : `file:${at("outbox")}`),
    stateDirectory: at("state"),
    expectedLines: [...marks("a", 3), ...marks("b", 2), ...marks("c", 3), ...marks("d", 4)],
    startAgain: () => {
      for (const directory of ["state", "outbox"]) rmSync(at(directory), { recursive: true, force: true });
      cpSync(at("state at start"), at("state"), { recursive: true });
      mkdirSync(at("outbox"), { mode: 0o700 });
      if (smtp) smtp.bodies.length = 0;
    },
    received: () =>
      smtp
        ? smtp.bodies.map(unstuffed)
        : readdirSync(at("outbox")).map((name) => readFileSync(at("outbox", name), "latin1")),
    // Quoted-printable breaks lines with "=", and so may break a mark.
    linesOf: (mail) => mail.replaceAll("=\r\n", "").match(markPattern) ?? [],
    remove: () => rmSync(home, { recursive: true }),
  };
}
