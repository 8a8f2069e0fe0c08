/** Turns logcheck's own runs off, and on again. */
import { commandChange, type Change } from "./change.js";
import { entryOff, entryOn } from "./cron-entry.js";
import type { Host } from "./host.js";

const cronEntry = "/etc/cron.d/logcheck";
const timer = "logcheck.timer";

/** Whether logcheck runs by itself. */
export function runsLogcheck(host: Host): boolean {
  return logcheckOff(host).length > 0;
}

export function logcheckOff(host: Host): readonly Change[] {
  const cron = entryOff(host, cronEntry, "logcheck runs no more");
  return [
    ...(cron ? [cron] : []),
    ...(isTimerOn(host)
      ? [commandChange(host, "logcheck's timer is turned off", "systemctl", "disable", "--now", timer)]
      : []),
  ];
}

export function logcheckOn(host: Host): readonly Change[] {
  const cron = entryOn(host, cronEntry, "logcheck runs again");
  return cron ? [cron] : [];
}

function isTimerOn(host: Host): boolean {
  return (
    host.isRunning && host.exists("/run/systemd/system") && host.try("systemctl", "is-enabled", timer).isDone
  );
}
