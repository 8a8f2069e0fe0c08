/**
 * Sets a page in columns.
 * Promise: words of ours break at one width, text of logs at another, no line but a command is wider than that, and a line of
 * a log begins where its block says, so that it cannot pass for a heading.
 */
import type { Block } from "./page.js";
import { setTable } from "./table.js";
import { wrap, type Paint, type Run } from "./wrap.js";

/** How a form of columns looks. */
export interface Style {
  /** Columns for words of ours, and for text of logs and tables. */
  readonly wordColumns: number;
  readonly logColumns: number;
  /** A heading's words as they are shown, of capitals such as "IN ORDER". */
  readonly heading: (words: string) => string;
  readonly paint: (text: string, paint: Paint) => string;
  /** What stands for a picture that is made of block elements. Left out: itself. */
  readonly drawing?: (picture: string) => string;
}

/** Unicode, with a newline after each line. */
export function setPage(blocks: readonly Block[], style: Style): string {
  const lines: string[] = [];
  for (const block of blocks) {
    if (block.kind !== "gap") {
      for (const line of linesOf(block, style)) lines.push(painted(line, style));
      continue;
    }
    if (lines.length > 0 && lines.at(-1) !== "") lines.push("");
  }
  return lines.map((line) => `${line}\n`).join("");
}

function linesOf(block: Exclude<Block, { kind: "gap" }>, style: Style): readonly (readonly Run[])[] {
  const { wordColumns, logColumns } = style;
  switch (block.kind) {
    case "heading": {
      const { words, detail } = block;
      const start: Run = { text: style.heading(words), paint: "strong" };
      const runs = detail === "" ? [start] : [start, { text: `  ${detail}`, paint: "quiet" } as const];
      return wrap(runs, { width: wordColumns, first: "", further: "", widest: logColumns });
    }
    case "text": {
      const { runs, first, further, room } = block;
      const width = { words: wordColumns, log: logColumns, whole: Infinity }[room];
      return wrap(runs, { width, first, further, widest: logColumns });
    }
    case "table":
      return setTable(block, logColumns);
  }
}

function painted(runs: readonly Run[], style: Style): string {
  return runs
    .map(({ text, paint, isDrawn }) => {
      const shown = isDrawn && style.drawing ? style.drawing(text) : text;
      return paint === undefined ? shown : style.paint(shown, paint);
    })
    .join("")
    .trimEnd();
}
