/**
 * One round of the post: tries the mails that wait.
 * Promise: one that cannot be delivered stays, says why, and holds up none of the others for ever.
 */
import type { Notice } from "../std/notice.js";
import type { Spool, SpoolEntry } from "../store/spool.js";
import type { Delivery, Transport } from "./mail/message.js";

export interface Round {
  readonly delivered: number;
  /** How many wait for another try, those that this round did not come to among them. */
  readonly waiting: number;
  /** Deferred and refused mails, one notice each. */
  readonly notices: readonly Notice[];
}

/** A dead relay is told apart from one bad mail by failing so often in a row; the rest waits for the next round. */
const maxDeferralsInARow = 3;

/**
 * Tries each entry once, those tried least first, then the oldest. What came of it is recorded before the next is tried.
 * Throws a DiskError when it cannot be recorded.
 */
export async function deliverRound(
  spool: Pick<Spool, "message" | "settle">,
  entries: readonly SpoolEntry[],
  transport: Transport,
  clock: () => Date,
): Promise<Round> {
  const notices: Notice[] = [];
  let delivered = 0;
  let refused = 0;
  let deferralsInARow = 0;
  const byAttempts = entries.toSorted((one, other) => one.attempts - other.attempts);
  for (const entry of byAttempts) {
    if (deferralsInARow >= maxDeferralsInARow) break;
    const message = spool.message(entry);
    const delivery: Delivery = message
      ? await transport(message)
      : { outcome: "refused", reason: `${entry.name}: its file is damaged`, remaining: entry.to };
    const settled = spool.settle(entry, delivery, clock());
    deferralsInARow = delivery.outcome === "deferred" ? deferralsInARow + 1 : 0;
    if (delivery.outcome === "delivered") delivered += 1;
    else notices.push(noticeOf(entry, delivery, settled));
    if (delivery.outcome === "refused") refused += 1;
  }
  return { delivered, waiting: entries.length - delivered - refused, notices };
}

function noticeOf(
  entry: SpoolEntry,
  delivery: Exclude<Delivery, { outcome: "delivered" }>,
  settled: SpoolEntry | undefined,
): Notice {
  const [, where = entry.name, what = delivery.reason] = /^(.*?): (.*)$/s.exec(delivery.reason) ?? [];
  const who = delivery.remaining.join(", ");
  if (delivery.outcome === "refused")
    return {
      where,
      what: `${what} for ${who}`,
      done: `parked as "failed/${entry.name}", see "logwinnow spool list"`,
    };
  const nextTry = settled?.nextTryAt?.slice(11, 16) ?? "at the next run";
  return {
    where,
    what: `${what} for ${who}`,
    done: `kept in the spool as "${entry.name}", next try ${nextTry} UTC`,
  };
}

/** What the next report says of mails that were refused before, until somebody requeues or deletes them. */
export function noticesOfFailed(failed: readonly SpoolEntry[]): readonly Notice[] {
  return failed.map(({ name, lastReason, to }) => ({
    where: `failed/${name}`,
    what: `could not be mailed to ${to.join(", ")}: ${lastReason ?? "refused"}`,
    done: 'parked until "logwinnow spool flush"',
  }));
}
