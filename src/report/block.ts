/**
 * The pieces that a report is laid out from, as data: a renderer puts each into words.
 * Promise: a block is never split between two pages, and each line of a log stands in a block of its own.
 */
import type { Layer } from "../rules/layer.js";
import type { Group, Sample } from "../group/group.js";
import type { Notice } from "../std/notice.js";
import type { Text } from "../std/text/byte-string.js";
import type { InventoryOfFamily, LedgerRow, Report } from "./document.js";

/** Host, period and headline: what every report begins with. */
export interface HeadBlock extends Pick<Report, "hostname" | "from" | "to" | "headline" | "packages"> {
  readonly kind: "head";
  readonly nameCharacters: number;
}

/** Begins a group: what is said about it, and its first line where lines are shown. */
export interface GroupBlock {
  readonly kind: "group";
  readonly group: Group;
  /** Without one, no line of the group is shown. */
  readonly sample?: Sample;
  /** Whether the lines stand for themselves, so that nothing need be said about them. */
  readonly isBare: boolean;
  /** Whether it is set apart from what stands before it; bare groups follow each other closely. */
  readonly isSetApart: boolean;
  /** The end of the report's period: times of another day are shown with their day. */
  readonly today: Date;
}

/** What is left of a group after the lines that are shown: their number, and the group's tallies. */
export interface MoreBlock {
  readonly kind: "more";
  readonly group: Group;
  /** Events of which no line is shown. */
  readonly count: number;
  /** Lines of all its events that are not shown, but for each one's first. */
  readonly folded: number;
  readonly isBare: boolean;
}

/** The account of each source, what the rules ignored, and where the text of counted lines is. */
export interface LedgerBlock extends Pick<Report, "tallies" | "reportFiles"> {
  readonly kind: "ledger";
  readonly rows: readonly LedgerRowShown[];
  /** All sources together. */
  readonly total: LedgerRow;
  /** Lines whose beginning is shown, and whose whole text is in a report file. */
  readonly shownCut: number;
  /** How many rule files are named, and how many report files. */
  readonly maxRuleFiles: number;
  readonly maxReportFiles: number;
  readonly nameCharacters: number;
}

/** A row of one source, or of several that have none of their own. */
export type LedgerRowShown = Omit<LedgerRow, "source"> &
  (
    | { readonly kind: "source"; readonly source: Text }
    | { readonly kind: "idle"; readonly sources: number }
    | { readonly kind: "others"; readonly sources: number }
  );

/** What is known on this host from now on: the keys of each family. */
export interface InventoryBlock {
  readonly kind: "inventory";
  /** With the keys that are shown of each; a family without any is left out. */
  readonly families: readonly InventoryOfFamily[];
  /** How many keys there are. */
  readonly keyCount: number;
}

/** A line that a rule with a minimum ignored before it was reached. */
export interface EarlierBlock {
  readonly kind: "earlier";
  readonly sample: Sample;
  /** Of the first: how many there are. */
  readonly count?: number;
}

export interface OmittedRule {
  /** As file:line. */
  readonly rule: Text;
  readonly lines: number;
}

export type Block =
  | HeadBlock
  | { readonly kind: "notices heading" }
  | { readonly kind: "notice"; readonly notice: Notice; readonly nameCharacters: number }
  /** Further notices that say the same about other places. */
  | {
      readonly kind: "more notices";
      readonly count: number;
      readonly what: string;
      readonly done: string;
      readonly nameCharacters: number;
    }
  /** Notices of all sorts that found no room. */
  | { readonly kind: "omitted notices"; readonly count: number }
  | {
      readonly kind: "section heading";
      readonly layer: Layer;
      readonly lines: number;
      readonly groupCount: number;
    }
  | GroupBlock
  /** A further line of the group that the blocks before it began. */
  | { readonly kind: "sample"; readonly sample: Sample; readonly isBare: boolean }
  | MoreBlock
  | EarlierBlock
  | InventoryBlock
  /** Kinds of alarms that found no room at all. */
  | { readonly kind: "omitted alarms"; readonly groupCount: number; readonly lines: number }
  /** The rules of such alarms, with the lines that each has. */
  | {
      readonly kind: "omitted rules";
      readonly rules: readonly OmittedRule[];
      readonly nameCharacters: number;
    }
  | { readonly kind: "more omitted rules"; readonly count: number; readonly lines: number }
  /** Other groups that found no room at all. */
  | { readonly kind: "omission"; readonly groupCount: number; readonly lines: number }
  | LedgerBlock;

/** The blocks of one kind. */
export type BlockOf<Kind extends Block["kind"]> = Extract<Block, { readonly kind: Kind }>;

/** The log line that a block shows, if it shows one. */
export function sampleOf(block: Block): Sample | undefined {
  return block.kind === "group" || block.kind === "sample" ? block.sample : undefined;
}
