/** Runs a suite in a time zone of its own, whatever the machine's. */
import { readEntry } from "../../src/entry/header.js";

/** To be called inside `describe`. */
export function useTimeZone(zone: string): void {
  let before: string | undefined;
  beforeEach(() => {
    before = process.env.TZ;
    process.env.TZ = zone;
    readAnotherMinute();
  });
  afterEach(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
    readAnotherMinute();
  });
}

/** The reader of headers remembers the minute that it read last, in the zone that was. */
function readAnotherMinute(): void {
  readEntry("Jan  1 00:00:00 host program: message", new Date(0));
}
