/**
 * logcheck as a product: its rules, its lists of logs, its report.
 * Promise: changes nothing but the cache of states. Where logcheck would give up, the run ends before any log is read.
 */
import { timestampOf } from "../entry/header.js";
import type { Prepared } from "../run/product.js";
import { discoverSources } from "../sources/discover.js";
import type { Position } from "../sources/source.js";
import { mailDomain, shortHostName } from "../std/host-name.js";
import { createLogcheckCollector, type LogcheckReport } from "./collector.js";
import type { ListedLog } from "./conf/log-lists.js";
import type { Settings } from "./conf/settings.js";
import type { Level } from "../rules/rule.js";
import { takeUpReport } from "./open-report.js";
import { loadLogcheckRules } from "./load-rules.js";
import type { Placement } from "./rules/sections.js";
import { logcheckPosition, logcheckSources } from "./sources.js";
import { isFile, isReadable, LogcheckError, readLogLists } from "./tools/etc.js";
import { charmapName } from "./tools/host-tools.js";
import { toolLocale, type ToolLocale } from "./tools/tool-locale.js";

/** Throws LogcheckError where logcheck gives up, also from `begin`. */
export async function prepareLogcheck(
  settings: Settings,
  level: Level,
  clock: () => Date,
): Promise<Prepared<Placement, LogcheckReport>> {
  const locale = toolLocale(process.env, charmapName);
  const rules = loadLogcheckRules(settings, level, locale);
  return {
    classifier: rules.classifier,
    async begin({ store }) {
      const now = clock();
      const { stateDirectory } = settings;
      const known = new Set(Object.keys(store.state.positions));
      const found = logcheckSources(listedLogs(settings, locale), stateDirectory, known, now);
      const { sources, notices } = await discoverSources(found.settings, known, {
        now,
        hostname: shortHostName(),
        timestampOf: (line) => timestampOf(line, now),
      });
      const positions: Record<string, Position> = {};
      for (const { name, kind } of sources) {
        if (kind !== "file" || known.has(name)) continue;
        const taken = logcheckPosition(name, stateDirectory);
        if (taken) positions[name] = taken;
      }
      const { missing, isFirstJournal } = found;
      const domain = mailDomain();
      const collector = createLogcheckCollector({
        settings,
        locale,
        rules,
        begun: takeUpReport(store),
        notices: [...(domain.notice ? [domain.notice] : []), ...notices],
        missing,
        isFirstJournal,
      });
      return { sources, positions, collector };
    },
  };
}

/** The logs to read, in order. Throws LogcheckError when a list of logs cannot be read. */
export function listedLogs(settings: Settings, locale: ToolLocale): readonly ListedLog[] {
  const { onlyLog } = settings;
  if (onlyLog === undefined) return readLogLists(settings, locale.characters);
  if (onlyLog === "journal") return [{ kind: "journal" }];
  if (isFile(onlyLog) && isReadable(onlyLog)) return [{ kind: "path", path: onlyLog }];
  throw new LogcheckError(`${onlyLog} does not exist or could not be read`);
}
