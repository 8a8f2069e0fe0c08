/**
 * The hourly job as a product: which rules are asked, which logs are read, and the report that is made of them.
 * Promise: it changes nothing but the cache of states.
 */
import { timestampOf } from "../entry/header.js";
import type { StatesCache } from "../ere/index.js";
import { decodeOpenReport, emptyReport } from "../report/open-report.js";
import { type OpenReport } from "../report/open-report-shape.js";
import { decodeHours, hoursName } from "../memory/hours.js";
import { Origins } from "../origins/origins.js";
import { linesIn, salvageReport } from "../report/salvage.js";
import type { Verdict } from "../rules/layer.js";
import { loadRuleSet } from "../rules/load-rule-set.js";
import type { Prepared } from "../run/product.js";
import { discoverSources } from "../sources/discover.js";
import { packageChanges } from "../sources/package-changes.js";
import { usualLookBack } from "../sources/look-back.js";
import type { LookBack, SourceContext, SourceSettings } from "../sources/source.js";
import { usualLogs } from "../sources/usual-logs.js";
import type { Store } from "../store/store.js";
import { unknownReportNotice } from "../store/stored.js";
import { fullyQualifiedHostName, mailDomain, shortHostName } from "../std/host-name.js";
import { usualExpireDays } from "../conditions/known-keys.js";
import { HitMemory } from "./memory/hit-memory.js";
import { HistoryKinds } from "./history/history-kinds.js";
import { learnFromHistory } from "./history/history.js";
import { KindMemory } from "./memory/kinds.js";
import { LoginWatch } from "./memory/logins.js";
import { recall } from "./memory/memory.js";
import { VolumeMemory } from "./memory/volume.js";
import { createReportCollector } from "./collector.js";
import { checkMarkers, isLookedAt, lineJudge } from "./lines/line-judge.js";
import type { CheckedReport } from "./report/checked-report.js";
import type { CheckSettings } from "./settings.js";

/** Without a cache every state of the automaton is built anew. */
export async function prepareCheck(
  settings: CheckSettings,
  clock: () => Date,
  cache: StatesCache | undefined,
): Promise<Prepared<Verdict, CheckedReport>> {
  const { ruleSet, titles, notices: ruleNotices } = loadRuleSet(settings.rules, cache, checkMarkers, clock());
  const { conditions, classifier, verdictOn } = lineJudge(ruleSet, isLookedAt);
  return {
    classifier,
    async begin(memory) {
      const { store, origin } = memory;
      const now = clock();
      const wanted = settings.sources ?? usualLogs(usualLookBack);
      const {
        positions,
        settings: settingsRun = {},
        failedSources = [],
        lastSuccess,
        lastDigest,
      } = store.state;
      const context: SourceContext = {
        now,
        hostname: shortHostName(),
        timestampOf: (line) => timestampOf(line, now),
        readsForms: true,
      };
      const discovered = await discoverSources(
        origin === "lost" ? wanted.map((each) => lookingBack(each, { kind: "all" })) : wanted,
        new Set(Object.keys(positions)),
        {
          ...context,
          earlier: {
            positions,
            settings: settingsRun,
            failedSources,
            ...(lastSuccess !== undefined && { lastSuccess }),
          },
        },
      );
      const remembered = recall(conditions, memory, now, new Origins(settings.rules.origins));
      conditions.begin(remembered.state);
      const { keys, circumstances } = remembered.state;
      const kinds = new KindMemory(memory, {
        days: settings.kindDays ?? usualExpireDays,
        now,
        ...(lastSuccess !== undefined && { lastSuccess: new Date(lastSuccess) }),
        boots: () => circumstances.boots(),
      });
      // Where a first run reads all there is, it tells all kinds itself.
      const looksAtAll = wanted.every(({ firstRun }) => firstRun?.kind === "all");
      const kindsOfBefore =
        kinds.isNew && settings.report.group && !looksAtAll ? new HistoryKinds(now) : undefined;
      if (keys.isLearning || kindsOfBefore) {
        const learners = {
          conditions: keys.isLearning ? conditions : undefined,
          kinds: kindsOfBefore,
        };
        await learnFromHistory(ruleSet, learners, (lookBack) =>
          discoverSources(
            wanted.map((each) => lookingBack(each, lookBack)),
            new Set(),
            context,
          ),
        );
        kinds.learn(kindsOfBefore?.groups() ?? []);
      }
      const { sources, notices, settings: looked = [] } = discovered;
      const domain = mailDomain();
      const begun = takeUp(store);
      const since = begun.from ?? lastSuccess;
      const collector = createReportCollector({
        hostname: domain.name,
        localHost: fullyQualifiedHostName(),
        now,
        ...(lastSuccess !== undefined && { lastSuccess: new Date(lastSuccess) }),
        ...(lastDigest !== undefined && { lastDigest: new Date(lastDigest) }),
        ...(since !== undefined && {
          packages: packageChanges(Date.parse(since), now.getTime(), settings.packageLogs),
        }),
        packagePlaces: {
          ...(settings.packageLogs && { logs: settings.packageLogs }),
          ...(settings.packageLists !== undefined && { lists: settings.packageLists }),
        },
        settings: settings.report,
        begun,
        notices: [
          ...(domain.notice ? [domain.notice] : []),
          ...ruleNotices,
          ...remembered.notices,
          ...notices,
        ],
        verdictOn,
        hits: new HitMemory(memory, ruleSet, now),
        archives: settings.archive?.keptDays !== 0,
        titles,
        hours: decodeHours(store.memory(hoursName)),
        conditions,
        conditionState: remembered.state,
        kinds,
        logins: new LoginWatch(memory, {
          now,
          ...(lastSuccess !== undefined && { lastSuccess: new Date(lastSuccess) }),
          ...(begun.logins && { earlier: begun.logins }),
        }),
        volume: new VolumeMemory(memory, {
          now,
          ...(lastSuccess !== undefined && { lastSuccess: new Date(lastSuccess) }),
        }),
        sourceKinds: new Set(sources.map(({ kind }) => kind)),
      });
      return { sources, collector, settings: looked };
    },
  };
}

/** The report that an earlier run began. Of one that cannot be understood, what can be shown is shown, and it is kept. */
function takeUp(store: Store): OpenReport {
  const stored = store.openReport();
  if (stored === undefined) return emptyReport;
  // A document from before there were versions has no kind.
  const report = decodeOpenReport(stored.kind === "" ? stored.data : stored);
  if (report) return report;
  const salvaged = salvageReport(stored.data);
  const where = `unfinished report of commit ${store.state.commitNumber}`;
  const notice = unknownReportNotice(where, stored, linesIn(salvaged), store.keepOpenReport());
  return { ...salvaged, notices: [...salvaged.notices, notice] };
}

/** Where positions were lost, the first run's bound would lose lines. */
function lookingBack(settings: SourceSettings, firstRun: LookBack): SourceSettings {
  return { ...settings, firstRun };
}
