/**
 * What a small server logs in a month in which nothing happens: scanners come in gusts, mail follows the clock, a backup runs
 * each night and a newsletter goes out each week.
 * Promise: made up, the same each time; all of it is what the shipped rules ignore.
 */
import { randomNumbers } from "./corpora.js";

/** Of the lines that come for one reason. */
interface Sort {
  readonly name: string;
  readonly log: "auth.log" | "mail.log" | "syslog";
  readonly lines: (hour: number, random: () => number) => number;
  readonly text: (random: () => number) => string;
}

const number = (random: () => number, below: number): number => Math.floor(random() * below);

/** About as many events as are expected, as independent events are. */
function poisson(expected: number, random: () => number): number {
  // A normal distribution is near enough from some on.
  const spread = Math.sqrt(expected) * normal(random);
  return Math.max(0, Math.round(expected + spread));
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Half of the hours have fewer; one in a thousand has twenty times as many. */
const gusts = (median: number) => (_hour: number, random: () => number) =>
  Math.round(median * Math.exp(normal(random)));

/** Most at three in the afternoon, little at night, half on weekends. */
const byDay = (most: number) => (hour: number, random: () => number) => {
  const ofDay = 0.15 + 0.85 * Math.max(0, Math.sin(((hour % 24) - 6) * (Math.PI / 18)));
  const ofWeek = Math.floor(hour / 24) % 7 < 5 ? 1 : 0.5;
  return poisson(most * ofDay * ofWeek, random);
};

const address = (random: () => number): string => `198.51.100.${number(random, 250)}`;

const sorts: readonly Sort[] = [
  {
    name: "cron",
    log: "auth.log",
    lines: () => 70,
    text: () => "CRON[77]: pam_unix(cron:session): session closed for user root",
  },
  {
    name: "refused logins",
    log: "auth.log",
    lines: gusts(60),
    text: (random) =>
      `sshd[912]: Failed password for invalid user admin from ${address(random)} port ${40_000 + number(random, 9000)} ssh2`,
  },
  {
    name: "scans of ssh",
    log: "auth.log",
    lines: gusts(20),
    text: (random) =>
      `sshd[912]: Invalid user test from ${address(random)} port ${40_000 + number(random, 9000)}`,
  },
  {
    name: "mail in",
    log: "mail.log",
    lines: byDay(120),
    text: (random) =>
      `postfix/smtpd[1302]: disconnect from unknown[${address(random)}] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5`,
  },
  {
    name: "mail out",
    log: "mail.log",
    // A newsletter goes out on Tuesdays.
    lines: (hour, random) => byDay(60)(hour, random) + (hour % 168 === 33 ? 700 + number(random, 200) : 0),
    text: () => "postfix/qmgr[1302]: 1605A21E9C5: removed",
  },
  {
    name: "sessions",
    log: "syslog",
    lines: (hour) => (hour % 24 === 3 ? 240 : 12),
    text: () => "systemd[1]: Started Session 5 of user alice.",
  },
];

type Log = Sort["log"];
export const quietLogs: readonly Log[] = ["auth.log", "mail.log", "syslog"];

/** In: an hour, counted from the month's beginning. Out: what a log gets in it, and how many lines of each sort. */
export function quietHour(
  hour: number,
  log: string,
): { readonly messages: readonly string[]; readonly counts: ReadonlyMap<string, number> } {
  const written = sorts
    .filter((sort) => sort.log === log)
    .map((sort) => {
      const random = randomNumbers(1000 * hour + sort.name.length);
      return {
        name: sort.name,
        texts: Array.from({ length: sort.lines(hour, random) }, () => sort.text(random)),
      };
    });
  return {
    messages: written.flatMap(({ texts }) => texts),
    counts: new Map(written.map(({ name, texts }) => [name, texts.length])),
  };
}

/** How often "wrote each hour for a week, and now nothing" would have been said of a sort. */
export class Silences {
  count = 0;
  private readonly hoursInARow = new Map<string, number>();

  add(counts: ReadonlyMap<string, number>): void {
    for (const [name, lines] of counts) {
      const before = this.hoursInARow.get(name) ?? 0;
      if (lines === 0 && before >= 7 * 24) this.count += 1;
      this.hoursInARow.set(name, lines === 0 ? 0 : before + 1);
    }
  }
}
