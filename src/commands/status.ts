/** `logwinnow status`: whether the hourly job does its work. */
import type { Config } from "../config/config.js";
import { describePosition } from "../sources/registry.js";
import { layoutOf } from "../store/layout.js";
import { loadState } from "../store/load.js";
import { Spool } from "../store/spool.js";
import { realDisk } from "../std/disk.js";
import { writeText } from "../std/standard-output.js";
import { ownStateDirectory } from "../store/places.js";
import { sayNotices } from "../std/standard-error.js";

/** A job that runs every hour has missed many runs by then. */
export interface StatusOptions {
  readonly config?: string;
  readonly state?: string;
  readonly json: boolean;
}

const staleAfterMs = 24 * 3_600_000;

/** Whether the last success is recent. */
export function status(options: StatusOptions, config: Config, now: Date): "fresh" | "stale" {
  const directory = options.state ?? ownStateDirectory();
  const layout = layoutOf(directory);
  const { state, origin, notices } = loadState(realDisk, layout);
  sayNotices(notices);
  const spool = origin === "new" ? undefined : new Spool(realDisk, layout);
  const ageMs = now.getTime() - Date.parse(state.lastSuccess ?? "");
  const isFresh = ageMs < staleAfterMs;
  const record = {
    lastSuccess: state.lastSuccess,
    isFresh,
    recipients: config.mail.to,
    waiting: spool?.waiting().length ?? 0,
    failed: spool?.failed().length ?? 0,
    positions: Object.fromEntries(
      Object.entries(state.positions).map(([name, position]) => [name, describePosition(position)]),
    ),
  };
  if (options.json) writeText(`${JSON.stringify(record)}\n`);
  else {
    const last = record.lastSuccess ?? "never";
    const lines = [
      `last success  ${last}${isFresh ? "" : ": too long ago"}`,
      `mail          to ${record.recipients.join(", ") || "nobody: reports are printed"}; ${record.waiting} waiting, ${record.failed} refused`,
      ...Object.entries(record.positions).map(([name, at]) => `read          ${name}  ${at}`),
    ];
    writeText(`${lines.join("\n")}\n`);
  }
  return isFresh ? "fresh" : "stale";
}
