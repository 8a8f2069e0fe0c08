/**
 * The hourly job: its user, its directories, and what starts it.
 * Promise: systemd's timer where systemd runs, cron elsewhere, never both. What a Debian package has put in place is
 * left as it is; for any other installation the files come from the program's own directory.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../std/package-root.js";
import { commandChange, fileChange, fileRemoval, type Change } from "./change.js";
import { entryOff, entryOn } from "./cron-entry.js";
import type { Host } from "./host.js";

interface Shipped {
  /** Below packaging/. */
  readonly name: string;
  /** Where a Debian package has it; a file there makes ours needless. */
  readonly packaged: readonly string[];
  /** Where an administrator's own goes. */
  readonly path: string;
  readonly title: string;
  /** Left out: 0644. */
  readonly mode?: number;
}

const unitDirectories = ["/usr/lib/systemd/system", "/lib/systemd/system"];
const unit = (name: string, title: string): Shipped => ({
  name,
  packaged: unitDirectories.map((directory) => `${directory}/${name}`),
  path: `/etc/systemd/system/${name}`,
  title,
});

const user: Shipped = {
  name: "logwinnow.sysusers",
  packaged: ["/usr/lib/sysusers.d/logwinnow.conf"],
  path: "/etc/sysusers.d/logwinnow.conf",
  title: "the user of the job",
};
const directories: Shipped = {
  name: "logwinnow.tmpfiles",
  packaged: ["/usr/lib/tmpfiles.d/logwinnow.conf"],
  path: "/etc/tmpfiles.d/logwinnow.conf",
  title: "its directories",
};
const service = unit("logwinnow.service", "the job");
const timer = unit("logwinnow.timer", "starts it every hour");
const failureService = unit("logwinnow-failure.service", "tells root that the job failed");
const failureScript: Shipped = {
  name: "mail-failure",
  packaged: [],
  path: "/usr/libexec/logwinnow/mail-failure",
  title: "writes that mail",
  mode: 0o755,
};
const cronEntry: Shipped = {
  name: "logwinnow.cron",
  packaged: [],
  path: "/etc/cron.d/logwinnow",
  title: "starts the job every hour",
};

const bySystemd = (host: Host): boolean => host.exists("/run/systemd/system");

/** What is missing of the job. */
export function jobChanges(host: Host): readonly Change[] {
  return [
    ...placed(host, user, "systemd-sysusers"),
    ...placed(host, directories, "systemd-tmpfiles", "--create"),
    ...(bySystemd(host) ? timerChanges(host) : cronChanges(host)),
  ];
}

/** Stops the job, and takes away the files that setup placed. */
export function jobRemoval(host: Host): readonly Change[] {
  const isOurs = (shipped: Shipped): boolean => host.read(shipped.path) === textOf(shipped);
  const isTimerThere = isPackaged(host, timer) || host.exists(timer.path);
  return [
    ...(host.isRunning && bySystemd(host) && isTimerThere
      ? [commandChange(host, "no run any more", "systemctl", "disable", "--now", timer.name)]
      : []),
    ...(isPackaged(host, service)
      ? // What a package has placed goes with it.
        [entryOff(host, cronEntry.path, "no run any more")]
      : [timer, service, failureService, failureScript, cronEntry, directories, user]
          .filter(isOurs)
          .map((shipped) => fileRemoval(host, shipped.path, `was ${shipped.title}`))
    ).filter((change) => change !== undefined),
  ];
}

function cronChanges(host: Host): readonly Change[] {
  const on = entryOn(host, cronEntry.path, "the job runs again");
  return on ? [on] : placed(host, cronEntry);
}

function timerChanges(host: Host): readonly Change[] {
  const isOn = host.isRunning && host.try("systemctl", "is-active", timer.name).isDone;
  return [
    ...placed(host, failureScript),
    ...placed(host, failureService),
    ...placed(host, service),
    ...placed(host, timer),
    ...(host.isRunning && !isOn
      ? [
          commandChange(host, "systemd reads the units", "systemctl", "daemon-reload"),
          commandChange(host, "the timer is started", "systemctl", "enable", "--now", timer.name),
        ]
      : []),
  ];
}

/** Copies a shipped file where there is none, and runs a program over it. */
function placed(host: Host, shipped: Shipped, ...command: readonly string[]): readonly Change[] {
  if (isPackaged(host, shipped) || host.exists(shipped.path)) return [];
  const { path, title, mode } = shipped;
  const [program, ...words] = command;
  const applied =
    program === undefined
      ? undefined
      : commandChange(
          host,
          title,
          program,
          ...words,
          ...(host.isRunning ? [] : [`--root=${host.path("/")}`]),
          host.path(path),
        );
  const change = fileChange(host, path, textOf(shipped), {
    title,
    ...(mode !== undefined && { mode }),
    ...(applied && { afterwards: applied }),
  });
  return change ? [{ ...change, shown: [`+ as ${sourceOf(shipped)}`, ...(applied?.shown ?? [])] }] : [];
}

function isPackaged(host: Host, { packaged }: Shipped): boolean {
  return packaged.some((path) => host.exists(path));
}

function sourceOf({ name }: Shipped): string {
  return join(packageRoot, "packaging", name);
}

function textOf(shipped: Shipped): string {
  return readFileSync(sourceOf(shipped), "utf8");
}
