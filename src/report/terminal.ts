/**
 * Colours a line for a terminal by its layer.
 * Promise: what should never happen stands out, and the only control bytes that reach the terminal are our own.
 */
import { styleText } from "node:util";
import type { Layer } from "../classify/layer.js";
import { escaped } from "../std/escape.js";

/** How a line (latin1, without its newline) is written to a stream; colours only where the stream shows them. */
export function terminalLine(line: string, layer: Layer, stream: NodeJS.WriteStream): string {
  const text = escaped(line);
  switch (layer) {
    case "never":
      // Node 20 does not ask the stream when it is given a list of styles.
      return styleText("bold", styleText("red", text, { stream }), { stream });
    case "violation":
      return styleText("yellow", text, { stream });
    case "ignored":
      return styleText("dim", text, { stream });
    case "remainder":
      return text;
  }
}
