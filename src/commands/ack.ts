/** `logwinnow ack`: makes kinds of lines that a report named wait for the digest, for a time. */
import { acknowledgedName, decodeAcknowledged, encodeAcknowledged } from "../memory/acknowledged.js";
import { kindNamed, newInNewestReport, rememberedKinds, type NamedKind } from "../memory/kinds/named.js";
import { formatDay } from "../report/render/wording.js";
import { realDisk } from "../std/disk.js";
import { sayNotices } from "../std/standard-error.js";
import { writeText } from "../std/standard-output.js";
import { escaped } from "../std/text/escape.js";
import { takeLock } from "../store/lock.js";
import { hintAtSystem, requireOwnDirectory } from "../store/owner.js";
import { ownStateDirectory } from "../store/places.js";
import { openStore, type Store } from "../store/store.js";

export interface AckOptions {
  /** The first digits of ids, as a report shows them. */
  readonly ids: readonly string[];
  /** Also the kinds that were new in the newest report, but those that a rule raises. */
  readonly isNew: boolean;
  /** For how long; 0 takes back what was said before. */
  readonly forMs: number;
  readonly config?: string;
  readonly state?: string;
}

export type AckOutcome = "done" | "locked" | "no such kind";

/** All kinds that are named, or none of them. */
export function ack({ ids, isNew, forMs, state }: AckOptions, now: Date): AckOutcome {
  const directory = state ?? ownStateDirectory();
  requireOwnDirectory(directory, "ack");
  const hint = hintAtSystem(directory, "ack");
  if (hint !== undefined) {
    sayNotices([{ where: directory, what: "there is no state", done: hint }]);
    return "no such kind";
  }
  const lock = takeLock(directory);
  if (lock.outcome === "locked") {
    sayNotices([{ where: directory, what: "a run holds the lock", done: "nothing acknowledged" }]);
    return "locked";
  }
  try {
    const { store, notices } = openStore(directory, realDisk, now);
    sayNotices(notices);
    const { kinds: known, notices: ofKinds } = rememberedKinds(store);
    sayNotices(ofKinds);
    const named = chosen(ids, known);
    if (named === undefined) return "no such kind";
    const fresh = isNew ? newInNewestReport(known) : [];
    if (isNew && fresh.length === 0)
      sayNotices([
        { where: directory, what: "the newest report has no new kind", done: "none acknowledged" },
      ]);
    // What a rule raises must be named one by one: whoever clears a mail of much news may not have seen it.
    const raised = fresh.filter((kind) => kind.record.layer !== "remainder" && !named.includes(kind));
    const kinds = [...new Set([...named, ...fresh.filter((kind) => !raised.includes(kind))])];
    const names = kinds.map(({ id }) => id);
    if (kinds.length > 0) remember(names, store, now.getTime() + forMs, now);
    const until =
      forMs === 0 ? "told as before" : `digest only until ${formatDay(new Date(now.getTime() + forMs))}`;
    const lines = [
      ...kinds.map(({ id, record }) => `${id}  ${until}  ${escaped(record.shape)}\n`),
      ...raised.map(
        ({ id, record: { layer, shape } }) =>
          `${id}  left as it is: ${layer === "never" ? "an alarm" : "a violation"}; name its id  ${escaped(shape)}\n`,
      ),
    ];
    writeText(lines.join(""));
    return "done";
  } finally {
    lock.release();
  }
}

/**
 * Acknowledges kinds that are remembered, after something else is done under the same lock; what that throws is thrown, and
 * nothing is acknowledged.
 */
export function acknowledging(
  directory: string,
  ids: readonly string[],
  untilMs: number,
  now: Date,
  first: () => void,
): "done" | "locked" {
  const lock = takeLock(directory);
  if (lock.outcome === "locked") return "locked";
  try {
    const { store } = openStore(directory, realDisk, now);
    first();
    remember(ids, store, untilMs, now);
    return "done";
  } finally {
    lock.release();
  }
}

/** Undefined where one of them is none; says which. */
function chosen(ids: readonly string[], kinds: readonly NamedKind[]): readonly NamedKind[] | undefined {
  const found = ids.map((name) => ({ name, kind: kindNamed(name, kinds) }));
  const problems = found.flatMap(({ name, kind }) =>
    "problem" in kind ? [{ where: name, what: kind.problem, done: "nothing acknowledged" }] : [],
  );
  sayNotices(problems);
  return problems.length > 0 ? undefined : found.flatMap(({ kind }) => ("problem" in kind ? [] : [kind]));
}

/** In a commit of its own, which changes nothing else. */
function remember(ids: readonly string[], store: Store, untilMs: number, now: Date): void {
  const { acknowledged } = decodeAcknowledged(store.memory(acknowledgedName));
  const until = { ...acknowledged, ...Object.fromEntries(ids.map((id) => [id, untilMs])) };
  const { positions, toldNotices } = store.state;
  const openReport = store.openReport();
  store.commit(
    {
      positions,
      toldNotices,
      payloads: [],
      ...(openReport && { openReport }),
      memory: { [acknowledgedName]: encodeAcknowledged(until, now.getTime()) },
    },
    now,
  );
}
