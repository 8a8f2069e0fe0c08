/**
 * Unfinished reports as earlier versions stored them.
 * Promise: each is read as what it meant then.
 */
import type { Tally } from "../group/tally.js";
import { hasFields, isCount, isListOf, isOptional, isRecordOf, isString } from "../std/json-shape.js";
import { isNotice, type Notice } from "../std/notice.js";
import type { Group } from "../group/group.js";
import { isGroup, isLedgerRow, isTallyList, type OpenReport } from "./open-report-shape.js";
import type { Tallies } from "./tallies.js";

/** It counted nothing but packets. */
interface Version2 extends Omit<OpenReport, "tallies" | "logins" | "volume" | "from" | "isWaiting"> {
  readonly tallies: PacketTallies;
}

interface PacketTallies {
  readonly ignoredByFile: Tallies["ignoredByFile"];
  readonly ignoredPackets: readonly Tally[];
}

export const isVersion2 = hasFields<Version2>({
  groups: isListOf(isGroup),
  ledger: isListOf(isLedgerRow),
  notices: isListOf(isNotice),
  tallies: hasFields<PacketTallies>({ ignoredByFile: isRecordOf(isCount), ignoredPackets: isTallyList }),
  reportFiles: isListOf(isString),
});

export function fromVersion2({ tallies, ...report }: Version2): OpenReport {
  return { ...report, tallies: fromPackets(tallies) };
}

/** Rules in another file could count packets, too: which one is not known any more, nor which rows were among the others. */
function fromPackets({ ignoredByFile, ignoredPackets }: PacketTallies): Tallies {
  const tallies = ignoredPackets.map((tally) =>
    tally.others > 0 ? { ...tally, floor: tally.others } : tally,
  );
  return { ignoredByFile, ignoredByField: tallies.length > 0 ? [{ file: "firewall", tallies }] : [] };
}

/** Without a version in it. Duplicates were among the ignored lines; "counted" and "report file" had other names. */
interface Version1 {
  readonly groups: readonly Group[];
  readonly ledger: readonly {
    readonly source: string;
    readonly read: number;
    readonly ignored: number;
    readonly toldElsewhere?: number;
    readonly reported: number;
    readonly capped: number;
  }[];
  readonly notices: readonly Notice[];
  readonly routine: {
    readonly counts: Tallies["ignoredByFile"];
    readonly packets: readonly Tally[];
  };
  readonly fullSets: readonly string[];
}

export const isVersion1 = hasFields<Version1>({
  groups: isListOf(isGroup),
  ledger: isListOf(
    hasFields<Version1["ledger"][number]>({
      source: isString,
      read: isCount,
      ignored: isCount,
      toldElsewhere: isOptional(isCount),
      reported: isCount,
      capped: isCount,
    }),
  ),
  notices: isListOf(isNotice),
  routine: hasFields<Version1["routine"]>({ counts: isRecordOf(isCount), packets: isTallyList }),
  fullSets: isListOf(isString),
});

export function fromVersion1({ groups, ledger, notices, routine, fullSets }: Version1): OpenReport {
  return {
    groups,
    ledger: ledger.map(({ source, read, ignored, toldElsewhere = 0, reported, capped }) => ({
      source,
      read,
      ignored: ignored - toldElsewhere,
      duplicate: toldElsewhere,
      reported,
      counted: capped,
    })),
    notices,
    tallies: fromPackets({ ignoredByFile: routine.counts, ignoredPackets: routine.packets }),
    reportFiles: fullSets,
  };
}
