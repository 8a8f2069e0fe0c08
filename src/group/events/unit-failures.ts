/**
 * Reads systemd's several lines about one unit that failed.
 * Promise: a failure is one event; the next failure of the same unit is another.
 */
import type { Family, Reading } from "./role.js";

const failing = 0;
/** Its result was told: what follows is what is done about it. */
const failed = 1;

/** Of systemd 200 and later: "x.service: …"; before: "Unit x.service entered failed state.", "x.service failed." */
const aboutUnit =
  /^(?:Unit )?([^\s:]{1,255}\.(?:service|socket|mount|timer|swap|scope|slice|path|target|automount|device))(?::| entered failed state| failed)/;
const failedToStart = /^Failed to (?:start|mount|listen on|activate) /;
const startedUnit = /^Failed to start ([^\s:]{1,255}\.service) - /;
const begins =
  /^[^\s:]+: (?:(?:Main|Control|New main) process|.{0,80}exited|Failed|A process of this unit|Killing|State '|Start|Unit |Watchdog|Service |Job |Changing|Can't|Cannot|Got|Processes)/;
const afterwards =
  /^[^\s:]+: (?:Scheduled restart job|Service (?:hold-off|RestartSec|has no)|Start request repeated|Consumed |Triggering OnFailure|Unit entered failed|Failed with result|Failed to start|Unit process |Found left-over)/;

/** The unit that a message of systemd is about. */
export function unitOf(message: string): string | undefined {
  const text = message.slice(0, 300);
  return aboutUnit.exec(text)?.[1] ?? startedUnit.exec(text)?.[1];
}

/** Whether a message tells that a unit did not start, perhaps without the unit's name. */
export function tellsOfStart(message: string): boolean {
  return failedToStart.test(message);
}

export const unitFailures: Family = { longestGapMs: 2000, holdsAlarms: true, read: readUnit };

function readUnit(message: string, state: number | undefined): Reading {
  const text = message.slice(0, 300);
  const tellsResult = text.includes(": Failed with result") || text.includes("entered failed state");
  if (state === undefined) {
    if (tellsOfStart(text)) return { role: "stands", state: failed };
    return {
      role: begins.test(text) || tellsResult ? "opens" : "stands",
      state: tellsResult ? failed : failing,
    };
  }
  if (tellsOfStart(text)) return { role: "continues", state: failed };
  if (tellsResult) return { role: state === failing ? "leads" : "continues", state: failed };
  if (state === failed && !afterwards.test(text) && !/^\S+ failed\.?$/.test(text))
    return { role: begins.test(text) ? "opens" : "stands", state: failing };
  return { role: "continues", state };
}
