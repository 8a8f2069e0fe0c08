/**
 * What a report says of the addresses in it: what they are called, where they are and whose.
 * Promise: bounded, whatever a flood names; alarms come first.
 */
import type { Group } from "../../group/group.js";
import { mostFrequent, notedTallies } from "../../group/tally-notes.js";
import type { Tally } from "../../group/tally.js";
import { aboutAddress, type KnownAddresses } from "../../origins/about-address.js";
import type { OpenReport } from "../../report/open-report-shape.js";
import type { ByteString } from "../../std/text/byte-string.js";

/** Of one kind or tally, as a report shows. */
const mostOfEach = 5;
/** Kinds that are shown with their addresses are fewer. */
const mostDescribed = 500;

type Parts = Pick<OpenReport, "groups" | "tallies" | "logins">;

/** The addresses that are worth a question, those first that matter most: of alarms, of refused logins, of what was ignored, of all else. */
export function addressesOf({ groups, tallies, logins }: Parts): readonly ByteString[] {
  const alarms = groups.filter(({ layer }) => layer === "never");
  const others = groups.filter(({ layer }) => layer !== "never");
  const ignored = tallies.ignoredByField.flatMap((file) => file.tallies);
  return [
    ...keyAddresses(alarms.toSorted((one, other) => one.count - other.count)),
    ...(logins ? tallied([logins.addresses]) : []),
    ...tallied(ignored),
    ...keyAddresses(others),
    ...tallied(groups.flatMap((group) => group.tallies ?? [])),
  ];
}

function keyAddresses(groups: readonly Group[]): readonly ByteString[] {
  return groups.flatMap(({ keys = [] }) =>
    keys.filter(({ by }) => by === "address").flatMap((key) => mostFrequent(key, mostOfEach)),
  );
}

function tallied(tallies: readonly Tally[]): readonly ByteString[] {
  return tallies.filter(({ by }) => by === "address").flatMap((tally) => mostFrequent(tally, mostOfEach));
}

/** What is known of the addresses that kinds name, by address. */
export function aboutAddresses(
  { groups }: Pick<Parts, "groups">,
  known: KnownAddresses,
): ReadonlyMap<ByteString, ByteString> {
  const addresses = [...new Set(keyAddresses(groups))].slice(0, mostDescribed);
  const about = addresses.map((address) => [address, aboutAddress(known, address)] as const);
  return new Map(about.filter(([, said]) => said !== ""));
}

/** With what is known of addresses beside their counts. */
export function withNotes<Noted extends Parts>(parts: Noted, known: KnownAddresses): Noted {
  const { groups, tallies, logins } = parts;
  const ignoredByField = tallies.ignoredByField.map(({ file, tallies: ofFile }) => ({
    file,
    tallies: notedTallies(ofFile, known),
  }));
  return {
    ...parts,
    groups: groups.map((group): Group =>
      group.tallies ? { ...group, tallies: notedTallies(group.tallies, known) } : group,
    ),
    tallies: { ...tallies, ignoredByField },
    ...(logins && { logins: { ...logins, addresses: withNotesOf(logins.addresses, known) } }),
  };
}

function withNotesOf(tally: Tally, known: KnownAddresses): Tally {
  return notedTallies([tally], known)[0] ?? tally;
}
