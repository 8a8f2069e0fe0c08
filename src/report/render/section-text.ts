/**
 * Puts the groups of a report into words.
 * Promise: each kind of line with its exact count, and no raw control byte of any line.
 */
import type { Group, Sample } from "../../group/group.js";
import { escaped, escapeLine } from "../../std/escape.js";
import type { Block } from "../block.js";
import { tallyText } from "./tally-text.js";
import { linesIn, type Report, type Section } from "../document.js";
import { countOf, formatCount, formatSpan, headingOf, printable } from "./wording.js";

/** How many lines are shown of each group. */
export type SamplesShown = (group: Group) => readonly Sample[];

const headings: Readonly<Record<Section["layer"], string>> = {
  never: "SHOULD NEVER HAPPEN",
  violation: "VIOLATIONS",
  remainder: "EVERYTHING ELSE",
  ignored: "ROUTINE",
};

/** A section's heading, then its groups, each with the lines that are shown of it. */
export function sectionBlocks(section: Section, report: Report, samplesShown: SamplesShown): Block[] {
  const { layer, groups } = section;
  const lines = countOf(linesIn(report, layer), "line");
  const kinds = groups.length > 1 ? ` of ${formatCount(groups.length)} kinds` : "";
  const heading = headingOf(`${headings[layer]}: ${lines}${kinds}`, layer === "never" ? "=" : "-");
  let wasBare = true;
  const blocks = groups.flatMap((group) => {
    const shown = samplesShown(group);
    const isAlone = group.count === 1 && group.rule === undefined;
    const isBare = shown.length > 0 && (isUngrouped(group) || isAlone);
    const gap = isBare && wasBare ? "" : "\n";
    wasBare = isBare;
    return groupBlocks(group, shown, { gap, isBare, today: report.to });
  });
  return [{ text: heading }, ...blocks];
}

/** Without grouping, a section is one group of lines that have nothing in common. */
function isUngrouped({ shape, rule }: Group): boolean {
  return shape === "" && rule === undefined;
}

interface GroupLayout {
  readonly gap: string;
  /** Lines that stand for themselves need no words around them. */
  readonly isBare: boolean;
  readonly today: Date;
}

/** The head and the first line make one block, then each further line its own. */
function groupBlocks(group: Group, shown: readonly Sample[], layout: GroupLayout): Block[] {
  const { gap, isBare } = layout;
  const head = isBare ? "" : `  ${groupHead(group, shown.length, layout)}\n`;
  const indent = isBare ? "  " : "    ";
  const [first, ...further] = shown.map((sample) => ({
    text: `${indent}${sampleText(sample)}\n`,
    sample,
  }));
  if (first === undefined) return [{ text: gap + head, opens: group }];
  const rest = group.count - shown.length;
  const more = `${indent}... and ${formatCount(rest)} more${isUngrouped(group) ? "" : " like these"}\n`;
  const tallies = (group.tallies ?? []).map((tally) => `${indent}${tallyText(tally)}\n`);
  return [
    { ...first, text: gap + head + first.text, opens: group },
    ...further,
    ...(rest > 0 ? [{ text: [more, ...tallies].join("") }] : []),
  ];
}

/** "9 lines, 00:01:02 to 00:58:11, by never.d/kernel:3"; the shape where no line is shown. */
function groupHead(group: Group, shownCount: number, { today }: GroupLayout): string {
  const { count, firstMs, lastMs, rule, shape } = group;
  const parts = [countOf(count, "line")];
  if (firstMs !== undefined && lastMs !== undefined && count > 1)
    parts.push(formatSpan(firstMs, lastMs, today));
  if (rule !== undefined) parts.push(`by ${printable(rule)}`);
  if (shownCount === 0) parts.push(shape === "" ? "not shown" : `not shown: ${escaped(shape)}`);
  return parts.join(", ");
}

/** A report is laid out again and again until it fits, and escaping is the dear part of it. */
const sampleTexts = new WeakMap<Sample, string>();

function sampleText(sample: Sample): string {
  const known = sampleTexts.get(sample);
  if (known !== undefined) return known;
  const { line, trueLengthBytes } = sample;
  const { text, isSuspicious } = escapeLine(line);
  const hidden = isSuspicious ? " [hidden characters]" : "";
  const cut = trueLengthBytes > line.length ? ` [cut, ${formatCount(trueLengthBytes)} bytes long]` : "";
  const whole = text + hidden + cut;
  sampleTexts.set(sample, whole);
  return whole;
}
