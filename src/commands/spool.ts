/** `logwinnow spool`: lists, shows and sends the mail that waits or was refused. */
import type { Config } from "../config/config.js";
import { deliverRound } from "../outlets/deliver.js";
import { readdress } from "../outlets/readdress.js";
import { layoutOf } from "../store/layout.js";
import { takeLock } from "../store/lock.js";
import { damagedWords, Spool, type SpoolEntry } from "../store/spool/spool.js";
import { openStore } from "../store/store.js";
import { formatDayAndTime } from "../report/render/wording.js";
import { realDisk } from "../std/disk.js";
import { escapedText, jsonText } from "../std/text/escape.js";
import { mailDomain } from "../std/host-name.js";
import { mailOutlet } from "../outlets/mail/outlet.js";
import { openTransport } from "../outlets/mail/open-transport.js";
import { writeAll, writeText } from "../std/standard-output.js";
import { requireOwnDirectory } from "../store/owner.js";
import { ownStateDirectory } from "../store/places.js";
import { sayNotices } from "../std/standard-error.js";

export interface SpoolOptions {
  readonly action: "list" | "show" | "flush";
  /** The entry to show. */
  readonly entry?: string;
  readonly config?: string;
  readonly state?: string;
  readonly json: boolean;
}

export type SpoolOutcome = "done" | "locked" | "mail not delivered" | "no such entry";

export async function spool(options: SpoolOptions, config: Config): Promise<SpoolOutcome> {
  const directory = options.state ?? ownStateDirectory();
  requireOwnDirectory(directory, `spool ${options.action}`);
  const { directory: place } = layoutOf(directory);
  const isThere = realDisk.read(layoutOf(directory).state) !== undefined;
  const mails = new Spool(realDisk, layoutOf(directory));
  const entries = isThere ? [...mails.waiting(), ...mails.failed()] : [];
  switch (options.action) {
    case "list":
      writeText(entries.map(options.json ? asJson : asText).join(""));
      return "done";
    case "show": {
      const entry = entries.find(({ name }) => name === options.entry);
      const raw = entry && mails.raw(entry);
      if (!raw) {
        const what = "no such mail in the spool";
        sayNotices([{ where: options.entry ?? place, what, done: "nothing shown" }]);
        return "no such entry";
      }
      const payload = mails.payload(entry);
      if (!payload) sayNotices([{ where: entry.name, what: damagedWords, done: "shown as it is" }]);
      writeAll(payload?.bytes ?? raw);
      return "done";
    }
    case "flush":
      return isThere ? flush(directory, config) : "done";
  }
}

/** Tries to deliver every mail now, those that were refused too, to those who are configured now and lack it. */
async function flush(directory: string, config: Config): Promise<SpoolOutcome> {
  const lock = takeLock(directory);
  if (lock.outcome === "locked") {
    sayNotices([{ where: directory, what: "a run holds the lock", done: "nothing sent" }]);
    return "locked";
  }
  try {
    const now = (): Date => new Date();
    const { store, notices } = openStore(directory, realDisk, now());
    sayNotices(notices);
    const { mail } = config;
    const outlet = mailOutlet({
      letters: () => [],
      transport: openTransport(mail, mailDomain().name),
      ...(mail.to.length > 0 && { envelope: { from: mail.from, to: mail.to } }),
    });
    const all = readdress(store.spool, [...store.spool.waiting(), ...store.spool.failed()], [outlet]);
    sayNotices(all.notices);
    const queued = all.entries.map((entry) => store.spool.requeue(entry));
    const round = await deliverRound(store.spool, queued, [outlet], { clock: now });
    sayNotices(round.notices);
    return round.delivered === queued.length ? "done" : "mail not delivered";
  } finally {
    lock.release();
  }
}

function asJson(entry: SpoolEntry): string {
  const { name, status, outlet, commitNumber, envelope, attempts, nextTryAt, lastReason, sizeBytes } = entry;
  const to = envelope?.to;
  const record = { name, status, outlet, commitNumber, to, attempts, nextTryAt, lastReason, sizeBytes };
  return `${jsonText(record)}\n`;
}

function asText(entry: SpoolEntry): string {
  const { name, status, envelope, attempts, nextTryAt, lastReason, sizeBytes } = entry;
  const tries =
    attempts === 0
      ? "not tried yet"
      : `tried ${attempts === 1 ? "once" : `${attempts} times`}${nextTryAt ? `, next ${formatDayAndTime(new Date(nextTryAt))}` : ""}`;
  const to = envelope ? `  to ${envelope.to.join(", ")}` : "";
  const lines = [`${name}  ${status}  ${sizeBytes} bytes${to}  ${tries}`];
  if (lastReason !== undefined) lines.push(`  ${lastReason}`);
  return lines.map((line) => `${escapedText(line)}\n`).join("");
}
