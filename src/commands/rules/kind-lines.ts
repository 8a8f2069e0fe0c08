/** Looks for the lines of kinds that a report named, for commands that make rules of them. */
import { kindLookBackMs, linesOfKind } from "../../check/lines-of-kind.js";
import type { CheckSettings } from "../../check/settings.js";
import { readingOfLine } from "../../sources/forms/input-forms.js";
import { sayNotices } from "../../std/standard-error.js";
import { lineText } from "../../std/text/line-text.js";
import { openCache } from "../../store/open-cache.js";
import type { Kind } from "../../workshop/suggest/kinds.js";
import type { KnownLines } from "../../workshop/suggest/known-lines.js";

/** Adds the lines that the configured logs have of the kinds. In: ids, or how they begin. Out: whether all was read. */
export async function addLinesOfKinds(
  known: KnownLines,
  ids: Iterable<string>,
  settings: CheckSettings,
  now: Date,
): Promise<boolean> {
  let isAllRead = true;
  for (const id of ids)
    isAllRead &&= await linesOfKind(
      settings,
      { id, lookBackMs: kindLookBackMs, now },
      openCache(),
      ({ bytes }) => {
        const line = lineText(bytes);
        known.add(line, readingOfLine(line)?.line);
      },
    );
  if (!isAllRead)
    sayNotices([
      { where: "logs", what: "have more than is read for a kind", done: "the rest is not looked at" },
    ]);
  return isAllRead;
}

/** The kinds that ids mean. An id that means none or several, or alarms, is named, and means none. */
export function kindsNamed(ids: Iterable<string>, { kinds, alarmKinds }: KnownLines): readonly Kind[] {
  const found = new Set<Kind>();
  for (const id of ids) {
    const fit = kinds.filter((kind) => kind.id.startsWith(id));
    const [kind, ...others] = fit;
    if (kind !== undefined && others.length === 0) found.add(kind);
    else {
      const isAlarm = alarmKinds.some((alarm) => alarm.id.startsWith(id));
      const what =
        fit.length > 1
          ? `begins ${fit.length} ids: ${fit
              .slice(0, 5)
              .map((one) => one.id)
              .join(", ")}`
          : isAlarm
            ? "raises an alarm, which a rule that ignores it would not hide"
            : "no such lines in the logs that no rule decides";
      sayNotices([{ where: `kind ${id}`, what, done: "no rule made" }]);
    }
  }
  return [...found];
}
