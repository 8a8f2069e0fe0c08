/**
 * Tells which rules' headers, as they are written, a line has.
 * Promise: a rule without a header has that of every line; one whose header cannot be read alone has that of none.
 */
import { compilePatternSet, type Locale } from "../../ere/index.js";
import { bytesOf } from "../rule-set.js";

/** In: by rule, its header as it is written, up to the blank after the host. Out: for a line, whether it has a rule's. */
export function headersOfLines(
  headers: readonly (string | undefined)[],
  locale: Locale,
): (line: Uint8Array) => (rule: number) => boolean {
  const texts = [...new Set(headers)].filter((header) => header !== undefined);
  const places = new Map(texts.map((text, place) => [text, place]));
  const { set } = compilePatternSet(bytesOf(texts), { locale, trimsTrailingSpace: false });
  const scanner = set.scanner({ isSelected: () => false });
  return (line) => {
    const matching = new Set(scanner.matches(scanner.matchLine(line)));
    return (rule) => {
      const header = headers[rule];
      return header === undefined || matching.has(places.get(header) ?? -1);
    };
  };
}
