/**
 * Fits a report into a number of mails of bounded size.
 * Promise: alarms take the budget first, groups keep their exact counts, and what is not shown is counted.
 */
import type { Group, Sample } from "../group/group.js";
import { sampleOf, type Block } from "./block.js";
import type { LedgerRow, Report } from "./document.js";
import { ledgerBlocks, reportBlocks } from "./layout.js";
import { fill, type Budget } from "./pages.js";
import type { Renderer } from "./render/renderer.js";

export interface FittedReport {
  /** What each mail shows, in the order in which they are to be read; at least one. Whoever delivers renders them. */
  readonly pages: readonly (readonly Block[])[];
  /** The report as its pages show it: lines that did not fit are counted in its ledger. */
  readonly report: Report;
  /** The samples that did not fit: their lines are to be written to the report file. */
  readonly cut: readonly Sample[];
}

/** How many lines of each group are shown at most, by layer. */
interface Detail {
  readonly never: number;
  readonly violation: number;
  readonly remainder: number;
  /** Longer lines are not shown, but for alarms. */
  readonly maxLineBytes: number;
}

const ladder = [Infinity, 3000, 1000, 300, 100, 30, 10, 5, 3, 2, 1];
const maxLineBytes = 1000;

const richest: Detail = {
  never: Infinity,
  violation: Infinity,
  remainder: Infinity,
  maxLineBytes: Infinity,
};

/** From rich to bare: each shows no more than the one before. Noise gives way first, alarms last. */
const barerDetails: readonly Detail[] = [
  ...ladder.map((remainder) => ({ ...richest, remainder })),
  ...ladder.map((violation) => ({ never: Infinity, violation, remainder: 1, maxLineBytes })),
  { never: Infinity, violation: 1, remainder: 0, maxLineBytes },
  ...ladder.map((never) => ({ never, violation: 0, remainder: 0, maxLineBytes })),
];
const barest: Detail = { never: 1, violation: 0, remainder: 0, maxLineBytes };

/** In: a report whose ledger counts all samples as reported, and the renderer of the mails. */
export function fitReport(report: Report, budget: Budget, renderer: Renderer): FittedReport {
  const sizeOf = (block: Block): number => renderer.size(block);
  let best = fitAt(report, richest, budget, sizeOf);
  if (best) return best;
  // The richest of the others that fits is found by halves.
  let [low, high] = [0, barerDetails.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const detail = barerDetails[middle];
    const fitted = detail && fitAt(report, detail, budget, sizeOf);
    if (fitted) [best, high] = [fitted, middle];
    else low = middle + 1;
  }
  return best ?? fitWhatGoesIn(report, budget, sizeOf);
}

type SizeOf = Renderer["size"];

function fitAt(report: Report, detail: Detail, budget: Budget, sizeOf: SizeOf): FittedReport | undefined {
  const blocks = blocksAt(report, detail);
  const account = accountFor(report, blocks);
  const { pages, omitted } = fill([...blocks, ...ledgerBlocks(account.report)], budget, sizeOf);
  return omitted.size === 0 ? { pages, ...account } : undefined;
}

/** Not even a line for each group fits: the worst come first, and what is left out is counted. */
function fitWhatGoesIn(report: Report, budget: Budget, sizeOf: SizeOf): FittedReport {
  const blocks = blocksAt(report, barest);
  const groups = report.sections.flatMap((section) => section.groups);
  // What is left out is not known yet. No ending is larger than that of a report that leaves out everything.
  const largestEnding = endingOf(allCounted(report), groups);
  const endingBytes = largestEnding.reduce((sum, block) => sum + sizeOf(block), 0);
  const maxBytes = Math.max(0, budget.maxBytes - endingBytes);
  const { omitted } = fill(blocks, { ...budget, maxBytes }, sizeOf);
  const kept = blocks.filter((block) => !omitted.has(block));
  const left = blocks.flatMap((block) => (block.kind === "group" && omitted.has(block) ? [block.group] : []));
  const account = accountFor(report, kept);
  const { pages } = fill([...kept, ...endingOf(account.report, left)], budget, sizeOf);
  // A budget too small even for that gets one page, as short as can be.
  return { pages: pages.length > 0 ? pages : [blocks.slice(0, 1)], ...account };
}

function endingOf(report: Report, left: readonly Group[]): Block[] {
  const lines = left.reduce((sum, { count }) => sum + count, 0);
  return [{ kind: "omission", groupCount: left.length, lines }, ...ledgerBlocks(report)];
}

/** The report with each figure of its ledger as large as cutting can make it. */
function allCounted(report: Report): Report {
  const ledger = report.ledger.map((row) => ({ ...row, counted: row.reported + row.counted }));
  return { ...report, ledger };
}

function blocksAt(report: Report, detail: Detail): Block[] {
  return reportBlocks(report, ({ layer, samples }) => {
    if (layer === "ignored") return [];
    const fitting = samples.filter(({ line }) => layer === "never" || line.length <= detail.maxLineBytes);
    return fitting.slice(0, detail[layer]);
  });
}

/** What the ledger says when just these blocks are shown. */
function accountFor(report: Report, blocks: readonly Block[]): Pick<FittedReport, "report" | "cut"> {
  const shown = new Set(blocks.map(sampleOf));
  const cut = report.sections
    .flatMap(({ groups }) => groups.flatMap(({ samples }) => samples))
    .filter((sample) => !shown.has(sample));
  const cutOf = new Map<string, number>();
  for (const { source } of cut) cutOf.set(source, (cutOf.get(source) ?? 0) + 1);
  const ledger = report.ledger.map((row): LedgerRow => {
    const lines = cutOf.get(row.source) ?? 0;
    return { ...row, reported: row.reported - lines, counted: row.counted + lines };
  });
  return { cut, report: { ...report, ledger } };
}
