/**
 * Sentences about a kind that follow from other parts of the report.
 * Promise: computed, never guessed: each says what was counted, and of which address.
 */
import type { Words } from "../../../std/text/byte-string.js";
import { letInAfterRefusals, type ReportedLogins } from "../../logins.js";
import type { OutlineKind } from "../parts.js";
import { refusedBeforeWords, timesOf } from "./logins.js";
import { titleOf } from "./subject.js";

export interface LeadContext {
  /** The worst first. */
  readonly kinds: readonly OutlineKind[];
  readonly logins: ReportedLogins | undefined;
  readonly to: Date;
}

/** How often the address of a kind was refused, and which worse kind names the same address. */
export function leadsOf(kind: OutlineKind, { kinds, logins, to }: LeadContext): readonly Words[] {
  const address = addressOf(kind);
  if (address === undefined) return [];
  const other = kinds.find((one) => one.layer === "never" && addressOf(one) === address);
  const refused = logins && refusedWords(address, logins, to);
  return [
    ...(refused === undefined ? [] : [`${address} was ${refused}.`]),
    ...(other && other.wholeId !== kind.wholeId
      ? [`${address} is also the address of ${other.id}: ${titleOf(other)}.`]
      : []),
  ];
}

function refusedWords(address: Words, logins: ReportedLogins, to: Date): Words | undefined {
  const session = letInAfterRefusals(logins).get(address);
  if (session) return refusedBeforeWords(session, to);
  const { counts } = logins.addresses;
  const attempts = Object.hasOwn(counts, address) ? (counts[address] ?? 0) : 0;
  return attempts > 0 ? `refused ${timesOf(attempts)} by ssh` : undefined;
}

export function addressOf({ values }: OutlineKind): Words | undefined {
  const address = values.find(({ by }) => by === "address");
  return address?.distinct === 1 ? address.words : undefined;
}
