/**
 * Fits a report into the HTML of a mail.
 * Promise: each rule of an alarm that spoke is named, and no mail program cuts it: Gmail shows 102 kB of HTML. What is shown
 * less of than in the text beside it says so.
 */
import { richestLimits, type Limits } from "../../../outline/limits.js";
import type { Outline } from "../../../outline/outline.js";
import { countOf } from "../../wording.js";
import type { Markup } from "../markup.js";
import { richestThatFits } from "../richest.js";
import { htmlMail } from "./mail.js";

/** What is aimed at, and what is never passed. */
const aimedBytes = 80_000;
const mostBytes = 98_000;

/** From rich to bare. A row takes about 750 bytes, a kind with a line 1,200; log text twice its own. */
const ladder: readonly [Limits, ...Limits[]] = [
  limitsAt(1),
  ...[0.7, 0.5, 0.35, 0.2, 0.1].map((share) => limitsAt(share)),
];
const barestShare = 0.02;

function limitsAt(share: number): Limits {
  const of = (most: number): number => Math.ceil(most * share);
  return {
    ...richestLimits,
    alarmRows: 40,
    ruleRows: 40,
    alarmLines: of(richestLimits.alarmLines),
    alarmLineBytes: Math.max(100, of(richestLimits.alarmLineBytes)),
    alarmKinds: of(40),
    alarmBytes: of(20_000),
    lookKinds: of(richestLimits.lookKinds),
    lookBytes: of(10_000),
    lineBytes: Math.max(100, of(richestLimits.lineBytes)),
    kindBytes: of(6000),
    knownKinds: of(richestLimits.knownKinds),
    notSeenRows: of(richestLimits.notSeenRows),
    inventoryKeys: of(richestLimits.inventoryKeys),
    nameCharacters: Math.max(60, of(richestLimits.nameCharacters)),
  };
}

/**
 * In: the outline that the text part was made of, and a way to have it with other limits. Out: undefined where not even
 * the barest fits, so that the text has to do alone.
 */
export function fittedHtmlMail(
  ofText: Outline,
  outlineWith: (limits: Limits) => Outline,
): Markup | undefined {
  const mailAt = (limits: Limits): Markup => htmlMail(withRemark(outlineWith(limits), ofText));
  const fitting = richestThatFits(ladder, mailAt, aimedBytes);
  if (fitting !== undefined) return fitting;
  const barest = mailAt(limitsAt(barestShare));
  return barest.length <= mostBytes ? barest : undefined;
}

/** One mail has one ledger: what it calls reported is shown in its text. */
function withRemark(outline: Outline, ofText: Outline): Outline {
  const { ledger } = ofText;
  const less = linesShown(ofText) - linesShown(outline);
  if (less <= 0) return { ...outline, ledger };
  const remark = `${countOf(less, "more line")} stand${less === 1 ? "s" : ""} in the text part of this mail.`;
  return { ...outline, ledger, closing: [...outline.closing, remark] };
}

function linesShown({ alarms, look, known }: Outline): number {
  return [alarms, look, known]
    .flatMap(({ rows }) => rows.flatMap(({ evidence }) => evidence))
    .reduce((sum, line) => sum + (line.kind === "line" ? line.samples.length : 0), 0);
}
