/** `logwinnow status`: says whether the hourly job works. */
import type { Config } from "../config/config.js";
import { describePosition } from "../sources/registry.js";
import { layoutOf } from "../store/layout.js";
import { loadState } from "../store/load.js";
import { Spool } from "../store/spool.js";
import { realDisk } from "../std/disk.js";
import { writeText } from "../std/standard-output.js";
import { ownStateDirectory } from "../store/places.js";
import { sayNotices } from "../std/standard-error.js";

export interface StatusOptions {
  readonly config?: string;
  readonly state?: string;
  readonly json: boolean;
}

/** An hourly job has missed many runs by then. */
const staleAfterMs = 24 * 3_600_000;

/** Prints the state of the job. Out: whether the last success is recent. */
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
    const age = isFresh ? "" : ", more than a day ago";
    const last = record.lastSuccess === undefined ? "never" : `${record.lastSuccess}${age}`;
    const lines = [
      `last success  ${last}`,
      `mail          to ${record.recipients.join(", ") || "nobody: reports are printed"}; ${record.waiting} waiting, ${record.failed} refused`,
      ...Object.entries(record.positions).map(([name, at]) => `read          ${name}  ${at}`),
    ];
    writeText(`${lines.join("\n")}\n`);
  }
  return isFresh ? "fresh" : "stale";
}
