/**
 * What had far more lines than usual, as an outline tells of it.
 * Promise: first what stands out most; what finds no room is counted.
 */
import type { VolumeMark } from "../../../memory/volume/volume.js";
import type { Text } from "../../../std/text/byte-string.js";
import { formatCount } from "../../render/wording.js";
import type { Limits } from "../limits.js";
import { shortestNames } from "./ledger.js";
import type { Listed, VolumeRow } from "../outline.js";
import type { Phrase, Quoted } from "../parts.js";
import { quotedBytes, quotedName } from "../kind/quoted.js";
import { timeWords } from "../kind/wording.js";

const maxWordingBytes = 64;

export interface VolumeContext {
  readonly to: Date;
  /** The names of all sources. */
  readonly sources: readonly Text[];
}

/** In: marks, those that stand out most first. */
export function volumeOf(
  marks: readonly VolumeMark[],
  { to, sources }: VolumeContext,
  { volumeRows, nameCharacters }: Pick<Limits, "volumeRows" | "nameCharacters">,
): Listed<VolumeRow> {
  const names = shortestNames([
    ...sources,
    ...marks.flatMap(({ of, name }) => (of === "source" ? name : [])),
  ]);
  const what = (mark: VolumeMark): Quoted =>
    mark.of === "source"
      ? quotedName(names.get(mark.name) ?? mark.name, nameCharacters)
      : quotedBytes(mark.name, maxWordingBytes);
  const rest = marks.length - volumeRows;
  return {
    rows: marks.slice(0, volumeRows).map((mark) => ({
      what: what(mark),
      change: mark.most === 0 ? "new" : `x${formatCount(Math.round(mark.lines / mark.most))}`,
      lines: mark.lines,
      most: mark.most,
      at: timeWords(mark.atMs, to),
    })),
    ...(rest > 0 && { more: `and ${formatCount(rest)} more` }),
  };
}

/** "Far more lines than in any hour before: auth.log x38, and 1 more." Undefined: nothing had. */
export function volumeNote({ rows, more }: Listed<VolumeRow>): Phrase | undefined {
  const [first, ...others] = rows;
  if (first === undefined) return undefined;
  const rest =
    more === undefined ? (others.length > 0 ? `, and ${formatCount(others.length)} more` : "") : ", and more";
  return ["Far more lines than in any hour before: ", first.what, ` ${first.change}${rest}.`];
}
