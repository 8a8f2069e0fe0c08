/**
 * Breaks text into lines of a width.
 * Promise: a line breaks at a blank, which the break stands for; all other blanks are kept. Only a word longer than a
 * whole line is broken, and never within a character or before what stands on one.
 */
import { endOfColumns } from "../../std/text/columns.js";

/** How a piece of text looks, where a form has colours. */
export type Paint = (typeof paints)[number];
export const paints = ["alarm", "violation", "new", "strong", "quiet", "figure"] as const;

export interface Run {
  readonly text: string;
  readonly paint?: Paint;
  /** It is made of block elements, and is a picture of figures. */
  readonly isDrawn?: true;
}

export interface Shape {
  /** Columns of a line, what stands before it included. */
  readonly width: number;
  /** Before the first line, and before each further one. */
  readonly first: string;
  readonly further: string;
  /** A word that is too long for a line may have one of its own, up to so many columns. */
  readonly widest?: number;
}

/** In: the runs of one paragraph. Out: one or more lines, without newlines. */
export function wrap(runs: readonly Run[], { width, first, further, widest = width }: Shape): Run[][] {
  const text = runs.map((run) => run.text).join("");
  const lines: Run[][] = [];
  let start = 0;
  do {
    const before = lines.length === 0 ? first : further;
    const end = lineEnd(text, start, width - before.length, Math.max(width, widest) - before.length);
    lines.push([{ text: before }, ...slice(runs, start, end)]);
    // The blank that the line is broken at stands on neither side.
    start = text[end] === " " ? end + 1 : end;
  } while (start < text.length);
  return lines;
}

/** Where a line that begins at `start` ends: at the last blank that fits, or after the first word. */
function lineEnd(text: string, start: number, room: number, wideRoom: number): number {
  const fits = endOfColumns(text, start, room);
  if (fits === text.length) return fits;
  const blank = text.lastIndexOf(" ", fits);
  if (blank > start) return blank;
  const wordEnd = text.indexOf(" ", start + 1);
  const end = wordEnd < 0 ? text.length : wordEnd;
  // Room for one character there is, however narrow the page.
  return Math.min(end, endOfColumns(text, start, Math.max(2, wideRoom)));
}

/** What of the runs stands between two places of their whole text. */
function slice(runs: readonly Run[], start: number, end: number): Run[] {
  const pieces: Run[] = [];
  let offset = 0;
  for (const run of runs) {
    const text = run.text.slice(Math.max(0, start - offset), Math.max(0, end - offset));
    if (text !== "") pieces.push({ ...run, text });
    offset += run.text.length;
  }
  return pieces;
}
