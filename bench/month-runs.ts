/** Runs the hourly job over an invented log, hour by hour, with the shipped rules and a clock of its own. */
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Digest } from "../src/check/report/digest.js";
import { prepareCheck } from "../src/check/product.js";
import { defaultConfig } from "../src/config/config.js";
import type { FittedReport } from "../src/report/outline/fit.js";
import { mailOutlet } from "../src/outlets/mail/outlet.js";
import { runOnce } from "../src/run/transaction.js";
import { realDisk } from "../src/std/disk.js";
import { openStore } from "../src/store/store.js";

const hourMs = 3_600_000;
const startMs = new Date(2026, 9, 1).getTime();
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

export interface Month {
  readonly digest: Digest;
  readonly hours: number;
  readonly logs: readonly string[];
  /** What a log gets in an hour, counted from the beginning: from the program on. */
  readonly messages: (hour: number, log: string) => readonly string[];
  /** Called with each report that is mailed. */
  readonly onReport: (fitted: FittedReport, hour: number) => void;
}

/** Out: the size of what is remembered at the end, by the name of the document. */
export async function runMonth({
  digest,
  hours,
  logs,
  messages,
  onReport,
}: Month): Promise<(name: string) => number> {
  const home = mkdtempSync(join(tmpdir(), "month-"));
  const config = defaultConfig([process.cwd()]);
  let now = new Date(startMs);
  const settings = {
    ...config,
    report: { ...config.report, digest },
    sources: [
      {
        kind: "file",
        paths: logs.map((log) => join(home, log)),
        firstRun: { kind: "all" },
        followLinks: false,
      } as const,
    ],
    packageLogs: [],
  };
  const prepared = await prepareCheck(settings, () => now, undefined);
  const state = join(home, "state");
  const outlet = mailOutlet<FittedReport>({
    letters: () => [],
    transport: () => Promise.resolve({ outcome: "delivered" }),
  });
  for (let hour = 0; hour < hours; hour++) {
    for (const log of logs) appendFileSync(join(home, log), written(hour, messages(hour, log)));
    now = new Date(startMs + (hour + 1) * hourMs);
    const outcome = await runOnce(
      () => Promise.resolve(prepared),
      { directory: state, open: (at) => ({ ...openStore(state, realDisk, at), release() {} }) },
      [outlet],
      { clock: () => now, tell: () => {} },
    );
    const fitted = outcome.kind === "done" ? outcome.report : undefined;
    if (fitted) onReport(fitted, hour);
  }
  const { store } = openStore(state, realDisk, now);
  const sizes = new Map(
    ["kinds", "volume"].map((name) => {
      const read = store.memory(name);
      return [name, read.kind === "stored" ? JSON.stringify(read.stored).length : 0];
    }),
  );
  rmSync(home, { recursive: true });
  return (name) => sizes.get(name) ?? 0;
}

/** One after the other through the hour. */
function written(hour: number, messages: readonly string[]): string {
  return messages
    .map((message, index) => {
      const date = new Date(startMs + hour * hourMs + Math.floor((index * hourMs) / messages.length));
      const [time = ""] = date.toTimeString().split(" ");
      return `${months[date.getMonth()]} ${String(date.getDate()).padStart(2)} ${time} web1 ${message}\n`;
    })
    .join("");
}
