/** `logwinnow status`: says whether the hourly job works, and names what does not. */
import { digestText } from "../check/digest.js";
import { waitingText } from "../check/news.js";
import type { Config } from "../config/config.js";
import { noticesOfFailed } from "../outlets/deliver.js";
import { decodeOpenReport } from "../report/open-report.js";
import { describePosition } from "../sources/registry.js";
import { realDisk } from "../std/disk.js";
import { formatNotice } from "../std/notice.js";
import { sayNotices } from "../std/standard-error.js";
import { writeText } from "../std/standard-output.js";
import { escapedText, jsonText } from "../std/text/escape.js";
import { layoutOf } from "../store/layout.js";
import { loadState } from "../store/load.js";
import { hintAtSystem, requireOwnDirectory } from "../store/owner.js";
import { ownStateDirectory } from "../store/places.js";
import { lastRun, type LastRun } from "../store/run-record.js";
import { Spool, type SpoolEntry } from "../store/spool.js";
import type { State } from "../store/state.js";
import type { Stored } from "../store/stored.js";

export interface StatusOptions {
  readonly config?: string;
  readonly state?: string;
  readonly json: boolean;
}

/** An hourly job has missed many runs by then. */
const staleAfterMs = 24 * 3_600_000;
/** A clock that is corrected by less says nothing. */
const maxClockStepMs = 60_000;

/** Prints the state of the job. Out: whether all is well. */
export function status(options: StatusOptions, config: Config, now: Date): "well" | "trouble" {
  const directory = options.state ?? ownStateDirectory();
  requireOwnDirectory(directory, "status");
  const layout = layoutOf(directory);
  const { state, origin, notices, openReport } = loadState(realDisk, layout);
  const hint = hintAtSystem(directory, "status");
  sayNotices([
    ...notices,
    ...(hint === undefined ? [] : [{ where: directory, what: "there is no state", done: hint }]),
  ]);
  const spool = origin === "new" ? undefined : new Spool(realDisk, layout);
  const refused = spool?.failed() ?? [];
  const run = lastRun(realDisk, layout);
  const problems = problemsOf(state, refused, run, now);
  const record = {
    lastSuccess: state.lastSuccess,
    isFresh: freshness(state, now) === "fresh",
    run: run.kind,
    recipients: config.mail.to,
    waiting: spool?.waiting().length ?? 0,
    failed: refused.length,
    waits: waitsText(openReport, config, now),
    failedSources: state.failedSources ?? [],
    problems,
    positions: Object.fromEntries(
      Object.entries(state.positions).map(([name, position]) => [name, describePosition(position)]),
    ),
  };
  if (options.json) writeText(`${jsonText(record)}\n`);
  else {
    const lines = [
      `last success  ${lastSuccessText(state, now)}`,
      `mail          to ${record.recipients.join(", ") || "nobody: reports are printed"}; ${record.waiting} waiting, ${record.failed} refused`,
      `digest        ${record.waits}`,
      ...(run.kind === "running" ? [`run           since ${run.startedAt}`] : []),
      ...problems.map((problem) => `problem       ${problem}`),
      ...Object.entries(record.positions).map(([name, at]) => `read          ${name}  ${at}`),
    ];
    writeText(lines.map((line) => `${escapedText(line)}\n`).join(""));
  }
  return problems.length === 0 ? "well" : "trouble";
}

/** What the last run left for the digest, and when that goes. */
function waitsText(openReport: Stored | undefined, { mail, report }: Config, now: Date): string {
  const { digest = { kind: "hourly" } } = report;
  if (mail.to.length === 0 || digest.kind === "hourly") return "each run tells all";
  const open = openReport && decodeOpenReport(openReport);
  return open?.isWaiting ? waitingText(open, digest, now) : `nothing waits; ${digestText(digest, now)}`;
}

type Freshness = "fresh" | "stale" | "never" | "in the future";

function freshness({ lastSuccess }: State, now: Date): Freshness {
  if (lastSuccess === undefined) return "never";
  const ageMs = now.getTime() - Date.parse(lastSuccess);
  if (ageMs < -maxClockStepMs) return "in the future";
  return ageMs < staleAfterMs ? "fresh" : "stale";
}

function lastSuccessText(state: State, now: Date): string {
  const { lastSuccess = "" } = state;
  switch (freshness(state, now)) {
    case "never":
      return "never";
    case "fresh":
      return lastSuccess;
    case "stale":
      return `${lastSuccess}, more than a day ago`;
    case "in the future":
      return `${lastSuccess}, which is in the future`;
  }
}

/** Everything that keeps the job from being well, one sentence each. */
function problemsOf(
  state: State,
  refused: readonly SpoolEntry[],
  run: LastRun,
  now: Date,
): readonly string[] {
  const age = freshness(state, now);
  const { lastSuccess, failedSources = [] } = state;
  return [
    ...(age === "never" ? ["no run has ever ended well"] : []),
    ...(age === "stale" ? [`the last run that ended well is of ${lastSuccess}`] : []),
    ...(age === "in the future"
      ? [`the last success is of ${lastSuccess}, it is ${now.toISOString()} now: a clock is or was wrong`]
      : []),
    ...(run.kind === "not ended" ? [`the run that began ${run.startedAt ?? "last"} did not end`] : []),
    ...failedSources.map((name) => `${name}: could not be read to its end in the last run`),
    ...noticesOfFailed(refused).map(formatNotice),
  ];
}
