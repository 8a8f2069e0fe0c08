/**
 * Logins by ssh in a few words: how many were refused, whether that is usual, and who was let in after it.
 * Promise: always one sentence where any login was refused; whoever was let in after refusals has one of his own.
 */
import type { NameCounts } from "../../../group/heavy-hitters.js";
import type { Session } from "../../../group/login-counts.js";
import type { Tally } from "../../../group/tally.js";
import type { Words } from "../../../std/text/byte-string.js";
import { isIntrusion, letInAfterRefusals, type ReportedLogins } from "../../logins.js";
import { countOf, formatCount } from "../../render/wording.js";
import { quotedShort, wordOf } from "../kind/quoted.js";
import { spanWords, timeWords } from "../kind/wording.js";
import type { LoginRow, Logins } from "../outline.js";
import { namesOf } from "./tallied.js";

const maxRows = 5;
const maxNoteBytes = 96;
const hourMs = 3_600_000;
/** So many times the usual is worth the addresses. */
const timesUsual = 3;

export interface LoginPeriod {
  readonly from?: Date;
  readonly to: Date;
}

/** Undefined where no login was refused, and nobody was let in after it. */
export function loginsOf(logins: ReportedLogins | undefined, period: LoginPeriod): Logins | undefined {
  if (logins === undefined) return undefined;
  const letIn = letInAfterRefusals(logins);
  const { refused, addresses, users } = logins;
  if (refused === 0 && letIn.size === 0) return undefined;
  const usual = usualOf(logins, period);
  const rows = rowsOf(addresses, letIn, period.to);
  const isWorthRows = letIn.size > 0 || usual.isMore;
  const from = Object.keys(addresses.counts).length > 0 ? ` from ${addressesWords(addresses)}` : "";
  const inWords = letIn.size === 0 ? "none let in" : `${formatCount(letIn.size)} let in`;
  return {
    sentence: `Refused ssh logins: ${formatCount(refused)}${from}, ${inWords}.${usual.words}`,
    letIn: [...letIn.values()]
      .toSorted((one, other) => attemptsBefore(other) - attemptsBefore(one))
      .slice(0, maxRows)
      .map((session) => letInSentence(session, period.to)),
    addresses: isWorthRows ? shortened(rows, addresses) : { rows: [] },
    ...(isWorthRows && refused > 0 && { users: ["as ", ...namesOf(users)] }),
  };
}

/** The one that was refused most before he was let in, if so often that nobody forgot a password. */
export function worstIntrusion(logins: ReportedLogins | undefined): Session | undefined {
  return logins?.sessions
    .filter(isIntrusion)
    .toSorted((one, other) => attemptsBefore(other) - attemptsBefore(one))[0];
}

function attemptsBefore({ before }: Session): number {
  return before?.attempts ?? 0;
}

function usualOf(
  { refused, usualPerHour }: ReportedLogins,
  { from, to }: LoginPeriod,
): { readonly words: Words; readonly isMore: boolean } {
  if (usualPerHour === undefined || refused === 0) return { words: "", isMore: false };
  const hours = Math.max(1, from === undefined ? 1 : (to.getTime() - from.getTime()) / hourMs);
  const isMore = refused / hours > timesUsual * usualPerHour;
  const usually = ` Usually ${formatCount(Math.max(1, Math.round(usualPerHour)))} an hour.`;
  return { words: isMore ? usually : " As usual.", isMore };
}

/** "203.0.113.200 was refused 118 times, then let in as root at 00:52:08." */
function letInSentence(session: Session, to: Date): Words {
  const { address, user } = wordsOf(session);
  const at = timeWords(session.atMs, to);
  return `${address} was refused ${timesOf(attemptsBefore(session))}, then let in as ${user} at ${at}.`;
}

/** "refused 118 times before, 00:31:20 to 00:52:01, always as root". */
export function refusedBeforeWords({ before }: Session, to: Date): Words | undefined {
  if (before === undefined) return undefined;
  const { attempts, firstMs, lastMs, user } = before;
  const always = user === undefined || attempts === 1 ? undefined : wordOf(user);
  const as = always === undefined ? "" : `, always as ${always}`;
  return `refused ${timesOf(attempts)} before, ${spanWords(firstMs, lastMs, to)}${as}`;
}

export function timesOf(count: number): Words {
  return ["never", "once", "twice"][count] ?? `${formatCount(count)} times`;
}

/** What is no plain name stands in no sentence of ours. */
export function wordsOf({ address, user }: Pick<Session, "address" | "user">): {
  readonly address: Words;
  readonly user: Words;
} {
  return { address: wordOf(address) ?? "an address", user: wordOf(user) ?? "a user" };
}

export function addressesWords({ counts, floor }: NameCounts): Words {
  const least = floor === undefined ? "" : "at least ";
  return `${least}${countOf(Object.keys(counts).length, "address", "addresses")}`;
}

/** Those that got in first, then the worst. */
function rowsOf(
  { counts, notes = {} }: Tally,
  letIn: ReadonlyMap<string, Session>,
  to: Date,
): readonly LoginRow[] {
  const earlier = [...letIn.keys()].filter((address) => !Object.hasOwn(counts, address));
  const all = [...Object.entries(counts), ...earlier.map((address): [string, number] => [address, 0])];
  const rows = all.flatMap(([name, count]): LoginRow[] => {
    const address = wordOf(name);
    if (address === undefined) return [];
    const session = letIn.get(name);
    const note = Object.hasOwn(notes, name) ? notes[name] : undefined;
    return [
      {
        address,
        count,
        ...(session && { letInAt: timeWords(session.atMs, to) }),
        ...(note !== undefined && { note: quotedShort(note, maxNoteBytes) }),
      },
    ];
  });
  const rank = ({ letInAt }: LoginRow): number => (letInAt === undefined ? 1 : 0);
  return rows.toSorted((one, other) => rank(one) - rank(other) || other.count - one.count);
}

function shortened(rows: readonly LoginRow[], { counts, others }: NameCounts): Logins["addresses"] {
  const shown = rows.slice(0, maxRows);
  const total = Object.values(counts).reduce((sum, count) => sum + count, others);
  const rest = total - shown.reduce((sum, { count }) => sum + count, 0);
  // Of those that have no count of their own it is not known how many they are.
  const names =
    others > 0 ? "other addresses" : countOf(rows.length - shown.length, "more address", "more addresses");
  return { rows: shown, ...(rest > 0 && { more: `${formatCount(rest)} from ${names}` }) };
}
