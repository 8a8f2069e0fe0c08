/** What setup writes into the configuration file. */
import { parseConfig } from "../config/config.js";
import type { ListedLog } from "../logcheck/conf/log-lists.js";
import { sourceTables } from "../logcheck/tools/migration.js";
import { valueIn, withValue, type TomlValue } from "./edit-toml.js";

/** As the file has them; left out: the file says nothing, and the default holds. */
export interface Settings {
  readonly to?: readonly string[];
  readonly transport?: string;
  readonly level?: string;
  readonly digest?: string;
  readonly ruleDirectories?: readonly string[];
}

const places: Readonly<Record<keyof Settings, readonly [string, string]>> = {
  to: ["mail", "to"],
  transport: ["mail", "transport"],
  level: ["report", "level"],
  digest: ["report", "digest"],
  ruleDirectories: ["rules", "directories"],
};

/** In: the text of a valid file. */
export function settingsIn(text: string): Settings {
  const entries = Object.entries(places).flatMap(([name, place]) => {
    const value = valueIn(text, place);
    if (value === undefined) return [];
    return [[name, name === "to" && typeof value === "string" ? [value] : value]];
  });
  return Object.fromEntries(entries) as Settings;
}

/** Sets what differs. `logs`: sources to add where the file names none. Throws where the result is no configuration. */
export function withSettings(
  text: string,
  settings: Settings,
  file: string,
  logs: readonly ListedLog[] = [],
): string {
  const before = settingsIn(text);
  let edited = text;
  for (const [name, value] of Object.entries(settings) as [keyof Settings, TomlValue | undefined][])
    if (value !== undefined && JSON.stringify(before[name]) !== JSON.stringify(value))
      edited = withValue(edited, places[name], value);
  if (logs.length > 0 && !/^\s*\[\[\s*source\s*\]\]/m.test(edited))
    edited = `${edited}\n${sourceTables(logs).join("\n")}`;
  parseConfig(edited, file, []);
  return edited;
}
