/**
 * Fits a report into a number of mails of bounded size.
 * Promise: alarms take the budget first, kinds of lines keep their exact counts, and what is not shown is counted.
 */
import type { Group, Sample } from "../group/group.js";
import type { Block } from "./block.js";
import { headBlocks, ledgerText } from "./render/frame-text.js";
import { type Budget, fill, quotedPrintableBytes } from "./pages.js";
import type { LedgerRow, Report } from "./document.js";
import { sectionBlocks } from "./render/section-text.js";
import { countOf } from "./render/wording.js";

export interface FittedReport {
  /** In the order in which they are to be read; at least one. */
  readonly texts: readonly string[];
  /** The report as its texts show it: lines that did not fit are counted in its ledger. */
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

/** In: a report whose ledger counts all samples as reported. */
export function fitReport(report: Report, budget: Budget): FittedReport {
  let best = fitAt(report, richest, budget);
  if (best) return best;
  // The richest of the others that fits is found by halves.
  let [low, high] = [0, barerDetails.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const detail = barerDetails[middle];
    const fitted = detail && fitAt(report, detail, budget);
    if (fitted) [best, high] = [fitted, middle];
    else low = middle + 1;
  }
  return best ?? fitWhatGoesIn(report, budget);
}

function fitAt(report: Report, detail: Detail, budget: Budget): FittedReport | undefined {
  const blocks = blocksAt(report, detail);
  const account = accountFor(report, blocks);
  const { pages, omitted } = fill([...blocks.map(({ text }) => text), ledgerText(account.report)], budget);
  return omitted.size === 0 ? { texts: pages, ...account } : undefined;
}

/** Not even a line for each kind fits: the worst come first, and what is left out is counted. */
function fitWhatGoesIn(report: Report, budget: Budget): FittedReport {
  const blocks = blocksAt(report, barest);
  const omission = (kinds: number, lines: number): string =>
    `\n  ${countOf(kinds, "more kind")} of ${countOf(lines, "line")} did not fit into the mail.\n`;
  // Figures may grow by a few digits once it is known what is left out.
  const end = omission(1e9, 1e12) + ledgerText(report) + "9".repeat(20 * (report.ledger.length + 1));
  const maxBytes = Math.max(0, budget.maxBytes - quotedPrintableBytes(end));
  const { omitted } = fill(
    blocks.map(({ text }) => text),
    { ...budget, maxBytes },
  );
  const kept = blocks.filter((_, index) => !omitted.has(index));
  const left = blocks.filter((_, index) => omitted.has(index)).flatMap(({ opens }) => opens ?? []);
  const account = accountFor(report, kept);
  const lines = left.reduce((sum, { count }) => sum + count, 0);
  const ending = omission(left.length, lines) + ledgerText(account.report);
  const { pages } = fill([...kept.map(({ text }) => text), ending], budget);
  // A budget too small even for that gets one text, as short as can be.
  return { texts: pages.length > 0 ? pages : blocks.slice(0, 1).map(({ text }) => text), ...account };
}

function blocksAt(report: Report, detail: Detail): Block[] {
  const samplesShown = ({ layer, samples }: Group): readonly Sample[] => {
    if (layer === "ignored") return [];
    const fitting = samples.filter(({ line }) => layer === "never" || line.length <= detail.maxLineBytes);
    return fitting.slice(0, detail[layer]);
  };
  const sections = report.sections.flatMap((section) => sectionBlocks(section, report, samplesShown));
  return [...headBlocks(report), ...sections];
}

/** What the ledger says when just these blocks are shown. */
function accountFor(report: Report, blocks: readonly Block[]): Pick<FittedReport, "report" | "cut"> {
  const shown = new Set(blocks.map(({ sample }) => sample));
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
