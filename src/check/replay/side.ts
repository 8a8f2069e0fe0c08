/**
 * One of the two runs of a replay: the hourly job over lines of before, with rules of its own and without any memory.
 * Promise: what it gathers are the groups that the report of such a run has.
 */
import { stateOfOneRun } from "../../conditions/state.js";
import type { StatesCache } from "../../ere/index.js";
import { settleExpected } from "../../group/expected.js";
import type { Group } from "../../group/group.js";
import { shapeOfFinding } from "../../group/group-table.js";
import { emptyReport } from "../../report/open-report.js";
import type { ClassifiedLines, LinesChunk } from "../../rules/classify/classified-lines.js";
import type { Layer, Verdict } from "../../rules/layer.js";
import { loadRuleSet } from "../../rules/load-rule-set.js";
import type { RuleSettings } from "../../rules/rule-settings.js";
import type { ConditionState } from "../../conditions/conditions.js";
import type { Source } from "../../sources/source.js";
import { fullyQualifiedHostName } from "../../std/host-name.js";
import type { Notice } from "../../std/notice.js";
import type { ByteString } from "../../std/text/byte-string.js";
import { LineGatherer } from "../lines/line-gatherer.js";
import { checkMarkers, isLookedAt, lineJudge, type LineJudge } from "../lines/line-judge.js";

/** What a run did with a line that it told. */
export interface ToldAs {
  readonly layer: Exclude<Layer, "ignored">;
  readonly shape: ByteString;
}

export interface SideOptions {
  readonly now: Date;
  /** The kinds of the sources whose lines come. */
  readonly sourceKinds: ReadonlySet<string>;
  readonly isGrouped: boolean;
  readonly cache: StatesCache | undefined;
}

export class Side {
  /** About rules that are off. */
  readonly notices: readonly Notice[];
  private readonly judge: LineJudge;
  private readonly state: ConditionState;
  private readonly gatherer: LineGatherer;

  constructor(rules: RuleSettings, { now, sourceKinds, isGrouped, cache }: SideOptions) {
    const { ruleSet, titles, notices } = loadRuleSet(rules, cache, checkMarkers, now);
    this.notices = notices;
    // All lines are handed out, so that those of two sides go together by their number.
    this.judge = lineJudge(ruleSet, () => true);
    const { conditions, verdictOn } = this.judge;
    this.state = stateOfOneRun(conditions, now, rules.origins);
    conditions.begin(this.state);
    this.gatherer = new LineGatherer({
      now,
      isGrouped,
      localHost: fullyQualifiedHostName(),
      sourceKinds,
      titles,
      verdictOn,
      conditions,
      conditionState: this.state,
      begun: emptyReport,
    });
  }

  /** Where the next lines are put. */
  get buffer(): Uint8Array {
    return this.judge.classifier.buffer;
  }

  classify(chunk: LinesChunk, { name }: Pick<Source, "name">): ClassifiedLines<Verdict> {
    return this.judge.classifier.classify(chunk, name);
  }

  /** In: a line of the last chunk. Out: undefined where the run does not tell it. */
  accept(
    lines: ClassifiedLines<Verdict>,
    index: number,
    { name, kind }: Pick<Source, "name" | "kind">,
  ): ToldAs | undefined {
    const verdict = lines.verdict(index);
    // A run does not look at others.
    if (verdict.layer === "ignored" && !isLookedAt(verdict)) return undefined;
    const readAs = lines.readAs(index);
    let told: ToldAs | undefined;
    this.gatherer.accept(
      {
        source: name,
        sourceKind: kind,
        bytes: lines.line(index),
        trueLengthBytes: lines.trueLengthBytes(index),
        leadingNulBytes: lines.leadingNulBytes(index),
        ...(readAs && { readAs }),
        verdict,
      },
      ({ layer }, finding) => {
        told = { layer, shape: shapeOfFinding(finding) };
      },
    );
    return told;
  }

  /** To be asked for when all lines have come. */
  groups(): readonly Group[] {
    const { circumstances } = this.state;
    return settleExpected(this.gatherer.groups(), (near, timestampMs) =>
      circumstances.explaining(near, timestampMs),
    );
  }
}
