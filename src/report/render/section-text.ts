/**
 * Puts the groups of a report into words.
 * Promise: each kind of line with its exact count, and no raw control byte of any line.
 */
import type { Layer } from "../../rules/layer.js";
import { isUngrouped, type Group, type Sample } from "../../group/group.js";
import { beginningOf } from "../../group/sample.js";
import { escaped, escapeLine } from "../../std/text/escape.js";
import type { BlockOf, EarlierBlock, GroupBlock, MoreBlock } from "../block.js";
import { tallyText } from "./tally-text.js";
import { conditionText, countOf, formatCount, formatSpan, headingOf, printableName } from "./wording.js";

const headings: Readonly<Record<Layer, string>> = {
  never: "SHOULD NEVER HAPPEN",
  violation: "VIOLATIONS",
  remainder: "EVERYTHING ELSE",
  ignored: "ROUTINE",
};

export function sectionHeading({ layer, lines, groupCount }: BlockOf<"section heading">): string {
  const kinds = groupCount > 1 ? ` of ${formatCount(groupCount)} kinds` : "";
  return headingOf(`${headings[layer]}: ${countOf(lines, "line")}${kinds}`, layer === "never" ? "=" : "-");
}

/** What is said about a group, and its first line. */
export function groupText(block: GroupBlock): string {
  const { sample, isBare, isSetApart } = block;
  const head = isBare ? "" : `  ${groupHead(block)}\n`;
  return (isSetApart ? "\n" : "") + head + (sample ? furtherSampleText({ sample, isBare }) : "");
}

export function furtherSampleText({ sample, isBare }: Omit<BlockOf<"sample">, "kind">): string {
  const indent = indentOf(isBare) + (sample.folded === undefined ? "" : "  ");
  return `${indent}${sampleText(sample)}\n`;
}

/** A line that came before its rule's minimum was reached; before the first, how many there are. */
export function earlierText({ sample, count }: EarlierBlock): string {
  const heading =
    count === undefined
      ? ""
      : `    before, when its rule's minimum was not reached: ${countOf(count, "line")}\n`;
  return `${heading}      ${sampleText(sample)}\n`;
}

export function moreText({ group, count, folded, isBare }: MoreBlock): string {
  const indent = indentOf(isBare);
  const tallies = (group.tallies ?? []).map((tally) => `${indent}${tallyText(tally)}\n`);
  const like = isUngrouped(group) ? "" : " like these";
  const more = count > 0 ? `${indent}... and ${formatCount(count)} more${like}\n` : "";
  const parts =
    folded > 0 ? `${indent}... and ${countOf(folded, "more line")} of ${eventsText(group)}\n` : "";
  return [more, parts, ...tallies].join("");
}

function indentOf(isBare: boolean): string {
  return isBare ? "  " : "    ";
}

/** "9 lines, 00:01:02 to 00:58:11, by never.d/kernel:3"; the shape where no line is shown. */
function groupHead({ group, sample, today }: GroupBlock): string {
  const { count, folded = 0, firstMs, lastMs, rule, shape, because } = group;
  const lines = countOf(count + folded, "line");
  const parts = [folded > 0 ? `${countOf(count, "event")} of ${lines}` : lines];
  if (firstMs !== undefined && lastMs !== undefined && count > 1)
    parts.push(formatSpan(firstMs, lastMs, today));
  if (rule !== undefined) parts.push(`by ${printableName(rule, ruleCharacters)}`);
  if (because === "first seen") return `${parts.join(", ")}, first seen: ${shapeText(shape)}`;
  if (because !== undefined) parts.push(conditionText(because));
  if (sample === undefined) parts.push(shape === "" ? "not shown" : `not shown: ${shapeText(shape)}`);
  return parts.join(", ");
}

function eventsText({ count }: Group): string {
  return count === 1 ? "the event" : "these events";
}

const ruleCharacters = 160;
const shapeBytes = 200;

function shapeText(shape: string): string {
  const beginning = beginningOf(shape, shapeBytes);
  return escaped(beginning) + (beginning.length < shape.length ? " [...]" : "");
}

/** A report is laid out several times until it fits, and escaping is the expensive part of it. */
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
