/**
 * Turns logcheck's own runs off, and on again.
 * Promise: each of its lines is kept, behind a mark, so that they can be given back as they were.
 */
import { commandChange, fileChange, type Change } from "./change.js";
import type { Host } from "./host.js";

const cronEntry = "/etc/cron.d/logcheck";
const timer = "logcheck.timer";
const mark = "#off by logwinnow setup# ";

/** Whether logcheck runs by itself. */
export function runsLogcheck(host: Host): boolean {
  return logcheckOff(host).length > 0;
}

export function logcheckOff(host: Host): readonly Change[] {
  const text = host.read(cronEntry);
  const off = text?.replaceAll(/^(?=[ \t]*(?:@|[\d*]))/gm, mark);
  const cron =
    off === undefined ? undefined : fileChange(host, cronEntry, off, { title: "logcheck runs no more" });
  return [
    ...(cron ? [cron] : []),
    ...(isTimerOn(host)
      ? [commandChange(host, "logcheck's timer is turned off", "systemctl", "disable", "--now", timer)]
      : []),
  ];
}

export function logcheckOn(host: Host): readonly Change[] {
  const text = host.read(cronEntry);
  if (text === undefined) return [];
  const change = fileChange(host, cronEntry, text.replaceAll(mark, ""), { title: "logcheck runs again" });
  return change ? [change] : [];
}

function isTimerOn(host: Host): boolean {
  return (
    host.isRunning && host.exists("/run/systemd/system") && host.try("systemctl", "is-enabled", timer).isDone
  );
}
