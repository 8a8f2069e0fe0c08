/**
 * One run over the sources: what is to be reported, and how far it was read.
 * Promise: it changes nothing but the cache it is given; what `store` is given can be committed as it is.
 */
import type { Config } from "../config/config.js";
import type { Verdict } from "../rules/layer.js";
import { createSieve, reportedLayers } from "../rules/rule-classifier.js";
import { timestampOf } from "../entry/header.js";
import { walk, type Progress } from "../run/read.js";
import { decodeOpenReport, emptyReport, type OpenReport } from "../report/open-report.js";
import { discoverSources } from "../sources/discover.js";
import { SameEvents } from "./duplicates.js";
import { journalName, type LookBack, type SourceSettings } from "../sources/source.js";
import { usualLogs } from "../sources/usual-logs.js";
import type { AutomatonCache } from "../store/cache.js";
import type { LoadedState } from "../store/load.js";
import { fullyQualifiedHostName, shortHostName } from "../std/host-name.js";
import type { Notice } from "../std/notice.js";
import { keepStates } from "../store/open-cache.js";
import { loadRuleSet } from "../rules/load-rule-set.js";
import { createReportDesk, isIgnoredPacket, type ReportDesk } from "./collector.js";

/** What earlier runs left. */
export type Memory = Pick<LoadedState, "state" | "openReport" | "origin">;

export interface HourlyRun {
  readonly desk: ReportDesk;
  readonly progress: Progress;
  /** About rules and sources, in the order in which a report names them. */
  readonly notices: readonly Notice[];
}

const usualFirstRun: LookBack = { kind: "duration", milliseconds: 24 * 3_600_000 };

/** After so many bytes what was read is stored: a kill costs no more than that. */
const storeEveryBytes = 64 * 2 ** 20;

/** `store` is called between two parts of a long run, with the desk that holds what is to be reported so far. Without a cache every state is built anew. */
export async function hourlyRun(
  config: Config,
  memory: Memory,
  now: Date,
  store: (progress: Progress, desk: ReportDesk) => void,
  cache: AutomatonCache | undefined,
): Promise<HourlyRun> {
  const { state, openReport, origin } = memory;
  const { begun, notices: begunNotices } = begunReport(openReport);
  const { ruleSet, notices: ruleNotices } = loadRuleSet(config.rules, cache);
  const sieve = createSieve(ruleSet, { selectedLayers: reportedLayers, alsoSelected: isIgnoredPacket });
  const keep = keepStates(cache, ruleSet.patterns.key, ruleSet.isKnown, sieve);
  const { sources, notices: sourceNotices } = await discoverSources(
    (config.sources ?? usualLogs(usualFirstRun)).map((settings) =>
      origin === "lost" ? lookAtAll(settings) : settings,
    ),
    new Set(Object.keys(state.positions)),
    { now, hostname: shortHostName(), timestampOf: (line) => timestampOf(line, now) },
  );
  const desk = createReportDesk({
    hostname: fullyQualifiedHostName(),
    now,
    ...(state.lastSuccess !== undefined && { lastSuccess: new Date(state.lastSuccess) }),
    isGrouped: config.report.group,
    maxBytes: config.report.maxBytes,
    maxMails: config.report.maxMails,
    ...(sources.length > 1 &&
      sources.some(({ name }) => name === journalName) && { sameEvents: new SameEvents() }),
    ruleCounts: () => sieve.ruleCounts(),
    begun,
  });
  const progress = await walk<Verdict>({
    sources,
    sieve,
    desk,
    positions: state.positions,
    storeEveryBytes,
    store: (soFar) => store(soFar, desk),
  });
  keep();
  return { desk, progress, notices: [...begunNotices, ...ruleNotices, ...sourceNotices] };
}

/** The report that an earlier run began, as it was stored; an empty one where there is none, or none that can be read. */
export function begunReport(stored: Uint8Array | undefined): {
  readonly begun: OpenReport;
  readonly notices: readonly Notice[];
} {
  if (stored === undefined) return { begun: emptyReport, notices: [] };
  const begun = decodeOpenReport(JSON.parse(Buffer.from(stored).toString()));
  if (begun) return { begun, notices: [] };
  const notice = {
    where: "unfinished report",
    what: "is of a kind or version that this program does not know",
    done: "what it held is not reported",
  };
  return { begun: emptyReport, notices: [notice] };
}

/** Where positions were lost, the first run's bound would lose lines. */
function lookAtAll(settings: SourceSettings): SourceSettings {
  return { ...settings, firstRun: { kind: "all" } };
}
