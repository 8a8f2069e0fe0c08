/**
 * Gathers what is to be known of the hourly job.
 * Promise: it only looks; a part that cannot be looked at is said to be so, and the others are there all the same.
 */
import { decodeOpenReport } from "../report/open-report.js";
import { digestText } from "../check/report/digest.js";
import { waitingText } from "../check/report/news.js";
import type { CheckSettings } from "../check/settings.js";
import { timestampOf } from "../entry/header.js";
import { loadRuleSet } from "../rules/load-rule-set.js";
import { discoverSources } from "../sources/discover.js";
import { usualLookBack } from "../sources/look-back.js";
import { describePosition } from "../sources/registry.js";
import type { Source } from "../sources/source.js";
import { usualLogs } from "../sources/usual-logs.js";
import type { Disk } from "../std/disk.js";
import { fullyQualifiedHostName } from "../std/host-name.js";
import type { Notice } from "../std/notice.js";
import type { Layout } from "../store/layout.js";
import { loadState } from "../store/load.js";
import { lastRun, type LastRun } from "../store/run-record.js";
import { Spool, type SpoolEntry } from "../store/spool/spool.js";
import type { State } from "../store/state.js";
import type { Stored } from "../store/stored.js";
import type { Schedule } from "./schedule.js";
import { sizesOf, type Sizes } from "./sizes.js";

/** One log, or whatever else is read. */
export interface SourceStatus {
  readonly name: string;
  /** How far it was read, in words. Left out: never yet. */
  readonly read?: string;
  /** What was written since, as far as that is known. */
  readonly unreadBytes?: number;
  /** Why it cannot be read now. */
  readonly error?: string;
  /** Whether the last run could not read it to its end. */
  readonly hasFailed: boolean;
}

export interface RulesStatus {
  readonly count: number;
  /** What is off, or could not be read. */
  readonly notices: readonly Notice[];
}

export interface Survey {
  readonly now: Date;
  readonly state: State;
  /** About the state itself. */
  readonly notices: readonly Notice[];
  readonly run: LastRun;
  /** Left out: it is not the system's job. */
  readonly schedule?: Schedule | "none";
  readonly waiting: readonly SpoolEntry[];
  readonly refused: readonly SpoolEntry[];
  /** What waits for the digest, and when that goes, in words. */
  readonly waits: string;
  readonly sources: readonly SourceStatus[];
  /** Left out: nobody asked. */
  readonly rules?: RulesStatus;
  readonly sizes: Sizes;
}

export interface SurveyOptions {
  readonly disk: Disk;
  readonly layout: Layout;
  readonly settings: CheckSettings;
  /** Whether reports are mailed: otherwise each run prints all. */
  readonly isMailed: boolean;
  readonly schedule?: Schedule | "none";
  /** Whether sources are opened and rules compiled; a run that has just ended knows both. */
  readonly looksAround: boolean;
}

/** Throws a DiskError where the state cannot be read. */
export async function surveyJob(options: SurveyOptions, now: Date): Promise<Survey> {
  const { disk, layout, settings, looksAround } = options;
  const { state, origin, notices, openReport } = loadState(disk, layout);
  const spool = origin === "new" ? undefined : new Spool(disk, layout);
  return {
    now,
    state,
    notices,
    run: lastRun(disk, layout),
    ...(options.schedule !== undefined && { schedule: options.schedule }),
    waiting: spool?.waiting() ?? [],
    refused: spool?.failed() ?? [],
    waits: waitsText(openReport, options, now),
    sources: looksAround ? await sourcesOf(state, settings, now) : knownSources(state),
    ...(looksAround && { rules: rulesOf(settings, now) }),
    sizes: sizesOf(disk, layout),
  };
}

function waitsText(openReport: Stored | undefined, { settings, isMailed }: SurveyOptions, now: Date): string {
  const { digest = { kind: "hourly" } } = settings.report;
  if (!isMailed || digest.kind === "hourly") return "each run tells all";
  const open = openReport && decodeOpenReport(openReport);
  return open?.isWaiting ? waitingText(open, digest, now) : `nothing waits; ${digestText(digest, now)}`;
}

/** As the state has them. */
function knownSources({ positions, failedSources = [] }: State): readonly SourceStatus[] {
  const names = [...new Set([...Object.keys(positions), ...failedSources])];
  return names.map((name) => {
    const position = positions[name];
    return {
      name,
      ...(position && { read: describePosition(position) }),
      hasFailed: failedSources.includes(name),
    };
  });
}

/** As they are found now, then those that only the state knows. */
async function sourcesOf(state: State, settings: CheckSettings, now: Date): Promise<readonly SourceStatus[]> {
  const { positions, failedSources = [], lastSuccess, settings: earlier = {} } = state;
  const known = knownSources(state);
  const { sources } = await discoverSources(
    settings.sources ?? usualLogs(usualLookBack),
    new Set(Object.keys(positions)),
    {
      now,
      hostname: fullyQualifiedHostName(),
      timestampOf: (line) => timestampOf(line, now),
      earlier: {
        positions,
        settings: earlier,
        failedSources,
        ...(lastSuccess !== undefined && { lastSuccess }),
      },
    },
  );
  const found: SourceStatus[] = [];
  for (const source of sources) {
    const before = known.find(({ name }) => name === source.name) ?? { name: source.name, hasFailed: false };
    found.push({ ...before, ...(await lookAt(source, state)) });
  }
  return [...found, ...known.filter(({ name }) => !sources.some((source) => source.name === name))];
}

async function lookAt(
  source: Source,
  { positions }: State,
): Promise<Pick<SourceStatus, "unreadBytes" | "error">> {
  try {
    const reader = await source.open(positions[source.name]);
    try {
      const unreadBytes = reader.unreadBytes?.();
      return unreadBytes === undefined ? {} : { unreadBytes };
    } finally {
      await reader.close();
    }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function rulesOf({ rules }: CheckSettings, now: Date): RulesStatus {
  const { ruleSet, notices } = loadRuleSet(rules, undefined, undefined, now);
  return { count: ruleSet.rules.length, notices };
}
