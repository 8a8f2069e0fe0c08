/**
 * Finds the sources that the settings name.
 * Promise: each once, in the order of the settings, and what is missing is said.
 */
import type { Notice } from "../std/notice.js";
import { sourceKindOf } from "./registry.js";
import type { Discovery, Source, SourceContext, SourceSettings } from "./source.js";

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
  for (const setting of settings) {
    const found = await sourceKindOf(setting.kind).discover(setting, known, context);
    notices.push(...found.notices);
    for (const source of found.sources) if (!sources.has(source.name)) sources.set(source.name, source);
  }
  return { sources: [...sources.values()], notices };
}
