/** A line that conditions are asked about. Promise: plain data; its bytes are valid for that long only. */
import type { Text } from "../std/text/byte-string.js";

export interface AskedLine {
  readonly source: Text;
  /** With or without its newline. */
  readonly bytes: Uint8Array;
  /** What the rules read in its place, if they did. */
  readonly readAs: Uint8Array | undefined;
  readonly trueLengthBytes: number;
}
