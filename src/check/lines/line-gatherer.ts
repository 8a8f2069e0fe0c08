/**
 * Gathers selected lines as the hourly job tells them: each is ignored, a duplicate, or joins the lines of its kind.
 * Promise: what becomes of a line is decided here and nowhere else, for a run and for whoever replays one.
 */
import { basename } from "node:path";
import type { Entry } from "../../entry/entry.js";
import { readEntry, readEntryOf } from "../../entry/header.js";
import type { Conditions, ConditionState } from "../../conditions/conditions.js";
import { IgnoredTallies } from "../../group/file-tallies.js";
import type { Finding, Group } from "../../group/group.js";
import { createGroupTable, defaultGroupLimits, type GroupTable } from "../../group/group-table.js";
import type { OpenReport } from "../../report/open-report-shape.js";
import type { Layer, Verdict } from "../../rules/layer.js";
import type { RuleTitles } from "../../rules/titles/rule-titles.js";
import type { Collector, SelectedLine } from "../../run/product.js";
import type { ArchivedLine } from "../../store/archive-file.js";
import type { ByteString, Text } from "../../std/text/byte-string.js";
import { lineText, nulBytesText } from "../../std/text/line-text.js";
import { ContinuedCommands } from "./continued-commands.js";
import { duplicateFinderFor } from "./duplicates.js";

/** What a line may have in a report, and in the spool. */
const maxShownBytes = 65_536;

export interface LineGathererOptions {
  readonly now: Date;
  readonly isGrouped: boolean;
  /** This host's name as logs have it, fully qualified if it can be. */
  readonly localHost: string;
  /** The kinds of the sources that are read. */
  readonly sourceKinds: ReadonlySet<string>;
  /** The rules' verdict on a line that is put together of several; counted nowhere. */
  readonly verdictOn: (line: Uint8Array) => Verdict;
  /** Left out: no kind has a title. */
  readonly titles?: RuleTitles;
  /** Sees each line that is looked at, ignored or not. */
  readonly note?: (source: Text, entry: Entry) => void;
  readonly conditions: Conditions;
  readonly conditionState: ConditionState;
  /** What earlier runs gathered. */
  readonly begun: Pick<OpenReport, "groups" | "tallies">;
}

/** A line that is told. */
export interface ToldLine extends ArchivedLine {
  readonly layer: Exclude<Layer, "ignored">;
  readonly program: ByteString | undefined;
}

export class LineGatherer {
  private readonly options: LineGathererOptions;
  private readonly table: GroupTable;
  private readonly ignored: IgnoredTallies;
  private readonly commands: ContinuedCommands;
  private readonly duplicates: ReturnType<typeof duplicateFinderFor>;

  constructor(options: LineGathererOptions) {
    const { isGrouped, titles, begun, conditionState, verdictOn, sourceKinds, localHost } = options;
    this.options = options;
    this.table = createGroupTable(
      { isGrouped, limits: defaultGroupLimits, ...(titles && { titles }) },
      begun.groups,
    );
    this.ignored = new IgnoredTallies(conditionState.senders.origins, begun.tallies.ignoredByField);
    this.commands = new ContinuedCommands(verdictOn);
    this.duplicates = duplicateFinderFor(sourceKinds, localHost);
  }

  /** As `Collector.accept`. A line that is told is handed to `tell`, with what was found of it. */
  accept(
    selected: SelectedLine<Verdict>,
    tell: (line: ToldLine, finding: Pick<Finding, "entry" | "verdict">) => void,
  ): ReturnType<Collector<Verdict, never>["accept"]> {
    const { source, sourceKind, bytes, trueLengthBytes, leadingNulBytes = 0, readAs } = selected;
    const { now, conditions } = this.options;
    const whole = lineText(bytes);
    const line = whole.slice(0, maxShownBytes);
    const read = readAs && lineText(readAs).slice(0, maxShownBytes);
    const entry = readEntryOf(line, read, now);
    this.options.note?.(source, entry);
    const joined = this.commands.join(source, read ?? line, entry, selected.verdict);
    const verdict = joined?.verdict ?? selected.verdict;
    if (verdict.layer === "ignored") {
      const { rule } = verdict;
      if (rule?.directives?.tally) this.ignored.add(basename(rule.file), rule.directives.tally, entry);
      return "ignored";
    }
    const lineBytes = trueLengthBytes - (bytes.length - whole.length);
    const isCut = lineBytes > line.length;
    if (this.duplicates?.isDuplicate(sourceKind, entry, verdict.layer, isCut)) return "duplicate";
    const { layer } = verdict;
    const program = entry.appName;
    const archived = { source, sourceKind, line, ...(read !== undefined && { readAs: read }) };
    tell({ layer, program, ...archived }, { entry, verdict });
    const nuls = nulBytesText(leadingNulBytes);
    const earlier = verdict.rule ? conditions.takeEarlier(verdict.rule) : [];
    if (!joined) {
      const shownLengthBytes = nuls.length + lineBytes;
      const shown = { line: nuls + line, trueLengthBytes: shownLengthBytes };
      return this.table.add({ source, ...shown, readAs: read ?? line, verdict, entry, earlier });
    }
    const { length } = joined.line;
    const command = { line: joined.line, trueLengthBytes: length, entry: readEntry(joined.line, now) };
    return this.table.add({ source, ...command, verdict, earlier, continued: entry.message });
  }

  groups(): readonly Group[] {
    return this.table.groups();
  }

  /** Of ignored lines, by the fields that their rules name. */
  tallies(): OpenReport["tallies"]["ignoredByField"] {
    return this.ignored.tallies();
  }
}
