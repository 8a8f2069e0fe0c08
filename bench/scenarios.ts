/** The logs of a small server in four hours of its life, made up: every run of this makes the same ones. */

export type ScenarioName = "quiet" | "ordinary" | "night" | "upgrade" | "digest";
export const scenarioNames: readonly ScenarioName[] = ["quiet", "ordinary", "night", "upgrade", "digest"];

/** A line, its file below the log directory, and when it was written, in seconds after the hour began. */
interface Written {
  readonly file: "auth.log" | "syslog" | "kern.log" | "mail.log" | "dpkg.log";
  readonly second: number;
  /** From the program on, as `sshd[812]: ...`; of dpkg the whole line after its time. */
  readonly text: string;
}

/** Hours that come before each scenario, so that something is known. */
export const hoursBefore = 3;

/** The hour that is looked at; of the digest the one that ends at 07:00, when all is known. */
export function lastHourOf(scenario: ScenarioName): number {
  return scenario === "digest" ? hoursBefore + 5 : hoursBefore;
}

/** The lines of an hour, in order, by file. `hour` counts from 0; the one after `hoursBefore` is the scenario's own. */
export function linesOf(scenario: ScenarioName, hour: number, began: Date): ReadonlyMap<string, string> {
  const random = generator(hour + 1);
  const own = hour === hoursBefore ? scenarios[scenario](random) : [];
  const written = [...usual(hour, random), ...own].toSorted((one, other) => one.second - other.second);
  const byFile = new Map<string, string>();
  for (const { file, second, text } of written) {
    const time = new Date(began.getTime() + second * 1000);
    const stamp =
      file === "dpkg.log" ? dpkgStamp(time) : `${time.toISOString().replace("Z", "000+00:00")} web1`;
    byFile.set(file, `${byFile.get(file) ?? ""}${stamp} ${text}\n`);
  }
  return byFile;
}

function dpkgStamp(time: Date): string {
  return time.toISOString().slice(0, 19).replace("T", " ");
}

type Random = (most: number) => number;

/** Whole numbers below `most`, the same in each run. */
function generator(seed: number): Random {
  let state = seed * 2_654_435_761;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % most;
  };
}

function times<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** What every hour has: routine, and three kinds that no rule ignores. */
function usual(hour: number, random: Random): Written[] {
  return [
    ...times(12, (index): Written => {
      const pid = 20_000 + hour * 100 + index;
      const text = `CRON[${pid}]: (root) CMD (test -x /usr/local/bin/tidy && /usr/local/bin/tidy)`;
      return { file: "syslog", second: index * 300 + 1, text };
    }),
    ...times(20, (index): Written => {
      const text = `sshd[${18_000 + index}]: Failed password for invalid user admin from 198.51.100.${random(200)} port ${40_000 + random(9000)} ssh2`;
      return { file: "auth.log", second: random(3600), text };
    }),
    ...times(7 + random(3), (index): Written => {
      const text = `shop[4711]: payment ${81_000 + hour * 50 + index} timed out after ${20 + random(20)} s`;
      return { file: "syslog", second: random(3600), text };
    }),
    ...times(2, (): Written => {
      const text = `orderd[990]: warning: queue of ${random(90)} letters is older than ${random(60)} minutes`;
      return { file: "mail.log", second: random(3600), text };
    }),
  ];
}

function ordinaryHour(): Written[] {
  return [
    {
      file: "syslog",
      second: 723,
      text: "systemd[1]: Starting renew-certificates.service - Renew certificates...",
    },
    {
      file: "syslog",
      second: 729,
      text: "renew[31822]: could not renew shop.example.org: challenge failed: https://ca.example/a/1 said 403",
    },
    {
      file: "syslog",
      second: 730,
      text: "systemd[1]: renew-certificates.service: Main process exited, code=exited, status=1/FAILURE",
    },
    {
      file: "syslog",
      second: 730,
      text: "systemd[1]: renew-certificates.service: Failed with result 'exit-code'.",
    },
    {
      file: "syslog",
      second: 730,
      text: "systemd[1]: Failed to start renew-certificates.service - Renew certificates.",
    },
    ...times(3, (index): Written => ({
      file: "auth.log",
      second: 1900 + index * 20,
      text: `sudo[3221${index}]: pam_unix(sudo:auth): authentication failure; logname=mira uid=1001 euid=0 tty=/dev/pts/0 ruser=mira rhost=  user=mira`,
    })),
    {
      file: "syslog",
      second: 2400,
      text: "backup-agent[77]: upload of volume-3 took 812 s, twice as long as planned",
    },
  ];
}

const scenarios: Readonly<Record<ScenarioName, (random: Random) => Written[]>> = {
  quiet: () => [],
  ordinary: ordinaryHour,
  digest: ordinaryHour,
  night: (random) => [
    ...times(1500, (index): Written => {
      const user = ["root", "root", "root", "admin", "oracle"][index % 5];
      return {
        file: "auth.log",
        second: 200 + Math.floor((index * 2900) / 1500),
        text: `sshd[${19_000 + index}]: Failed password for ${user} from 198.51.100.${index % 40} port ${40_000 + random(9000)} ssh2`,
      };
    }),
    ...times(118, (index): Written => ({
      file: "auth.log",
      second: 1880 + index * 10,
      text: `sshd[${22_000 + index}]: Failed password for root from 203.0.113.200 port ${36_000 + index} ssh2`,
    })),
    {
      file: "auth.log",
      second: 3128,
      text: "sshd[22377]: Accepted password for root from 203.0.113.200 port 36654 ssh2",
    },
    {
      file: "auth.log",
      second: 3128,
      text: "sshd[22377]: pam_unix(sshd:session): session opened for user root(uid=0) by (uid=0)",
    },
    {
      file: "auth.log",
      second: 3207,
      text: "useradd[22401]: new user: name=sysd, UID=0, GID=0, home=/root, shell=/bin/bash, from=/dev/pts/1",
    },
    {
      file: "auth.log",
      second: 3211,
      text: "chpasswd[22405]: pam_unix(chpasswd:chauthtok): password changed for sysd",
    },
    ...times(2, (index): Written => ({
      file: "kern.log",
      second: 3302 + index,
      text: `kernel: [3820${index}.376001] [UFW BLOCK] IN= OUT=eth0 SRC=192.0.2.80 DST=203.0.113.200 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=${27_718 + index} DF PROTO=TCP SPT=40510 DPT=6667 WINDOW=64240 RES=0x00 SYN URGP=0`,
    })),
    { file: "syslog", second: 3432, text: "crontab[22455]: (root) REPLACE (root)" },
    ...times(900, (index): Written => ({
      file: "kern.log",
      second: index * 4,
      text: `kernel: [${3_816_871 + index * 4}.120334] blk_update_request: I/O error, dev sdb, sector ${1_953_524_992 + index * 8} op 0x0:(READ) flags 0x0 phys_seg 1 prio class 2`,
    })),
    ...times(60, (index): Written => ({
      file: "auth.log",
      second: 300 + index * 50,
      text: `sshd[${18_102 + index}]: error: maximum authentication attempts exceeded for root from 198.51.100.${index % 38} port ${51_000 + index} ssh2 [preauth]`,
    })),
    {
      file: "auth.log",
      second: 3511,
      text: "sshd[22377]: pam_unix(sshd:session): session closed for user root",
    },
  ],
  upgrade: (random) => [
    ...times(300, (index): Written => ({
      file: "dpkg.log",
      second: 60 + index,
      text: `upgrade lib-${["north", "south", "east", "west"][index % 4]}${index}:amd64 ${1 + (index % 3)}.0-1 ${1 + (index % 3)}.1-1`,
    })),
    ...times(400, (index): Written => {
      const program = programs[index % programs.length] ?? "app";
      const verb = verbs[Math.floor(index / programs.length) % verbs.length] ?? "says";
      const noun = nouns[(index * 7) % nouns.length] ?? "thing";
      return {
        file: "syslog",
        second: 400 + index * 7,
        text: `${program}[${700 + (index % 90)}]: ${verb} ${noun} of ${nouns[(index * 3 + 1) % nouns.length]}: ${random(500)} left`,
      };
    }),
  ],
};

const programs = [
  "mapper",
  "orderd",
  "indexer",
  "relayd",
  "tuner",
  "watcher",
  "ledgerd",
  "spooler",
  "shop",
  "gauge",
];
const verbs = [
  "ignoring unknown",
  "no longer supports",
  "migrated",
  "deprecated",
  "renamed",
  "cannot find",
  "skipped old",
  "rebuilt",
];
const nouns = [
  "option",
  "table",
  "plug-in",
  "driver",
  "cache",
  "setting",
  "channel",
  "schema",
  "key",
  "format",
  "region",
  "profile",
];
