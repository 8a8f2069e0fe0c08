/**
 * Mends what is mechanical in a rule file's bytes.
 * Promise: lines without such a finding stay byte for byte as they were.
 */
import type { ByteString } from "../std/text/byte-string.js";
import type { Finding, Fix } from "./finding.js";

export interface FixedContent {
  readonly content: ByteString;
  /** What was mended, in the order of the lines. */
  readonly mended: readonly Finding[];
}

/** In: the content that the findings are about. What lies within another fix is left for the next time. */
export function fixContent(content: ByteString, findings: readonly Finding[]): FixedContent {
  const mended: Finding[] = [];
  const lines = content.split("\n").map((line, index) => {
    const ofLine = findings
      .filter((finding) => finding.line === index + 1 && finding.fix !== undefined)
      .sort((one, other) => (one.fix?.start ?? 0) - (other.fix?.start ?? 0));
    let [text, at] = ["", 0];
    for (const finding of ofLine) {
      const { start, end, replacement }: Fix = finding.fix!;
      if (start < at) continue;
      text += line.slice(at, start) + replacement;
      at = end;
      mended.push(finding);
    }
    return text + line.slice(at);
  });
  return { content: lines.join("\n"), mended };
}
