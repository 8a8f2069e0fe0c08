/**
 * What a run has to say, as data: nothing here is put into words yet.
 * Promise: a document holds all that any form of the report shows, so that no form asks for more.
 */
import type { Layer } from "../rules/layer.js";
import type { Group } from "../group/group.js";
import type { ByteString, Text } from "../std/text/byte-string.js";
import type { VolumeMark } from "../memory/volume/volume.js";
import type { Notice } from "../std/notice.js";
import type { PackageChange } from "../sources/package-changes.js";
import type { ReportedLogins } from "./logins.js";
import type { Around } from "./around.js";
import type { Tallies } from "./tallies.js";

/** Lines by layer, and the other figures that stand at the top and in the subject. */
export interface Headline {
  readonly never: number;
  readonly violation: number;
  readonly remainder: number;
  readonly ignored: number;
  readonly read: number;
  /** Notices, not lines. */
  readonly notices: number;
}

/** One source's account, in lines. Promise: read = ignored + duplicate + reported + counted, checked in every run. */
export interface LedgerRow {
  readonly source: Text;
  readonly read: number;
  /** By a named rule. */
  readonly ignored: number;
  /** Another source of the same report tells of their event. */
  readonly duplicate: number;
  /** Shown in the report, word for word. */
  readonly reported: number;
  /** Only counted in the report; their text is in the report file beside the spool. */
  readonly counted: number;
}

/** The last boot in the time of a report, and how what it wrote compares with the boots before. */
export interface BootComparison {
  readonly atMs: number;
  /** Boots in the time of the report. */
  readonly boots: number;
  /** Kinds of lines that came while the machine booted, and no other time. */
  readonly kinds: number;
  /** Those of them that no report told before. */
  readonly fresh: number;
  /** Kinds of the boot before that did not come. Left out: no boot is remembered, or this one may not be over. */
  readonly missing?: number;
}

/** The groups of a layer. A group is what the report calls a kind of line. */
export interface Section {
  readonly layer: Layer;
  /** How many lines the groups have together. */
  readonly lines: number;
  /** In the order of their first lines; none empty. */
  readonly groups: readonly Group[];
}

/** The keys of rules with `first-seen` that share a family, in byte order. */
export interface InventoryOfFamily {
  /** "cron-command"; "rule 0123456789abcdef" for a rule that is in no family. */
  readonly family: Text;
  /** Each of one or more texts of a line, with newlines between them. */
  readonly keys: readonly ByteString[];
}

export interface Report {
  readonly hostname: Text;
  /** Since when it tells of lines: when the last run ended well, or the last one that sent a report. */
  readonly from?: Date;
  readonly to: Date;
  readonly headline: Headline;
  /** What was installed, upgraded and removed since the last run. Left out: nothing. */
  readonly packages?: readonly PackageChange[];
  /** The change of a package that a new kind came after, by the kind's id. */
  readonly brought?: ReadonlyMap<Text, PackageChange>;
  /** Left out: the machine did not boot. */
  readonly boot?: BootComparison;
  readonly notices: readonly Notice[];
  /** Whether earlier reports were asked which kinds they had. Left out: they were not, and no kind is called new. */
  readonly remembersKinds?: true;
  /** It goes since its time has come: nothing in it is news. Left out: something is, or nobody asked. */
  readonly isDigest?: true;
  /** Worst layer first; layers without groups are left out. */
  readonly sections: readonly Section[];
  /** What is known on this host from now on, and was not told before. Left out: nothing. */
  readonly inventory?: readonly InventoryOfFamily[];
  readonly ledger: readonly LedgerRow[];
  readonly tallies: Tallies;
  /** Left out: no login by ssh was refused, and nobody was let in. */
  readonly logins?: ReportedLogins;
  /** What had far more lines than usual, first what stands out most. Left out: nothing had. */
  readonly volume?: readonly VolumeMark[];
  /** What stood near the first lines of alarms, by the ids of their kinds. Left out: nobody looked. */
  readonly around?: ReadonlyMap<Text, Around>;
  /** What is known of addresses that kinds name, such as "scan.example.net, NL, Example Hosting". Left out: nothing. */
  readonly addresses?: ReadonlyMap<ByteString, ByteString>;
  /** The files that hold the text of lines that were only counted. */
  readonly reportFiles: readonly Text[];
}
