/**
 * The hourly job as a product: which rules are asked, which logs are read, and the report that is made of them.
 * Promise: it changes nothing but the cache of states.
 */
import { timestampOf } from "../entry/header.js";
import type { StatesCache } from "../ere/index.js";
import { decodeOpenReport, emptyReport, type OpenReport } from "../report/open-report.js";
import type { FittedReport } from "../report/budget.js";
import type { Classifier } from "../rules/classifier.js";
import { linesIn, salvageReport } from "../report/salvage.js";
import type { Verdict } from "../rules/layer.js";
import { loadRuleSet } from "../rules/load-rule-set.js";
import { createRuleClassifier, reportedLayers } from "../rules/rule-classifier.js";
import type { Prepared } from "../run/product.js";
import { discoverSources } from "../sources/discover.js";
import { usualLookBack } from "../sources/look-back.js";
import type { SourceSettings } from "../sources/source.js";
import { usualLogs } from "../sources/usual-logs.js";
import type { Store } from "../store/store.js";
import { unknownReportNotice } from "../store/stored.js";
import { fullyQualifiedHostName, mailDomain, shortHostName } from "../std/host-name.js";
import { commandMarkers } from "./continued-commands.js";
import { createReportCollector, isLookedAt } from "./collector.js";
import type { CheckSettings } from "./settings.js";

/** Without a cache every state of the automaton is built anew. */
export async function prepareCheck(
  settings: CheckSettings,
  clock: () => Date,
  cache: StatesCache | undefined,
): Promise<Prepared<Verdict, FittedReport>> {
  const { ruleSet, notices: ruleNotices } = loadRuleSet(settings.rules, cache, commandMarkers);
  let onceMore: Classifier<Verdict> | undefined;
  const verdictOn = (line: Uint8Array): Verdict =>
    // A classifier of its own, since what this one counts is no line of any source; hardly any host needs it.
    (onceMore ??= createRuleClassifier(ruleSet, { selectedLayers: reportedLayers })).verdictOn(line);
  return {
    classifier: createRuleClassifier(ruleSet, { selectedLayers: reportedLayers, alsoSelected: isLookedAt }),
    async begin({ store, origin }) {
      const now = clock();
      const wanted = settings.sources ?? usualLogs(usualLookBack);
      const { positions, settings: settingsRun = {}, failedSources = [], lastSuccess } = store.state;
      const discovered = await discoverSources(
        origin === "lost" ? wanted.map(lookAtAll) : wanted,
        new Set(Object.keys(positions)),
        {
          now,
          hostname: shortHostName(),
          timestampOf: (line) => timestampOf(line, now),
          earlier: {
            positions,
            settings: settingsRun,
            failedSources,
            ...(lastSuccess !== undefined && { lastSuccess }),
          },
        },
      );
      const { sources, notices, settings: looked = [] } = discovered;
      const domain = mailDomain();
      const collector = createReportCollector({
        hostname: domain.name,
        localHost: fullyQualifiedHostName(),
        now,
        ...(lastSuccess !== undefined && { lastSuccess: new Date(lastSuccess) }),
        settings: settings.report,
        begun: takeUp(store),
        notices: [...(domain.notice ? [domain.notice] : []), ...ruleNotices, ...notices],
        verdictOn,
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
function lookAtAll(settings: SourceSettings): SourceSettings {
  return { ...settings, firstRun: { kind: "all" } };
}
