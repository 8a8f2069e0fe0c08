/** Looks for the lines of kinds that a report named, for commands that make rules of them. */
import { kindLookBackMs, linesOfKind } from "../../check/lines-of-kind.js";
import type { CheckSettings } from "../../check/settings.js";
import { layers, type Layer } from "../../rules/layer.js";
import { readingOfLine } from "../../sources/forms/input-forms.js";
import { sayNotices } from "../../std/standard-error.js";
import { lineText } from "../../std/text/line-text.js";
import { openCache } from "../../store/open-cache.js";
import type { WrittenList } from "../../workshop/local/rule-changes.js";
import type { Kind } from "../../workshop/suggest/kinds.js";
import type { KnownLines } from "../../workshop/suggest/known-lines.js";

/**
 * Adds the lines that the configured logs have of the kinds. In: ids, or how they begin, and whether the kinds of ignored
 * lines are meant, too, where no other kind has the id. Out: the whole ids, and whether all was read.
 */
export async function addLinesOfKinds(
  known: KnownLines,
  ids: Iterable<string>,
  settings: CheckSettings,
  now: Date,
  looksAtIgnored = false,
): Promise<{ readonly found: ReadonlySet<string>; readonly isAllRead: boolean }> {
  const found = new Set<string>();
  let isAllRead = true;
  for (const id of ids) {
    const look = async (kept?: ReadonlySet<Layer>): Promise<boolean> => {
      const before = found.size;
      isAllRead &&= await linesOfKind(
        settings,
        { id, lookBackMs: kindLookBackMs, now, ...(kept && { layers: kept }) },
        openCache(),
        ({ bytes }) => {
          const line = lineText(bytes);
          found.add(known.add(line, readingOfLine(line)?.line).id);
        },
      );
      return found.size > before;
    };
    if (!(await look()) && looksAtIgnored) await look(new Set(layers));
  }
  if (!isAllRead)
    sayNotices([
      { where: "logs", what: "have more than is read for a kind", done: "the rest is not looked at" },
    ]);
  return { found, isAllRead };
}

/** Whether a rule of the list changes what becomes of lines of the layer. */
export function changesLayer(list: WrittenList, layer: Layer): boolean {
  if (list === "ignored") return layer === "remainder";
  return layers.indexOf(layer) > layers.indexOf(list);
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
    return withId.length > 0 ? "is raised already" : "no such lines in the logs of the last week";
  return withId.length > 0
    ? "raises an alarm, which a rule that ignores it would not hide"
    : "no such lines in the logs that no rule decides";
}
