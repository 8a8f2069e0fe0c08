/** The story of a report with several alarms: what happened when, over all sources. */
import { formatCount } from "../../render/wording.js";
import type { Happening, Listed } from "../outline.js";
import type { OutlineKind } from "../parts.js";
import { titleOf } from "./subject.js";
import { timeWords } from "../kind/wording.js";

const maxRows = 40;

/** In: kinds, the worst first. Out: those with a title, and all alarms, by their first lines; none for one alarm alone. */
export function timelineOf(kinds: readonly OutlineKind[], to: Date): Listed<Happening> {
  if (kinds.filter(({ layer }) => layer === "never").length < 2) return { rows: [] };
  const told = kinds.filter(
    ({ layer, title, novelty, firstMs }) =>
      firstMs !== undefined && (layer === "never" || (title !== undefined && novelty !== "known")),
  );
  const shown = told.slice(0, maxRows).toSorted((one, other) => (one.firstMs ?? 0) - (other.firstMs ?? 0));
  const rest = told.length - shown.length;
  return {
    rows: shown.map((kind) => ({
      time: timeWords(kind.firstMs ?? 0, to),
      id: kind.id,
      what: `${titleOf(kind)}${kind.count > 1 ? ` x${formatCount(kind.count)}` : ""}`,
    })),
    ...(rest > 0 && { more: `and ${formatCount(rest)} more` }),
  };
}
