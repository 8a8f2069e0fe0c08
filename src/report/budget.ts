/**
 * Fits a report into a number of mails of bounded size.
 * Promise: alarms take the budget first, groups keep their exact counts, and what is not shown is counted. Each kind of
 * alarm keeps a floor that neither names, notices nor ledger can take; where even the floors do not fit, kinds that are
 * not shown are counted with their rules.
 */
import type { Group, Sample } from "../group/group.js";
import { accountFor } from "./account.js";
import type { Block } from "./block.js";
import { alarmDetails, barerDetails, richestDetail, samplesAt, type Detail } from "./detail.js";
import type { Report } from "./document.js";
import { frameDetails, headBlocks, inventoryBlocks, ledgerBlocks, type FrameDetail } from "./frame.js";
import { sectionBlocks } from "./layout.js";
import { omissionBlocks, omittedAlarmBlocks } from "./omitted.js";
import { fill, type Budget } from "./pages.js";
import { inFairOrder } from "./priority.js";
import type { Renderer } from "./render/renderer.js";

export interface FittedReport {
  /** What each mail shows, in the order in which they are to be read; at least one. Whoever delivers renders them. */
  readonly pages: readonly (readonly Block[])[];
  /** The report as its pages show it: lines that did not fit are counted in its ledger. */
  readonly report: Report;
  /** The samples that did not fit: their lines are to be written to the report file. */
  readonly cut: readonly Sample[];
  /** The samples that are shown cut: the same. */
  readonly shortened: readonly Sample[];
}

/** In: a report whose ledger counts all samples that are not in the report file as reported; the renderer of the mails. */
export function fitReport(report: Report, budget: Budget, renderer: Renderer): FittedReport {
  return new Fitting(report, budget, renderer).fit();
}

/** What is shown: of each group, and around them. */
interface Choice {
  readonly detail: Detail;
  readonly frame: FrameDetail;
  /** The groups that are shown; undefined: all. */
  readonly shown?: ReadonlySet<Group>;
  /** How many rules are named of alarms that are not shown. */
  readonly maxRules: number;
}

/** Rules of alarms without room: as many as can be. */
const ruleLadder = [Infinity, 1000, 300, 100, 30, 10, 0];

class Fitting {
  private readonly report: Report;
  private readonly budget: Budget;
  private readonly renderer: Renderer;
  private readonly alarms: readonly Group[];
  private readonly others: readonly Group[];
  private readonly richest: Detail;

  constructor(report: Report, budget: Budget, renderer: Renderer) {
    this.report = report;
    this.budget = budget;
    this.renderer = renderer;
    const groups = report.sections.flatMap((section) => section.groups);
    this.alarms = groups.filter(({ layer }) => layer === "never");
    this.others = groups.filter(({ layer }) => layer !== "never");
    this.richest = richestDetail(budget.maxBytes);
  }

  fit(): FittedReport {
    const { richest } = this;
    const frame = this.frame();
    const details = [richest, ...barerDetails(richest)];
    return (
      this.firstThatFits(details.map((detail) => ({ detail, frame, maxRules: 0 }))) ??
      this.alarmsFirst(frame) ??
      this.fewAlarms() ??
      this.nothingFits()
    );
  }

  /** The richest frame that leaves three quarters of the room to the lines, or all that they need, and alarms their floors. */
  private frame(): FrameDetail {
    const { richest, alarms, budget } = this;
    const totalBytes = budget.maxBytes * budget.maxMails;
    const floor = alarmDetails(richest).at(-1);
    const shown = new Set(alarms);
    for (const frame of frameDetails) {
      const choice = { detail: richest, frame, maxRules: 0 };
      if (this.bytesOf(this.frameBlocks(frame)) <= totalBytes / 4) {
        if (floor && this.at({ ...choice, detail: floor, shown })) return frame;
      } else if (this.at(choice)) return frame;
    }
    return barestFrame;
  }

  /** Not even a row for each group fits: alarms take what they need, then as many rows of others as go in. */
  private alarmsFirst(frame: FrameDetail): FittedReport | undefined {
    const { alarms, others } = this;
    const shown = new Set(alarms);
    const choices = alarmDetails(this.richest).map((detail) => ({ detail, frame, shown, maxRules: 0 }));
    const choice = choices[this.indexThatFits(choices)];
    if (choice === undefined) return undefined;
    return this.mostGroups({ ...choice, maxRules: 0 }, alarms, others);
  }

  /** Not even the floors of all alarms fit: as many kinds as go in, of each rule its share, and the rules of the rest. */
  private fewAlarms(): FittedReport | undefined {
    const detail = alarmDetails(this.richest).at(-1) ?? this.richest;
    const kinds = inFairOrder(this.alarms);
    let best: FittedReport | undefined;
    for (const maxRules of ruleLadder) {
      const fitted = this.mostGroups({ detail, frame: barestFrame, maxRules }, [], kinds);
      if (fitted === undefined) continue;
      best = fitted;
      // Rules are named as long as some of the kinds can still be shown.
      if (shownGroups(fitted) >= Math.min(kinds.length, 5)) break;
    }
    return best;
  }

  /** A budget too small even for that gets one page, as short as can be. */
  private nothingFits(): FittedReport {
    const head = headBlocks({ ...this.report, notices: [] }, barestFrame);
    const { cut, shortened, report } = accountFor(this.report, []);
    const blocks = [...head, ...ledgerBlocks(report, 0, barestFrame)];
    const { pages } = fill(blocks, this.budget, this.sizeOf);
    return { pages: pages.length > 0 ? pages : [head], report, cut, shortened };
  }

  /** With all of `always` and as many of `ranked`, from the first on, as fit; undefined where not even `always` fit. */
  private mostGroups(
    choice: Omit<Choice, "shown">,
    always: readonly Group[],
    ranked: readonly Group[],
  ): FittedReport | undefined {
    let best: FittedReport | undefined;
    let [low, high] = [0, ranked.length];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const fitted = this.at({ ...choice, shown: new Set([...always, ...ranked.slice(0, middle)]) });
      if (fitted) [best, low] = [fitted, middle + 1];
      else high = middle - 1;
    }
    return best;
  }

  /** The choices go from rich to bare. */
  private firstThatFits(choices: readonly Choice[]): FittedReport | undefined {
    const choice = choices[this.indexThatFits(choices)];
    return choice && this.at(choice);
  }

  /** Found by halves; the number of choices where none fits. */
  private indexThatFits(choices: readonly Choice[]): number {
    let [low, high] = [0, choices.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const choice = choices[middle];
      if (choice && this.at(choice)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private at({ detail, frame, shown, maxRules }: Choice): FittedReport | undefined {
    const { report, budget, alarms, others } = this;
    const isOmitted = (group: Group): boolean => shown !== undefined && !shown.has(group);
    const sections = sectionBlocks(report.sections, report.to, (group) =>
      isOmitted(group) ? undefined : samplesAt(group, detail),
    );
    const afterAlarms = sections.findIndex((block, index) => index > 0 && block.kind === "section heading");
    const split = sections[0]?.kind === "section heading" && sections[0].layer === "never" ? afterAlarms : 0;
    const cutAt = split < 0 ? sections.length : split;
    const account = accountFor(report, sections);
    const blocks = [
      ...headBlocks(report, frame),
      ...sections.slice(0, cutAt),
      ...omittedAlarmBlocks(alarms.filter(isOmitted), maxRules, frame.nameCharacters),
      ...sections.slice(cutAt),
      ...omissionBlocks(others.filter(isOmitted)),
      ...inventoryBlocks(report, frame),
      ...ledgerBlocks(account.report, account.shownCut, frame),
    ];
    const { pages, omitted } = fill(blocks, budget, this.sizeOf);
    if (omitted.size > 0) return undefined;
    const { cut, shortened } = account;
    return { pages, report: account.report, cut, shortened };
  }

  private frameBlocks(frame: FrameDetail): Block[] {
    const { report } = this;
    return [
      ...headBlocks(report, frame),
      ...inventoryBlocks(report, frame),
      ...ledgerBlocks(report, 0, frame),
    ];
  }

  private bytesOf(blocks: readonly Block[]): number {
    return blocks.reduce((sum, block) => sum + this.sizeOf(block), 0);
  }

  private readonly sizeOf = (block: Block): number => this.renderer.size(block);
}

const barestFrame = frameDetails.at(-1) ?? frameDetails[0];

function shownGroups({ pages }: FittedReport): number {
  return pages.flat().filter(({ kind }) => kind === "group").length;
}
