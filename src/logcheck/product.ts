/**
 * Reads logcheck's logs and composes what is to be said of them.
 * Promise: it changes nothing by itself; what `store` is given can be committed as it is.
 */
import { join } from "node:path";
import { timestampOf } from "../entry/header.js";
import { compose, type Outcome } from "./report/compose.js";
import { isFile, isReadable, LogcheckError, readLogLists, readOptionalFile } from "./tools/etc.js";
import { summaryOf, systemSort } from "./tools/host-tools.js";
import type { ToolLocale } from "./tools/locale.js";
import type { ListedLog } from "./conf/log-lists.js";
import type { Settings } from "./conf/settings.js";
import { walk, type Progress } from "../run/read.js";
import { discoverSources } from "../sources/discover.js";
import { lineFraming } from "../sources/bytes/framing.js";
import type { Position } from "../sources/source.js";
import type { LoadedState } from "../store/load.js";
import { shortHostName } from "../std/host-name.js";
import { formatNotice, type Notice } from "../std/notice.js";
import { createLogcheckDesk, type LogcheckDesk, type OpenLogcheckReport } from "./collector.js";
import type { LogcheckRules } from "./load-rules.js";
import { logcheckPosition, logcheckSources } from "./sources.js";
import { hasNews } from "../memory/told-notices.js";

/** After so many bytes what was read is stored: a kill costs no more than that. */
const storeEveryBytes = 64 * 2 ** 20;

export interface LogcheckReading {
  readonly outcome: Outcome;
  readonly positions: Readonly<Record<string, Position>>;
  /** About rules and logs: told in the report, if there is one. */
  readonly notices: readonly Notice[];
}

/** The logs to read, in their order. Throws LogcheckError when what names them cannot be read. */
export function listedLogs(settings: Settings, locale: ToolLocale): readonly ListedLog[] {
  const { onlyLog } = settings;
  if (onlyLog === undefined) return readLogLists(settings, locale.characters);
  if (onlyLog === "journal") return [{ kind: "journal" }];
  if (isFile(onlyLog) && isReadable(onlyLog)) return [{ kind: "path", path: onlyLog }];
  throw new LogcheckError(`${onlyLog} does not exist or could not be read`);
}

/** `notices` are what is already known to be wrong. `store` is called between two parts of a long run. */
export async function readLogs(
  settings: Settings,
  locale: ToolLocale,
  rules: LogcheckRules,
  memory: Pick<LoadedState, "state" | "openReport">,
  earlierNotices: readonly Notice[],
  now: Date,
  store: (progress: Progress, desk: LogcheckDesk) => void,
): Promise<LogcheckReading> {
  const { stateDirectory, summaryProgram } = settings;
  const known = new Set(Object.keys(memory.state.positions));
  const found = logcheckSources(listedLogs(settings, locale), stateDirectory, known, now);
  const statedTime = (line: Uint8Array): number | undefined => timestampOf(line, now);
  const { sources, notices: sourceNotices } = await discoverSources(found.settings, known, {
    now,
    hostname: shortHostName(),
    timestampOf: statedTime,
  });
  const positions: Record<string, Position> = { ...memory.state.positions };
  for (const { name } of sources) {
    if (name === "journal" || known.has(name)) continue;
    const taken = logcheckPosition(name, stateDirectory, lineFraming(statedTime));
    if (taken) positions[name] = taken;
  }
  // The bytes are those of a report that this program stored: the store has checked them.
  const begun =
    memory.openReport && (JSON.parse(Buffer.from(memory.openReport).toString()) as OpenLogcheckReport);
  const desk = createLogcheckDesk(begun, (line) => rules.sieve.siftLine(line));
  const progress = await walk({
    sources,
    sieve: rules.sieve,
    desk,
    positions,
    storeEveryBytes,
    store: (soFar) => store(soFar, desk),
  });
  rules.keepStates();

  const { failed } = progress;
  // That a log is read for the first time, logcheck says of the journal alone.
  const warnings = [
    ...(begun?.notices ?? []),
    ...earlierNotices,
    ...sourceNotices,
    ...progress.notices,
  ].filter(({ where, what }) => what !== "first run" && !failed.includes(where));
  const notices = [...rules.notices, ...warnings];
  const outcome = compose(
    {
      logs: desk.logs(),
      errors: [...found.missing, ...failed].map((name) => `E: File could not be read: ${name}`),
      ruleErrors: rules.notices.map((notice) => `E: ${formatNotice(notice)}`),
      warnings: warnings.map(formatNotice),
      hasNews: hasNews(notices, memory.state.toldNotices, now),
      isFirstJournal: found.isFirstJournal,
      header: readOptionalFile(join(settings.ruleDirectory, "header.txt")),
      footer: readOptionalFile(join(settings.ruleDirectory, "footer.txt")),
    },
    rules.tree,
    settings,
    locale,
    {
      systemSort,
      summarize: (lines) => (summaryProgram === undefined ? undefined : summaryOf(summaryProgram, lines)),
    },
  );
  return { outcome, positions: progress.positions, notices };
}
