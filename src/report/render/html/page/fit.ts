/**
 * Fits a report into a report file.
 * Promise: every kind has its row; a file that a browser could not show is never made.
 */
import { richestLimits, type Limits } from "../../../outline/limits.js";
import type { Outline } from "../../../outline/outline.js";
import type { Markup } from "../markup.js";
import { richestThatFits } from "../richest.js";
import { htmlPage, type PageExtras } from "./page.js";

const mostBytes = 5_000_000;

/** What a whole report shows of each kind, from rich to bare. */
interface OfKind {
  readonly lines: number;
  /** Of each of them. */
  readonly lineBytes: number;
}

const ofKindLadder: readonly [OfKind, ...OfKind[]] = [
  { lines: 100, lineBytes: 8192 },
  { lines: 30, lineBytes: 4096 },
  { lines: 10, lineBytes: 2000 },
  { lines: 3, lineBytes: 600 },
  { lines: 1, lineBytes: 200 },
  { lines: 1, lineBytes: 40 },
];

/** All kinds, and all that is told of the run. */
function limitsOf({ lines, lineBytes }: OfKind): Limits {
  const all = Number.MAX_SAFE_INTEGER;
  return {
    ...richestLimits,
    alarmRows: all,
    ruleRows: all,
    alarmLines: lines,
    alarmLineBytes: lineBytes,
    alarmKinds: all,
    alarmBytes: all,
    lookKinds: all,
    lookBytes: all,
    violationLines: lines,
    newLines: lines,
    lineBytes,
    kindBytes: lines * Math.min(lineBytes, 2000),
    knownKinds: all,
    knownLines: lines,
    notSeenRows: 1000,
    programRows: 200,
    ledgerRows: 1000,
    ignoredRows: 1000,
    inventoryKeys: 5000,
    nameCharacters: 400,
  };
}

/** All that is kept of each kind. */
export const wholeLimits: Limits = limitsOf(ofKindLadder[0]);

/** In: a way to have the outline with limits. Out: undefined where even the barest would be too large. */
export function fittedHtmlPage(
  outlineWith: (limits: Limits) => Outline,
  extras: PageExtras = {},
): Markup | undefined {
  return richestThatFits(
    ofKindLadder,
    (ofKind) => htmlPage(outlineWith(limitsOf(ofKind)), extras),
    mostBytes,
  );
}
