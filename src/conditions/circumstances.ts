/**
 * Knows from lines when the machine booted, was shut down or suspended, and when packages were installed.
 * Promise: only the programs that do so tell of it, and what is remembered is bounded, whoever forges their lines.
 */
import type { Entry } from "../entry/entry.js";
import type { Rule } from "../rules/rule.js";
import type { Circumstance } from "../rules/files/directive-values.js";
import type { ByteString } from "../std/text/byte-string.js";

/** How long before and after such a line its circumstance explains an alarm. */
const windowsMs: Readonly<Record<Circumstance, { readonly before: number; readonly after: number }>> = {
  // Measured on 17 machines: what a boot writes ends within ten minutes.
  boot: { before: 90_000, after: 600_000 },
  shutdown: { before: 10_000, after: 300_000 },
  suspend: { before: 30_000, after: 120_000 },
  packages: { before: 60_000, after: 300_000 },
};

const kernelStamp = "(\\[ *[0-9.]+\\] )?";

/** What says so, after the host's name; read as an ERE and by JavaScript alike. User managers are other processes than 1. */
const signs: readonly (readonly [Circumstance, string])[] = [
  ["boot", `kernel: ${kernelStamp}Linux version [0-9]`],
  ["boot", "systemd\\[1\\]: systemd [^ ]+ running in system mode"],
  [
    "shutdown",
    "systemd\\[1\\]: (Reached target (.* - )?(System )?([Ss]hutdown|Reboot|Power[ -]Off|Halt)\\.|Shutting down\\.)",
  ],
  [
    "shutdown",
    "systemd-logind\\[[0-9]+\\]: (System is (rebooting|powering down|halting)|The system will (reboot|power off|halt) now)",
  ],
  ["suspend", `kernel: ${kernelStamp}PM: (suspend|hibernation)`],
  ["suspend", "systemd-sleep\\[[0-9]+\\]: "],
  ["packages", "(dpkg|yum|dnf|packagekitd|unattended-upgrade)(\\[[0-9]+\\])?: "],
  ["packages", "sudo(\\[[0-9]+\\])?: .* COMMAND=(/usr)?/bin/(apt|apt-get|aptitude|dpkg|dnf|yum)( |$)"],
  ["packages", "acct: command=(dpkg|apt|apt-get|aptitude|unattended-upgr|dnf|yum|rpm) "],
  ["packages", "systemd\\[1\\]: (Starting|Started|Finished) (apt-daily-upgrade|packagekit)\\.service"],
];

/** A line of dpkg's own log. */
const dpkgSign =
  "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} (startup|install|upgrade|configure|trigproc|remove|purge|status) ";

/** EREs of the lines that are to be noted, where one of the rules asks for circumstances. */
export function circumstanceMarkers(rules: readonly Rule[]): readonly string[] {
  return rules.some(({ directives }) => directives?.near !== undefined) ? markers : [];
}

const markers: readonly string[] = [
  ...signs.map(([, sign]) => `^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ ${sign}`),
  dpkgSign,
];

const readers = signs.map(([circumstance, sign]): [Circumstance, RegExp] => [
  circumstance,
  new RegExp(`^(?:${sign})`),
]);
const dpkgReader = new RegExp(dpkgSign);
const bootReader = /^kernel: (\[ *[0-9.]+\] )?Linux version [0-9]/;

/** Whether a line is one of the first that a boot writes. */
export function tellsOfBoot({ appName, message }: Entry): boolean {
  return appName === "kernel" && bootReader.test(`kernel: ${message}`);
}

/** Whether a time is one that a line of the circumstance explains; both in ms since the epoch. */
export function isDuring(circumstance: Circumstance, lineMs: number, timestampMs: number): boolean {
  return touches({ circumstance, firstMs: lineMs, lastMs: lineMs }, timestampMs);
}

/** What a marked line tells of, if it is one of these. */
function circumstanceOf(line: ByteString, { appName, procId, message }: Entry): Circumstance | undefined {
  if (dpkgReader.test(line)) return "packages";
  const text = `${appName ?? ""}${procId === undefined ? "" : `[${procId}]`}: ${message}`;
  return readers.find(([, reader]) => reader.test(text))?.[0];
}

/** From the first to the last of lines that are close to each other, ms since the epoch. */
export interface Occasion {
  readonly circumstance: Circumstance;
  readonly firstMs: number;
  readonly lastMs: number;
}

const mostOfEach = 50;

export class Circumstances {
  /** Whether a line told something new. */
  hasChanged = false;
  private occasions: readonly Occasion[];

  constructor(occasions: readonly Occasion[] = []) {
    this.occasions = occasions;
  }

  /** Notes a line that a marker matched. */
  note(line: ByteString, entry: Entry): void {
    const circumstance = circumstanceOf(line, entry);
    const { timestampMs } = entry;
    if (circumstance === undefined || timestampMs === undefined) return;
    const near = this.occasions.find(
      (occasion) => occasion.circumstance === circumstance && touches(occasion, timestampMs),
    );
    if (near === undefined) {
      const ofIt = this.occasions.filter((occasion) => occasion.circumstance === circumstance);
      // What was first makes room: what is asked about is mostly what came last.
      const dropped = ofIt.length >= mostOfEach ? ofIt[0] : undefined;
      const kept = this.occasions.filter((occasion) => occasion !== dropped);
      this.occasions = [...kept, { circumstance, firstMs: timestampMs, lastMs: timestampMs }];
      this.hasChanged = true;
      return;
    }
    const { firstMs, lastMs } = near;
    if (timestampMs >= firstMs && timestampMs <= lastMs) return;
    const wider = {
      circumstance,
      firstMs: Math.min(firstMs, timestampMs),
      lastMs: Math.max(lastMs, timestampMs),
    };
    this.hasChanged = true;
    this.occasions = this.occasions.map((occasion) => (occasion === near ? wider : occasion));
  }

  /** Which of the circumstances explains what happened at a time, if one does. */
  explaining(circumstances: readonly Circumstance[], timestampMs: number): Circumstance | undefined {
    return this.occasions.find(
      (occasion) => circumstances.includes(occasion.circumstance) && touches(occasion, timestampMs),
    )?.circumstance;
  }

  /** When the machine booted, in order, ms since the epoch: the first line of each boot that is known. */
  boots(): readonly number[] {
    return this.occasions
      .filter(({ circumstance }) => circumstance === "boot")
      .map(({ firstMs }) => firstMs)
      .sort((one, other) => one - other);
  }

  /** What may explain what the next run reads. */
  recent(nowMs: number): readonly Occasion[] {
    return this.occasions.filter((occasion) => Math.abs(nowMs - occasion.lastMs) < keptMs);
  }
}

/** A log may be read a day later, and what waits for a digest each week is told eight days later. */
const keptMs = 9 * 86_400_000;

function touches({ circumstance, firstMs, lastMs }: Occasion, timestampMs: number): boolean {
  const { before, after } = windowsMs[circumstance];
  return timestampMs >= firstMs - before && timestampMs <= lastMs + after;
}
