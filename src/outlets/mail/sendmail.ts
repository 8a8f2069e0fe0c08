/**
 * Delivers through the local sendmail program.
 * Promise: delivered means that it ended by itself with status 0 and had read the whole mail; every other end keeps it.
 * A recipient that it refuses does not keep the mail from the others.
 */
import type { Delivery } from "../../store/spool/payload.js";
import type { Transport } from "./message.js";
import { runMailer, type MailerEnd } from "./run-sendmail.js";

export interface SendmailSettings {
  /** Absolute path of the program. */
  readonly program: string;
  /** For one mail, all its recipients together. */
  readonly deadlineMs: number;
}

/** sysexits.h: EX_USAGE, EX_DATAERR, EX_NOUSER. Another try would end the same. */
const permanentStatuses: ReadonlySet<number> = new Set([64, 65, 67]);
/** EX_UNAVAILABLE: what msmtp says when the server turned down any of the recipients. */
const unavailable = 69;

/** What one run of the program came to, for all recipients that it was given. */
interface Attempt {
  readonly outcome: Delivery["outcome"];
  /** Empty once it is delivered. */
  readonly reason: string;
  /** Whether one of several recipients may be the cause. */
  readonly isPerhapsOneRecipient: boolean;
}

export function sendmailTransport({ program, deadlineMs }: SendmailSettings): Transport {
  return async ({ envelope, bytes }, signal) => {
    const until = Date.now() + deadlineMs;
    // Programs of this name take lines as the system has them, and restore the CRLF themselves.
    const input = Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n"), "latin1");
    const attempt = async (to: readonly string[]): Promise<Attempt> => {
      const args = ["-i", "-f", envelope.from, "--", ...to];
      const leftMs = Math.max(1, until - Date.now());
      const deadline = to === envelope.to ? deadlineMs : leftMs;
      const end = await runMailer({ program, args, input, deadlineMs: deadline, ...(signal && { signal }) });
      return attemptOf(program, end);
    };
    const together = await attempt(envelope.to);
    if (together.outcome === "delivered") return { outcome: "delivered" };
    if (!together.isPerhapsOneRecipient || envelope.to.length === 1)
      return { outcome: together.outcome, reason: together.reason, remaining: envelope.to };
    const alone: [string, Attempt][] = [];
    for (const recipient of envelope.to) alone.push([recipient, await attempt([recipient])]);
    return summaryOf(alone);
  };
}

function attemptOf(program: string, end: MailerEnd): Attempt {
  const because = (outcome: Delivery["outcome"], reason: string, isPerhapsOneRecipient = false): Attempt => ({
    outcome,
    reason: `${program}: ${reason}`,
    isPerhapsOneRecipient,
  });
  switch (end.kind) {
    case "failed":
      return because("deferred", end.reason);
    case "signal":
      return because("deferred", `ended by ${end.signal}${end.words}`);
    case "status": {
      const { status, words } = end;
      if (status === 0)
        return end.isWholeRead
          ? { outcome: "delivered", reason: "", isPerhapsOneRecipient: false }
          : because("deferred", `exit status 0, but it did not read the whole mail${words}`);
      const isPermanent = permanentStatuses.has(status);
      return because(
        isPermanent ? "refused" : "deferred",
        `exit status ${status}${words}`,
        isPermanent || status === unavailable,
      );
    }
  }
}

/** While anybody may still be tried again, all who lack the mail are: the next try sorts out who is refused. */
function summaryOf(alone: readonly (readonly [string, Attempt])[]): Delivery {
  const lacking = alone.filter(([, { outcome }]) => outcome !== "delivered");
  if (lacking.length === 0) return { outcome: "delivered" };
  return {
    outcome: lacking.every(([, { outcome }]) => outcome === "refused") ? "refused" : "deferred",
    reason: [...new Set(lacking.map(([, { reason }]) => reason))].join(", "),
    remaining: lacking.map(([recipient]) => recipient),
  };
}
