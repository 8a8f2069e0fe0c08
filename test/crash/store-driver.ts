/**
 * A program around the store alone: lock, load, deliver, read, commit, deliver.
 * Usage: store-driver STATE_DIRECTORY LOG TRANSPORT. Ends with 0; with 75 when locked or when mail waits; with 74 on disk errors.
 */
import { readFileSync } from "node:fs";
import { directoryTransport } from "../../src/outlets/mail/directory.js";
import type { Transport } from "../../src/outlets/mail/message.js";
import { smtpTransport } from "../../src/outlets/mail/smtp.js";
import { parseTransport } from "../../src/outlets/mail/transport-setting.js";
import { takeLock } from "../../src/store/lock.js";
import { openStore } from "../../src/store/store.js";
import { DiskError, realDisk } from "../../src/std/disk.js";
import { smallRun } from "../support/small-run.js";

const [stateDirectory = "", log = "", transportText = ""] = process.argv.slice(2);
const transport = transportTo(transportText);
try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof DiskError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 74;
}

async function run(): Promise<number> {
  if (takeLock(stateDirectory).outcome === "locked") return 75;
  const { store } = openStore(stateDirectory, realDisk, new Date());
  const lines = readFileSync(log, "latin1").split("\n").slice(0, -1);
  await smallRun(store, lines, transport);
  return store.spool.waiting().length > 0 ? 75 : 0;
}

function transportTo(text: string): Transport {
  const setting = parseTransport(text);
  if (!setting.ok || setting.value.kind === "sendmail") throw new Error(`"${text}": expected smtp or file`);
  return setting.value.kind === "directory"
    ? directoryTransport(setting.value.path, realDisk)
    : smtpTransport({ ...setting.value, hostname: "web1.example", deadlineMs: 5_000 });
}
