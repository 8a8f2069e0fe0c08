/**
 * Reads the lines that sudo breaks a long command into.
 * Promise: a command is one event, however long it is.
 */
import type { Family, Reading } from "./role.js";

const begun = 0;

export const continuedCommands: Family = { longestGapMs: 2000, holdsAlarms: true, read: readCommand };

const continued = /^ *\S+ : \(command continued\) /;

function readCommand(message: string, state: number | undefined): Reading {
  if (state !== undefined && continued.test(message.slice(0, 300))) return { role: "continues", state };
  return { role: "opens", state: begun };
}
