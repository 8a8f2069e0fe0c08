/**
 * Makes a position in a log that another program has read.
 * Promise: what stands before it was read, whole lines of it; in doubt a line is read again.
 */
import { lastBoundary } from "../bytes/boundaries.js";
import { lineFraming } from "../bytes/framing.js";
import { closeContent, openContent } from "../rotation/content.js";
import { segmentAt } from "../rotation/make-segment.js";
import { positionOf, type FilePosition } from "./position.js";

/**
 * The position after the last whole line that ends at the offset or before it. Undefined when the file is shorter.
 * Follows links. Throws as openRegularFile does.
 */
export function positionAt(path: string, offsetBytes: number): FilePosition | undefined {
  const content = openContent(path, true);
  try {
    if (content.file.sizeBytes < offsetBytes) return undefined;
    const framing = lineFraming(() => undefined);
    return positionOf([segmentAt(content, lastBoundary(content.file, offsetBytes, framing))]);
  } finally {
    closeContent(content);
  }
}
