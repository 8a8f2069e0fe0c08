/** Lines that read alike, as the report shows them. */
import type { PackageChange } from "../sources/package-changes.js";
import type { Condition, Layer, Verdict } from "../rules/layer.js";
import type { EarlierLine } from "../conditions/rates.js";
import type { Band, Circumstance, Shown } from "../rules/files/directive-values.js";
import type { Entry } from "../entry/entry.js";
import type { ByteString, Text, Words } from "../std/text/byte-string.js";
import type { NameCounts } from "./heavy-hitters.js";
import type { Tally } from "./tally.js";

/** A line that is reported, with its verdict and its header read. */
export interface Finding {
  readonly source: Text;
  /** The line as it was, without its newline. Cut at 64 KiB. */
  readonly line: ByteString;
  /** In bytes, before it was cut. */
  readonly trueLengthBytes: number;
  readonly verdict: Verdict;
  readonly entry: Entry;
  /** What the rules read in place of the line, of a line of another form. */
  readonly readAs?: ByteString;
  /** Lines that came before its rule's minimum was reached, and were ignored then. */
  readonly earlier?: readonly EarlierLine[];
  /** Where the line stands for a whole command that it continues: its own message. */
  readonly continued?: ByteString;
}

/** What becomes of a finding: kept as a sample, or only counted. */
export type Showing = "reported" | "counted";

/** A line that stands for its group in the report. */
export interface Sample {
  readonly source: Text;
  /** Its beginning, where it is shorter than `trueLengthBytes`. */
  readonly line: ByteString;
  readonly trueLengthBytes: number;
  /** When it came it was only counted: its whole text is in the report file already. */
  readonly isInReportFile?: true;
  /** How much it differs from those before it. Of lines after the first ones, 0: it is the last line. */
  readonly difference?: number;
  /** It is one of the first lines, and has a difference all the same. */
  readonly isFirst?: true;
  /** Without grouping: it is the first line of its kind, and so many kinds that its rule decided came before. */
  readonly kindNumber?: number;
  /** It belongs to the event of the line before it that is none, and came into this layer by itself. */
  readonly folded?: Layer;
}

/** What lines of one minute become if something explains them. */
export interface Expected {
  readonly near: readonly Circumstance[];
  /** Since the epoch. */
  readonly minute: number;
  /** The id of their kind, one layer lower. */
  readonly kind: string;
}

/** What earlier reports told of a kind. */
export interface KindHistory {
  /** When it was first and last told before this report, in ms since the epoch. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** How many earlier reports had it. */
  readonly reports: number;
  /** Lines an hour, usually; left out while too little is known. */
  readonly usualPerHour?: number;
  /** Whether the last run had no more of its lines than is usual. */
  readonly isUsual: boolean;
  /** It came only while the machine booted, and so it did now: a boot long ago makes it none that is back. */
  readonly isOfBoot?: true;
  /** It names an address or a user that no earlier report had with it. Of alarms and violations alone. */
  readonly hasNewValues?: true;
  /** Acknowledged until then, in ms since the epoch. */
  readonly ackedUntilMs?: number;
  /** The package that has its program, where it was new since a change of it. */
  readonly brought?: PackageChange;
}

/** What lines of a kind name, as `#@ key` asks: each value fits its type, and nothing else is counted. */
export interface KeyCounts extends NameCounts {
  readonly by: Shown;
}

/** Plain JSON: groups of one batch are stored and merged with those of the next. */
export interface Group {
  /** Twelve hexadecimal digits, the same in each run (`kind.ts`). Groups that an earlier version stored have none. */
  readonly kind?: string;
  readonly layer: Layer;
  /** What the lines have in common, numbers and addresses left out. */
  readonly shape: ByteString;
  /** Which condition of the rule made the layer another than the rule's list says. */
  readonly because?: Condition;
  /** The deciding rule as file:line, if one decided. */
  readonly rule?: Text;
  /** What happened, and how bad that is: as the rule says that decided, or one that only gives titles. */
  readonly title?: Words;
  readonly band?: Band;
  readonly keys?: readonly KeyCounts[];
  /** Lines of this kind; each is an event. */
  readonly count: number;
  /** Lines that belong to their events, such as the frames of a stack trace. Left out: none. */
  readonly folded?: number;
  /** ms since the epoch of the earliest and latest entry that states a time. */
  readonly firstMs?: number;
  readonly lastMs?: number;
  /** In reading order: the first lines; of alarms and violations also those that differ most, and the last one. */
  readonly samples: readonly Sample[];
  /** Lines that were ignored, since the rule's minimum was not reached yet. None of them is in the count. */
  readonly earlier?: readonly Sample[];
  /** Of lines that are expected at times: what they are then. */
  readonly expected?: Expected;
  /** The hosts whose names the lines have, in the order in which they came; the last is "" where there are more. Left out: none is named. */
  readonly hosts?: readonly ByteString[];
  /** Of packets that a firewall logged. */
  readonly tallies?: readonly Tally[];
  /** Left out: no earlier report had the kind, or no memory was asked. */
  readonly history?: KindHistory;
}

/** Of events, and those folded into them: as many as the ledger reports or counts. */
export function linesOf({ count, folded = 0 }: Pick<Group, "count" | "folded">): number {
  return count + folded;
}

/** Whether the lines have nothing in common but their rule: without grouping. */
export function isUngrouped({ shape }: Pick<Group, "shape">): boolean {
  return shape === "";
}
