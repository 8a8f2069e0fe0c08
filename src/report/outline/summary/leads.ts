/**
 * Sentences about a kind that follow from other parts of the report.
 * Promise: computed, never guessed: each says what was counted, and of which address.
 */
import type { Words } from "../../../std/text/byte-string.js";
import { countOf } from "../../render/wording.js";
import type { OutlineKind } from "../parts.js";
import { titleOf } from "./subject.js";

export interface LeadContext {
  /** The worst first. */
  readonly kinds: readonly OutlineKind[];
  /** Refused logins by address. */
  readonly refused: ReadonlyMap<string, number>;
}

/** How often the address of a kind was refused, and which worse kind names the same address. */
export function leadsOf(kind: OutlineKind, { kinds, refused }: LeadContext): readonly Words[] {
  const address = addressOf(kind);
  if (address === undefined) return [];
  const tries = refused.get(address) ?? 0;
  const other = kinds.find((one) => one.layer === "never" && addressOf(one) === address);
  return [
    ...(tries > 0 ? [`${address} was refused: ${countOf(tries, "line")} of it.`] : []),
    ...(other && other.wholeId !== kind.wholeId
      ? [`${address} is also the address of ${other.id}: ${titleOf(other)}.`]
      : []),
  ];
}

function addressOf({ values }: OutlineKind): Words | undefined {
  const address = values.find(({ by }) => by === "address");
  return address?.distinct === 1 ? address.words : undefined;
}
