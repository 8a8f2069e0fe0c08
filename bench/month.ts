/**
 * A month of hourly runs over an invented log: how many mails, how much to read, when each event was told, and on which
 * line of its mail; and a month
 * in which nothing happens: how often something was marked.
 * Promise: the logs are the same each time; the rules are the shipped ones.
 * usage: node build/bench/month.js [eventful|quiet]     prints a line a figure; without an argument of both
 */
import type { Digest } from "../src/check/report/digest.js";
import type { Group } from "../src/group/group.js";
import { runMonth } from "./month-runs.js";
import { textOf } from "../src/report/render/text.js";
import { quietHour, quietLogs, Silences } from "./quiet-month.js";

const hours = 30 * 24;

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

function messagesOf(hour: number): readonly string[] {
  return [
    ...Array.from({ length: 60 }, () => "CRON[77]: pam_unix(cron:session): session closed for user root"),
    ...usual.filter(({ every }) => hour % every === 0).map(({ text }) => text),
    ...events.flatMap((event) => (event.hour === hour ? event.lines : [])),
    // The disk goes on failing.
    ...(hour > (events[1]?.hour ?? 0) ? Array.from({ length: 20 }, () => events[1]?.lines[0] ?? "") : []),
  ];
}

/** Where a mail first has the id of one of these kinds, counted from 1; in its first lines the worst one has a title alone. */
function firstLineOf(groups: readonly Group[], text: readonly string[]): number {
  const ids = groups.flatMap(({ kind }) => (kind === undefined ? [] : [kind.slice(0, 4)]));
  return 1 + text.findIndex((line) => ids.some((id) => line.startsWith(id)));
}

async function eventful(digest: Digest): Promise<void> {
  const told = new Map<string, string>();
  let [mails, digests, kinds, lines] = [0, 0, 0, 0];
  const sizeOf = await runMonth({
    digest,
    hours,
    logs: ["syslog"],
    messages: messagesOf,
    onReport: ({ report, outline }, hour) => {
      mails += 1;
      if (report.isDigest) digests += 1;
      const groups = report.sections.flatMap((section) => section.groups);
      kinds += groups.length;
      const text = textOf(outline).split("\n");
      lines += text.length;
      for (const { name, hour: at, lines: planted } of events) {
        const isOfIt = ({ samples }: Group): boolean =>
          samples.some(({ line }) => planted.some((each) => line.endsWith(each)));
        const found = groups.filter(isOfIt);
        const alarms = found.filter(({ layer }) => layer === "never").length;
        if (!told.has(name) && found.length > 0)
          told.set(
            name,
            `${found.length} of its kinds told after ${hour - at} h, ${alarms} of them alarms; ` +
              `first on line ${firstLineOf(found, text)} of ${text.length}, after "${outline.subject}"`,
          );
      }
    },
  });
  console.log(
    `${digest.kind}: ${mails} mails, ${digests} of them digests with nothing new; ${kinds} kinds and ${lines} lines to read; memory of kinds ${sizeOf("kinds")} bytes`,
  );
  for (const [name, when] of told) console.log(`  ${name}: ${when}`);
}

/** A week to learn, then a month. */
const quietHours = 7 * 24 + hours;

async function quiet(): Promise<void> {
  const silences = new Silences();
  const marks: string[] = [];
  let [mails, digests, kinds] = [0, 0, 0];
  const sizeOf = await runMonth({
    digest: { kind: "daily", minute: 420 },
    hours: quietHours,
    logs: quietLogs,
    messages: (hour, log) => quietHour(hour, log).messages,
    onReport: ({ report }) => {
      mails += 1;
      if (report.isDigest) digests += 1;
      kinds += report.sections.reduce((sum, { groups }) => sum + groups.length, 0);
      for (const { name, lines, most } of report.volume ?? [])
        marks.push(`${name} ${lines}, at most ${most}`);
    },
  });
  for (let hour = 0; hour < quietHours; hour++)
    for (const log of quietLogs) silences.add(quietHour(hour, log).counts);
  console.log(
    `quiet: ${mails} mails in 37 days, ${digests} of them digests with nothing new; ${kinds} kinds to read; memory of volume ${sizeOf("volume")} bytes`,
  );
  console.log(`  marks of volume in 30 days: ${marks.length}`);
  for (const mark of marks) console.log(`    ${mark}`);
  console.log(`  silences that are not told: ${silences.count}`);
}

const [only] = process.argv.slice(2);
if (only !== "quiet") {
  await eventful({ kind: "daily", minute: 420 });
  await eventful({ kind: "hourly" });
}
if (only !== "eventful") await quiet();
