/** The logs that a server usually has, for a run without configuration. */
import { existsSync } from "node:fs";
import { sourceKinds } from "./registry.js";
import type { LookBack, SourceSettings } from "./source.js";

/** Those that exist, of each kind of source. */
export function usualLogs(
  firstRun: LookBack,
  exists: (path: string) => boolean = existsSync,
): SourceSettings[] {
  const settings: SourceSettings[] = [];
  for (const kind of sourceKinds) {
    const usual = kind.usualSettings(firstRun, exists, settings);
    if (usual) settings.push(usual);
  }
  return settings;
}
