/**
 * Writes down what a replay found, for people and for programs.
 * Promise: on one screen for people, alarms first, and what is left out is counted; no byte of a log can do anything to a
 * terminal.
 */
import { countOf, formatCount, formatDay } from "../../report/render/wording.js";
import { escaped, escapedText, jsonText } from "../../std/text/escape.js";
import { placeOf, places, sizeOf, type ChangedKind, type LayerCounts, type Place } from "./changed-kinds.js";
import type { Replay } from "./replay.js";

/** Kinds of two rows each: with four rows before them and six headings they fill a screen of 24. */
const mostShown = 6;

const layerNames = { never: "alarm", violation: "violation", remainder: "reported" } as const;

/** In: how wide the screen is. */
export function replayText(replay: Replay, columns: number): string {
  const text = headText(replay);
  let left = mostShown;
  const sections = places
    .map((place) => ({ place, kinds: replay.changes.filter((kind) => placeOf(kind) === place) }))
    .filter(({ kinds }) => kinds.length > 0);
  for (const [index, { place, kinds }] of sections.entries()) {
    const shown = kinds.slice(0, Math.max(1, left - (sections.length - index - 1)));
    left -= shown.length;
    const some = kinds.length > shown.length ? ` (${shown.length} shown; --json has all)` : "";
    text.push(
      `${place}: ${countOf(lineCount(kinds), "line")} of ${countOf(kinds.length, "kind")}${some}`,
      ...shown.flatMap((kind) => kindText(kind, place)),
    );
  }
  if (sections.length === 0) text.push("no line would be told otherwise");
  return text.map((line) => `${cut(line, columns)}\n`).join("");
}

function headText({ lines, history, before, after }: Replay): string[] {
  const { logsFromMs, archivedLines } = history;
  const since = Number.isFinite(logsFromMs) ? `logs since ${formatDay(new Date(logsFromMs))}` : "no log";
  const text = [`${countOf(lines, "line")}: ${since}, ${formatCount(archivedLines)} from the archive`];
  if (archivedLines > 0)
    text.push("(the archive has what was reported alone: there, nothing more can be shown)");
  const row = (name: string, counts: LayerCounts): string =>
    `${name.padEnd(7)}${formatCount(counts.never).padStart(9)} alarms ${formatCount(counts.violation).padStart(9)} violations ${formatCount(counts.remainder).padStart(9)} others`;
  return [...text, row("before", before), row("after", after)];
}

function lineCount(kinds: readonly ChangedKind[]): number {
  return kinds.reduce((sum, kind) => sum + sizeOf(kind), 0);
}

function kindText(kind: ChangedKind, place: Place): string[] {
  const { shape, title, samples } = kind;
  const name = title === undefined ? escaped(shape) : `${title}: ${escaped(shape)}`;
  const [sample] = samples;
  const counted = formatCount(sizeOf(kind)).padStart(8);
  return [
    `${counted}  ${fateOf(kind, place).padEnd(14)}${name}`,
    ...(sample === undefined ? [] : [`${" ".repeat(24)}${escaped(sample)}`]),
  ];
}

/** What lines of a kind would be, or were. */
function fateOf({ before, after }: ChangedKind, place: Place): string {
  const isLess = place === "hidden" || place.endsWith(" lost");
  const others = (Object.keys(layerNames) as (keyof LayerCounts)[])
    .filter((layer) => (isLess ? after[layer] > before[layer] : after[layer] < before[layer]))
    .map((layer) => layerNames[layer]);
  if (!isLess) return `was ${others.join(", ") || "hidden"}`;
  if (others.length > 0) return `now ${others.join(", ")}`;
  const left = after.never + after.violation + after.remainder;
  return left > 0 ? `of ${formatCount(before.never + before.violation + before.remainder)}` : "all";
}

function cut(line: string, columns: number): string {
  return line.length <= columns ? line : `${line.slice(0, Math.max(0, columns - 4))} ...`;
}

/** One object a line: each kind, then what was read. */
export function replayJson({ changes, lines, before, after, history }: Replay): string {
  const { isAllRead, archivedLines, leftOut, logsFromMs } = history;
  const records = changes.map((kind) => ({
    change: placeOf(kind),
    lines: sizeOf(kind),
    kinds: kind.ids,
    shape: escaped(kind.shape),
    title: kind.title,
    before: kind.before,
    after: kind.after,
    ruleBefore: kind.ruleBefore && escapedText(kind.ruleBefore),
    ruleAfter: kind.ruleAfter && escapedText(kind.ruleAfter),
    samples: kind.samples.map(escaped),
  }));
  const logsFrom = Number.isFinite(logsFromMs) ? new Date(logsFromMs).toISOString() : undefined;
  const summary = { read: lines, archived: archivedLines, leftOut, logsFrom, isAllRead, before, after };
  return [...records, summary].map((record) => `${jsonText(record)}\n`).join("");
}
