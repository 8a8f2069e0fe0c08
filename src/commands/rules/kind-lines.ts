/** Looks for the lines of kinds that a report named, for commands that make rules of them. */
import type { HistoryOptions } from "../../check/history/kept-history.js";
import { linesOfKinds } from "../../check/history/lines-of-kind.js";
import type { CheckSettings } from "../../check/settings.js";
import { layers } from "../../rules/layer.js";
import { reportedLayers } from "../../rules/classify/rule-classifier.js";
import { sayNotices } from "../../std/standard-error.js";
import { lineText } from "../../std/text/line-text.js";
import { openCache } from "../../store/caches/open-cache.js";
import type { WrittenList } from "../../workshop/local/rule-changes.js";
import { changesLayer } from "../../workshop/outcome.js";
import type { Kind } from "../../workshop/suggest/kinds.js";
import type { KnownLines } from "../../workshop/suggest/known-lines.js";
import { sayHistory } from "./history.js";

/**
 * Adds the lines that the kept history has of a kind. In: its id, or how it begins; the kinds of ignored lines are meant, too,
 * where no other kind has it. Out: the whole ids.
 */
export async function addLinesOfKind(
  known: KnownLines,
  id: string,
  settings: CheckSettings,
  history: HistoryOptions,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const kept of [reportedLayers, new Set(layers)]) {
    const read = await linesOfKinds(
      settings,
      { ids: [id], layers: kept },
      history,
      openCache(),
      ({ bytes, readAs }) => {
        found.add(known.add(lineText(bytes), readAs && lineText(readAs)).id);
      },
    );
    if (found.size > 0 || kept !== reportedLayers) sayHistory(read, "the rest is not looked at");
    if (found.size > 0) break;
  }
  return found;
}

/** The kinds that ids mean. An id that means none or several, or such as the rule changes nothing of, is named, and means none. */
export function kindsNamed(ids: Iterable<string>, list: WrittenList, known: KnownLines): readonly Kind[] {
  const { kinds, alarmKinds, ignoredKinds } = known;
  const all = [...kinds, ...alarmKinds, ...(list === "ignored" ? [] : ignoredKinds)];
  const found = new Set<Kind>();
  for (const id of ids) {
    const withId = all.filter((kind) => kind.id.startsWith(id));
    const fit = withId.filter(({ layer }) => changesLayer(list, layer));
    const [kind, ...others] = fit;
    if (kind !== undefined && others.length === 0) found.add(kind);
    else sayNotices([{ where: `kind ${id}`, what: whyNone(fit, withId, list), done: "no rule made" }]);
  }
  return [...found];
}

const shownIds = 5;

function whyNone(fit: readonly Kind[], withId: readonly Kind[], list: WrittenList): string {
  if (fit.length > 1) {
    const ids = fit.slice(0, shownIds).map(({ id }) => id);
    return `begins ${fit.length} ids: ${ids.join(", ")}${fit.length > shownIds ? ", ..." : ""}`;
  }
  if (list !== "ignored")
    return withId.length > 0 ? "is raised already" : "no such lines in the history of the last week";
  return withId.length > 0
    ? "raises an alarm, which a rule that ignores it would not hide"
    : "no such lines in the logs that no rule decides";
}
