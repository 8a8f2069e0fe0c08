/**
 * A month of hourly runs over an invented log: how many mails, how much to read, and when each event was told.
 * Promise: the log is the same each time; the rules are the shipped ones.
 * usage: node build/bench/month.js     prints a line a figure, for a digest each day and for mails each hour
 */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Digest } from "../src/check/digest.js";
import { prepareCheck } from "../src/check/product.js";
import { defaultConfig } from "../src/config/config.js";
import type { Group } from "../src/group/group.js";
import type { FittedReport } from "../src/report/outline/fit.js";
import { mailOutlet } from "../src/outlets/mail/outlet.js";
import { runOnce } from "../src/run/transaction.js";
import { realDisk } from "../src/std/disk.js";
import { openStore } from "../src/store/store.js";

const hourMs = 3_600_000;
const startMs = new Date(2026, 9, 1).getTime();
const hours = 30 * 24;
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** What is to be found: the hour that it came in, and a word of its lines. */
const events: readonly { readonly name: string; readonly hour: number; readonly lines: readonly string[] }[] =
  [
    {
      name: "a new daemon",
      hour: 5 * 24 + 14,
      lines: ["stockd[700]: listening for clients", "stockd[700]: no index, building one"],
    },
    {
      name: "a disk that fails",
      hour: 12 * 24 + 2,
      lines: ["kernel: blk_update_request: I/O error, dev sdq, sector 8"],
    },
    {
      name: "a break-in",
      hour: 20 * 24 + 3,
      lines: [
        "sshd[4711]: Accepted password for root from 203.0.113.9 port 40022 ssh2",
        "crontab[4712]: (root) REPLACE (root)",
      ],
    },
    {
      name: "an upgrade",
      hour: 25 * 24 + 9,
      lines: Array.from(
        { length: 40 },
        (_, index) => `part${String.fromCharCode(97 + (index % 26))}d: form ${"xyz"[index % 3]} is old`,
      ),
    },
  ];

/** Lines that no rule knows, each of which comes now and then. */
const usual = Array.from({ length: 25 }, (_, index) => {
  const word = String.fromCharCode(97 + index);
  return { every: 1 + (index % 9) * 3, text: `invd${word}[9]: store ${word}${word} was refreshed` };
});

function linesOf(hour: number): string {
  const told = [
    ...Array.from({ length: 60 }, () => "CRON[77]: pam_unix(cron:session): session closed for user root"),
    ...usual.filter(({ every }) => hour % every === 0).map(({ text }) => text),
    ...events.flatMap((event) => (event.hour === hour ? event.lines : [])),
    // The disk goes on failing.
    ...(hour > (events[1]?.hour ?? 0) ? Array.from({ length: 20 }, () => events[1]?.lines[0] ?? "") : []),
  ];
  return told
    .map((message, index) => {
      const date = new Date(startMs + hour * hourMs + Math.floor((index * hourMs) / told.length));
      const [time = ""] = date.toTimeString().split(" ");
      return `${months[date.getMonth()]} ${String(date.getDate()).padStart(2)} ${time} web1 ${message}\n`;
    })
    .join("");
}

async function month(digest: Digest): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "month-"));
  const log = join(home, "syslog");
  writeFileSync(log, "");
  const config = defaultConfig([process.cwd()]);
  let now = new Date(startMs);
  const settings = {
    ...config,
    report: { ...config.report, digest },
    sources: [{ kind: "file", paths: [log], firstRun: { kind: "all" }, followLinks: false } as const],
    packageLogs: [],
  };
  const prepared = await prepareCheck(settings, () => now, undefined);
  const state = join(home, "state");
  const outlet = mailOutlet<FittedReport>({
    letters: () => [],
    transport: () => Promise.resolve({ outcome: "delivered" }),
  });
  const told = new Map<string, string>();
  let [mails, digests, kinds] = [0, 0, 0];
  for (let hour = 0; hour < hours; hour++) {
    appendFileSync(log, linesOf(hour));
    now = new Date(startMs + (hour + 1) * hourMs);
    const outcome = await runOnce(
      () => Promise.resolve(prepared),
      { directory: state, open: (at) => ({ ...openStore(state, realDisk, at), release() {} }) },
      [outlet],
      { clock: () => now, tell: () => {} },
    );
    const report = outcome.kind === "done" ? outcome.report?.report : undefined;
    if (report === undefined) continue;
    mails += 1;
    if (report.isDigest) digests += 1;
    const groups = report.sections.flatMap((section) => section.groups);
    kinds += groups.length;
    for (const { name, hour: at, lines } of events) {
      const isOfIt = ({ samples }: Group): boolean =>
        samples.some(({ line }) => lines.some((text) => line.endsWith(text)));
      const found = groups.filter(isOfIt);
      if (!told.has(name) && found.length > 0)
        told.set(
          name,
          `${found.length} of its kinds told after ${hour - at} h, ${found.filter(({ layer }) => layer === "never").length} of them alarms`,
        );
    }
  }
  const { size } = { size: openStore(state, realDisk, now).store.memory("kinds") };
  const bytes = size.kind === "stored" ? JSON.stringify(size.stored).length : 0;
  console.log(
    `${digest.kind}: ${mails} mails, ${digests} of them digests with nothing new; ${kinds} kinds to read; memory of kinds ${bytes} bytes`,
  );
  for (const [name, when] of told) console.log(`  ${name}: ${when}`);
  rmSync(home, { recursive: true });
}

await month({ kind: "daily", minute: 420 });
await month({ kind: "hourly" });
