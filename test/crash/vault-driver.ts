/**
 * A program around the vault alone: lock, load, deliver, read, commit, deliver.
 * Usage: vault-driver STATE_DIRECTORY LOG TRANSPORT. Ends with 0; with 75 when locked or when mail waits; with 74 on disk errors.
 */
import { readFileSync } from "node:fs";
import { openTransport } from "../../src/mail/open-transport.js";
import { parseTransport } from "../../src/mail/transport-setting.js";
import { takeLock } from "../../src/state/lock.js";
import { openVault } from "../../src/state/vault.js";
import { DiskError, realDisk } from "../../src/std/disk.js";
import { smallRun } from "../support/small-run.js";

const [stateDirectory = "", log = "", transportText = ""] = process.argv.slice(2);
const setting = parseTransport(transportText);
if (!setting.ok) throw new Error(`expected ${setting.expected}`);
const transport = openTransport(setting.value, {
  disk: realDisk,
  sendmailProgram: "/usr/sbin/sendmail",
  smtp: { hostname: "web1.example" },
  deadlineMs: 5_000,
});
try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof DiskError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 74;
}

async function run(): Promise<number> {
  if (takeLock(stateDirectory).outcome === "locked") return 75;
  const { vault } = openVault(stateDirectory, realDisk, new Date());
  const lines = readFileSync(log, "latin1").split("\n").slice(0, -1);
  await smallRun(vault, lines, transport);
  return vault.spool.waiting().length > 0 ? 75 : 0;
}
