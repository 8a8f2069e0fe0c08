/** `logwinnow ack`: makes kinds of lines that a report named wait for the digest, for a time. */
import { acknowledgedName, decodeAcknowledged, encodeAcknowledged } from "../memory/acknowledged.js";
import { kindNamed, rememberedKinds, type NamedKind } from "../memory/kinds/named.js";
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
  /** For how long; 0 takes back what was said before. */
  readonly forMs: number;
  readonly config?: string;
  readonly state?: string;
}

export type AckOutcome = "done" | "locked" | "no such kind";

/** All kinds that are named, or none of them. */
export function ack({ ids, forMs, state }: AckOptions, now: Date): AckOutcome {
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
    const kinds = chosen(ids, store);
    if (kinds === undefined) return "no such kind";
    remember(kinds, store, now.getTime() + forMs, now);
    const until =
      forMs === 0 ? "told as before" : `digest only until ${formatDay(new Date(now.getTime() + forMs))}`;
    writeText(kinds.map(({ id, record }) => `${id}  ${until}  ${escaped(record.shape)}\n`).join(""));
    return "done";
  } finally {
    lock.release();
  }
}

/** Undefined where one of them is none; says which. */
function chosen(ids: readonly string[], store: Store): readonly NamedKind[] | undefined {
  const { kinds, notices } = rememberedKinds(store);
  sayNotices(notices);
  const found = ids.map((name) => ({ name, kind: kindNamed(name, kinds) }));
  const problems = found.flatMap(({ name, kind }) =>
    "problem" in kind ? [{ where: name, what: kind.problem, done: "nothing acknowledged" }] : [],
  );
  sayNotices(problems);
  return problems.length > 0 ? undefined : found.flatMap(({ kind }) => ("problem" in kind ? [] : [kind]));
}

/** In a commit of its own, which changes nothing else. */
function remember(kinds: readonly NamedKind[], store: Store, untilMs: number, now: Date): void {
  const { acknowledged } = decodeAcknowledged(store.memory(acknowledgedName));
  const until = { ...acknowledged, ...Object.fromEntries(kinds.map(({ id }) => [id, untilMs])) };
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
