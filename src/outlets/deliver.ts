/**
 * One round of deliveries: tries the payloads that wait.
 * Promise: one that cannot be delivered stays, says why, and holds up none of the others for ever; an outlet that is dead
 * holds up none of the other outlets.
 */
import type { Delivery } from "../store/spool/payload.js";
import { damagedWords, type Spool, type SpoolEntry } from "../store/spool/spool.js";
import { formatMinute } from "../report/render/wording.js";
import type { Notice } from "../std/notice.js";
import type { DeliveringOutlet } from "./outlet.js";

export interface Round {
  readonly delivered: number;
  /** How many wait for another try, those that this round did not come to included. */
  readonly waiting: number;
  /** Deferred and refused payloads, one notice each, outlet by outlet. */
  readonly notices: readonly Notice[];
}

/** By this many failures in a row a dead outlet is told from one bad payload; the rest waits for the next round. */
const maxDeferralsInARow = 3;

export interface RoundOptions {
  readonly clock: () => Date;
  readonly signal?: AbortSignal;
}

/**
 * Tries each entry once: outlets side by side; of one outlet those tried least first, then the oldest. What came of a try
 * is recorded before the next one. Throws a DiskError when it cannot be recorded.
 */
export async function deliverRound(
  spool: Pick<Spool, "payload" | "settle">,
  entries: readonly SpoolEntry[],
  outlets: readonly DeliveringOutlet[],
  { clock, signal = new AbortController().signal }: RoundOptions,
): Promise<Round> {
  const names = [...new Set(entries.map(({ outlet }) => outlet))];
  const rounds = await Promise.allSettled(
    names.map((name) => {
      const own = entries.filter(({ outlet }) => outlet === name);
      const outlet = outlets.find((candidate) => candidate.name === name);
      return outlet ? roundOf(spool, own, outlet, clock, signal) : Promise.resolve(withoutOutlet(name, own));
    }),
  );
  const done = rounds.map((round) => {
    if (round.status === "rejected") throw round.reason;
    return round.value;
  });
  return {
    delivered: done.reduce((sum, { delivered }) => sum + delivered, 0),
    waiting: done.reduce((sum, { waiting }) => sum + waiting, 0),
    notices: done.flatMap(({ notices }) => notices),
  };
}

async function roundOf(
  spool: Pick<Spool, "payload" | "settle">,
  entries: readonly SpoolEntry[],
  outlet: DeliveringOutlet,
  clock: () => Date,
  signal: AbortSignal,
): Promise<Round> {
  const notices: Notice[] = [];
  let delivered = 0;
  let refused = 0;
  let deferralsInARow = 0;
  for (const entry of entries.toSorted((one, other) => one.attempts - other.attempts)) {
    if (deferralsInARow >= maxDeferralsInARow || signal.aborted) break;
    const payload = spool.payload(entry);
    // It is named in each report, and no try would end otherwise.
    if (!payload && entry.status === "failed") {
      refused += 1;
      continue;
    }
    // The entry's envelope may be newer than the file's: see `readdressed`.
    const { envelope } = entry;
    const delivery: Delivery = payload
      ? await outlet.deliver({ ...payload, ...(envelope && { envelope }) }, signal)
      : { outcome: "refused", reason: `${entry.name}: ${damagedWords}` };
    const settled = spool.settle(entry, delivery, clock());
    deferralsInARow = delivery.outcome === "deferred" ? deferralsInARow + 1 : 0;
    if (delivery.outcome === "delivered") delivered += 1;
    else notices.push(noticeOf(entry, delivery, settled));
    if (delivery.outcome === "refused") refused += 1;
  }
  return { delivered, waiting: entries.length - delivered - refused, notices };
}

/** Its configuration is gone; the payloads may still be wanted. */
function withoutOutlet(name: string, entries: readonly SpoolEntry[]): Round {
  const what = `no outlet of this name is configured, and ${entries.length} of its payloads wait`;
  return {
    delivered: 0,
    waiting: entries.length,
    notices: [{ where: `outlet ${name}`, what, done: "kept in the spool" }],
  };
}

function noticeOf(
  entry: SpoolEntry,
  delivery: Exclude<Delivery, { outcome: "delivered" }>,
  settled: SpoolEntry | undefined,
): Notice {
  const [, where = entry.name, reason = delivery.reason] = /^(.*?): (.*)$/s.exec(delivery.reason) ?? [];
  const what = reason + forWhom(delivery.remaining ?? entry.envelope?.to);
  if (delivery.outcome === "refused")
    return { where, what, done: `parked as "failed/${entry.name}", see "logwinnow spool list"` };
  const nextTryAt = settled?.nextTryAt;
  const nextTry = nextTryAt === undefined ? "at the next run" : formatMinute(new Date(nextTryAt));
  return { where, what, done: `kept in the spool as "${entry.name}", next try ${nextTry}` };
}

function forWhom(recipients: readonly string[] = []): string {
  return recipients.length === 0 ? "" : ` for ${recipients.join(", ")}`;
}

/** So many refused payloads are named each; of the others one notice speaks. */
const maxNamedRefusals = 3;

/**
 * What the next report says of payloads that were refused, as long as they are parked. The words for the further ones have
 * no count in them: each report that is refused in its turn would be news, and the next report, for ever.
 */
export function noticesOfFailed(failed: readonly SpoolEntry[]): readonly Notice[] {
  const done = 'parked, tried again daily and by "logwinnow spool flush"';
  const named = failed.slice(0, maxNamedRefusals).map(({ name, lastReason, envelope }) => ({
    where: `failed/${name}`,
    what: `could not be delivered${forWhom(envelope?.to)}: ${lastReason ?? "refused"}`,
    done,
  }));
  const further = { where: "failed", what: 'more could not be delivered, see "logwinnow spool list"', done };
  return failed.length > maxNamedRefusals ? [...named, further] : named;
}
