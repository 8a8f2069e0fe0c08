/**
 * What a terminal shows: a report, or a single line coloured by its layer.
 * Promise: what should never happen stands out, and the only control bytes that reach the terminal are our own.
 */
import type { Layer } from "../../rules/layer.js";
import type { ByteString } from "../../std/text/byte-string.js";
import { escaped } from "../../std/text/escape.js";
import type { Block } from "./page.js";
import { setPage } from "./set-page.js";
import type { Paint } from "./wrap.js";

/** What the terminal can do. */
export interface TerminalLook {
  readonly columns: number;
  readonly hasColours: boolean;
  /** Whether it shows characters beyond ASCII: bars are made of "#" where it does not. */
  readonly isUtf8: boolean;
}

/** Of ECMA-48 (SGR), sixteen colours: the terminal's theme decides what they look like. */
const codes: Readonly<Record<Paint, string>> = {
  alarm: "1;31",
  violation: "33",
  new: "36",
  strong: "1",
  quiet: "2",
  figure: "36",
};

const layerPaints: Readonly<Record<Layer, Paint | undefined>> = {
  never: "alarm",
  violation: "violation",
  remainder: undefined,
  ignored: "quiet",
};

/** Words of ours are hard to read in longer lines. */
const mostWordColumns = 80;
/** Nothing is set in fewer. */
const leastColumns = 20;

/** A report, with a newline after each line. */
export function terminalText(blocks: readonly Block[], look: TerminalLook): string {
  const columns = Math.max(leastColumns, look.columns);
  return setPage(blocks, {
    wordColumns: Math.min(columns, mostWordColumns),
    logColumns: columns,
    heading: (words) => words.charAt(0) + words.slice(1).toLowerCase(),
    paint: (text, paint) => coloured(text, paint, look.hasColours),
    ...(!look.isUtf8 && { drawing: inAscii }),
  });
}

/** How a line, without its newline, is written to a terminal. */
export function terminalLine(line: ByteString, layer: Layer, hasColours: boolean): string {
  return coloured(escaped(line), layerPaints[layer], hasColours);
}

function coloured(text: string, paint: Paint | undefined, hasColours: boolean): string {
  return paint === undefined || !hasColours || text === "" ? text : `\x1b[${codes[paint]}m${text}\x1b[0m`;
}

const heights = "▁▂▃▄▅▆▇█";

/** Bars as "#", strips as digits from 1 to 8. */
function inAscii(picture: string): string {
  if (/^█+$/.test(picture)) return "#".repeat(picture.length);
  return picture.replace(/[▁-█]/g, (height) => String(heights.indexOf(height) + 1));
}
