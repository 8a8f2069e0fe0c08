/**
 * Addresses payloads anew, as the configuration says now: a mistake in it can be mended after mail was refused for it.
 * Promise: who has a payload is not sent it again, and one leaves the spool only when all who are to have it do.
 */
import type { Notice } from "../std/notice.js";
import type { Spool, SpoolEntry } from "../store/spool/spool.js";
import type { DeliveringOutlet } from "./outlet.js";

/** What is to be tried, with the envelopes of now. */
export interface Readdressed {
  readonly entries: readonly SpoolEntry[];
  readonly notices: readonly Notice[];
}

/**
 * The recipients that lack a payload are replaced by the configured ones, less those who have it. Where all of these have
 * it, it is removed, and a notice says so. An outlet that is configured for nobody leaves its payloads as they are.
 * Throws a DiskError when one cannot be removed.
 */
export function readdress(
  spool: Pick<Spool, "remove">,
  entries: readonly SpoolEntry[],
  outlets: readonly DeliveringOutlet[],
): Readdressed {
  const kept: SpoolEntry[] = [];
  const notices: Notice[] = [];
  for (const entry of entries) {
    const envelope = outlets.find(({ name }) => name === entry.outlet)?.envelope;
    if (!envelope) {
      kept.push(entry);
      continue;
    }
    const { deliveredTo = [] } = entry;
    const to = envelope.to.filter((recipient) => !deliveredTo.includes(recipient));
    if (to.length > 0) {
      kept.push({ ...entry, envelope: { from: envelope.from, to } });
      continue;
    }
    spool.remove(entry);
    const lacking = entry.envelope?.to.join(", ") ?? "nobody";
    const what = `was not taken by ${lacking}, and everyone who is configured now has it`;
    notices.push({
      where: `${entry.status === "failed" ? "failed" : "spool"}/${entry.name}`,
      what,
      done: "removed",
      isEvent: true,
    });
  }
  return { entries: kept, notices };
}
