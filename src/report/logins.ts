/** What a report says of logins by ssh, as data. */
import type { LoginCounts, Session } from "../group/login-counts.js";

export interface ReportedLogins extends LoginCounts {
  /** Refused attempts an hour. Left out: too little is known. */
  readonly usualPerHour?: number;
}

/**
 * Of one address before somebody from there was let in. Whoever forgot a password tries it a few times, with two keys in
 * hand twice as often.
 */
const attemptsOfIntruder = 10;

/** Whether somebody was let in who was refused so often that nobody forgot a password. */
export function isIntrusion({ before }: Pick<Session, "before">): boolean {
  return before !== undefined && before.attempts >= attemptsOfIntruder;
}

/** The addresses that were let in after they were refused, each with its first such session. */
export function letInAfterRefusals({ sessions }: LoginCounts): ReadonlyMap<string, Session> {
  const first = new Map<string, Session>();
  for (const session of sessions)
    if (session.before && !first.has(session.address)) first.set(session.address, session);
  return first;
}
