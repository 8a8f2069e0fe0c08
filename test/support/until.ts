/** Waits for other programs. Promise: no longer than it takes, and past the deadline the test says what did not happen. */
import { setTimeout as pause } from "node:timers/promises";

const pollEveryMs = 20;

/** Looks again and again until `look` gives something. Throws, naming `what`, when it never does. */
export async function until<Found>(
  what: string,
  look: () => Found | undefined | false | Promise<Found | undefined | false>,
  deadlineMs = 12_000,
): Promise<Found> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`after ${deadlineMs / 1000} s still not: ${what}`);
    await pause(pollEveryMs);
  }
}
