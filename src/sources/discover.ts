/**
 * Finds the sources that the settings name.
 * Promise: each once, in the order of the settings, and what is missing is said.
 */
import type { Notice } from "../std/notice.js";
import { sourceKindOf } from "./registry.js";
import type { Surroundings } from "./rotation/surroundings.js";
import type { Discovery, EarlierRuns, Source, SourceContext, SourceSettings } from "./source.js";

/**
 * The sources of all settings; of two with one name the first. `known` holds the names that the state file has
 * positions for.
 */
export async function discoverSources(
  settings: readonly SourceSettings[],
  known: ReadonlySet<string>,
  context: SourceContext,
): Promise<Discovery> {
  const sources = new Map<string, Source>();
  const notices: Notice[] = [];
  const keys: string[] = [];
  const surroundings = await surroundingsOf(settings, context.earlier);
  const inContext = surroundings ? { ...context, surroundings } : context;
  for (const setting of settings) {
    if (setting.reason) notices.push(setting.reason);
    const found = await sourceKindOf(setting.kind).discover(setting, known, inContext);
    notices.push(...found.notices);
    keys.push(...(found.settings ?? []));
    for (const source of found.sources) if (!sources.has(source.name)) sources.set(source.name, source);
  }
  for (const name of sources.keys()) surroundings?.addSource(name);
  return { sources: [...sources.values()], notices, settings: keys };
}

/** What is known of the files around logs. Without a setting of a log there is nothing to know. */
async function surroundingsOf(
  settings: readonly SourceSettings[],
  earlier: EarlierRuns | undefined,
): Promise<Surroundings | undefined> {
  if (!settings.some(({ kind }) => kind !== "journal")) return undefined;
  const [{ Surroundings }, { segmentsIn }] = await Promise.all([
    import("./rotation/surroundings.js"),
    import("./file/position.js"),
  ]);
  const surroundings = new Surroundings(
    earlier?.lastSuccess === undefined ? undefined : Date.parse(earlier.lastSuccess),
  );
  for (const [name, position] of Object.entries(earlier?.positions ?? {}))
    surroundings.addKnown(name, segmentsIn(position) ?? []);
  return surroundings;
}
