/** Chooses the locale in which rules are matched. */
import type { Locale } from "../ere/index.js";

/**
 * As grep reads the environment: LC_ALL, else LC_CTYPE, else LANG. If none is set it is UTF-8, not C: cron sets
 * nothing, and the hourly job must decide as the same command does in the admin's terminal.
 */
export function localeOf(environment: Readonly<Record<string, string | undefined>>): Locale {
  const name = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || "UTF-8";
  return /utf-?8/i.test(name) ? "UTF-8" : "C";
}
