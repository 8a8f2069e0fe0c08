/**
 * Colours a line for a terminal by its layer.
 * Promise: what should never happen stands out, and the only control bytes that reach the terminal are our own.
 */
import { styleText } from "node:util";
import type { Layer } from "../../rules/layer.js";
import type { ByteString } from "../../std/text/byte-string.js";
import { escaped } from "../../std/text/escape.js";

/** How a line (without its newline) is written to a stream; colours only where the stream shows them, or always. */
export function terminalLine(line: ByteString, layer: Layer, stream: NodeJS.WriteStream | "always"): string {
  const text = escaped(line);
  const options = stream === "always" ? { validateStream: false } : { stream };
  switch (layer) {
    case "never":
      // Node 20 does not ask the stream when it is given a list of styles.
      return styleText("bold", styleText("red", text, options), options);
    case "violation":
      return styleText("yellow", text, options);
    case "ignored":
      return styleText("dim", text, options);
    case "remainder":
      return text;
  }
}
