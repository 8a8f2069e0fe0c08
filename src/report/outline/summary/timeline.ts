/** The story of a report with several alarms: what happened when, over all sources; refused logins and sessions, too. */
import type { Session } from "../../../group/login-counts.js";
import { isIntrusion, type ReportedLogins } from "../../logins.js";
import { formatCount } from "../../render/wording.js";
import type { Happening, Listed } from "../outline.js";
import type { OutlineKind } from "../parts.js";
import { addressOf } from "./leads.js";
import { addressesWords, timesOf, wordsOf } from "./logins.js";
import { titleOf } from "./subject.js";
import { timeWords } from "../kind/wording.js";

const maxRows = 40;
/** Of those who were let in. */
const maxSessions = 10;

type Timed = Omit<Happening, "time"> & { readonly atMs: number };

/**
 * In: kinds, the worst first. Out: those with a title, and all alarms, by their first lines; beside them the logins that
 * were refused, and the sessions of addresses that an alarm names or that were refused before. Nothing for one alarm alone.
 */
export function timelineOf(
  kinds: readonly OutlineKind[],
  logins: ReportedLogins | undefined,
  to: Date,
): Listed<Happening> {
  const alarms = kinds.filter(({ layer }) => layer === "never");
  const sessions = sessionsToTell(alarms, logins);
  const isStory =
    alarms.length > 1 || (sessions.length > 0 && (alarms.length > 0 || sessions.some(isIntrusion)));
  if (!isStory) return { rows: [] };
  const told = kinds.flatMap((kind): Timed[] => {
    const { layer, title, novelty, firstMs, id, count } = kind;
    const isTold = layer === "never" || (title !== undefined && novelty !== "known");
    const what = `${titleOf(kind)}${count > 1 ? ` x${formatCount(count)}` : ""}`;
    return firstMs !== undefined && isTold ? [{ atMs: firstMs, id, what }] : [];
  });
  const isKind = (session: Session): boolean => {
    const { address } = wordsOf(session);
    return kinds.some(
      (kind) => kind.firstMs === session.atMs && kind.title !== undefined && addressOf(kind) === address,
    );
  };
  const rows = [
    ...refusedRows(logins, to),
    ...sessions.slice(0, maxSessions).flatMap((session) => sessionRows(session, isKind(session))),
    ...told.slice(0, maxRows),
  ];
  const rest = told.length - maxRows;
  return {
    rows: rows
      .toSorted((one, other) => one.atMs - other.atMs)
      .map(({ atMs, ...happening }) => ({ time: timeWords(atMs, to), ...happening })),
    ...(rest > 0 && { more: `and ${formatCount(rest)} more` }),
  };
}

function sessionsToTell(
  alarms: readonly OutlineKind[],
  logins: ReportedLogins | undefined,
): readonly Session[] {
  const addresses = new Set<string | undefined>(alarms.map(addressOf));
  return (logins?.sessions ?? []).filter(
    ({ address, before }) => before !== undefined || addresses.has(address),
  );
}

function refusedRows(logins: ReportedLogins | undefined, to: Date): Timed[] {
  const { refused = 0, firstMs, lastMs, addresses } = logins ?? {};
  if (firstMs === undefined || lastMs === undefined || addresses === undefined) return [];
  const from = Object.keys(addresses.counts).length > 0 ? `, from ${addressesWords(addresses)}` : "";
  const one = refused === 1 ? "1 ssh login refused" : `${formatCount(refused)} ssh logins refused`;
  return [{ atMs: firstMs, what: `${one}${refused > 1 ? ` until ${timeWords(lastMs, to)}` : ""}${from}` }];
}

/** `isKind`: a kind of the report tells of its beginning. */
function sessionRows(session: Session, isKind: boolean): Timed[] {
  const { before, atMs, endedMs } = session;
  const { address, user } = wordsOf(session);
  const after = before ? `, refused ${timesOf(before.attempts)} before` : "";
  return [
    ...(isKind ? [] : [{ atMs, what: `${user} let in from ${address}${after}` }]),
    ...(endedMs === undefined ? [] : [{ atMs: endedMs, what: `session of ${user} from ${address} ended` }]),
  ];
}
