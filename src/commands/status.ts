/** `logwinnow status`: says whether the hourly job works, and names what does not. */
import { defaultConfigFile } from "../config/defaults.js";
import type { Config } from "../config/config.js";
import { transportText } from "../outlets/mail/transport-setting.js";
import { describePosition } from "../sources/registry.js";
import { freshnessOf, problemsOf } from "../status/problems.js";
import { prometheusText } from "../status/prometheus.js";
import { scheduleOf, systemSchedule } from "../status/schedule.js";
import { surveyJob, type Survey } from "../status/survey.js";
import { surveyLines } from "../status/text.js";
import { writeTextfile } from "../status/textfile.js";
import { realDisk } from "../std/disk.js";
import { sayNotices } from "../std/standard-error.js";
import { writeText } from "../std/standard-output.js";
import { jsonText } from "../std/text/escape.js";
import { layoutOf } from "../store/layout.js";
import { becomeOwner, hintAtSystem } from "../store/owner.js";
import { ownStateDirectory, systemStateDirectory } from "../store/places.js";

export interface StatusOptions {
  readonly config?: string;
  readonly state?: string;
  readonly json: boolean;
  /** Whether to print figures for Prometheus. */
  readonly prometheus: boolean;
}

/** Prints the state of the job. Out: whether all is well. */
export async function status(options: StatusOptions, config: Config, now: Date): Promise<"well" | "trouble"> {
  const directory = options.state ?? ownStateDirectory();
  const again = becomeOwner(directory, process.argv.slice(2));
  if (again !== undefined) return again === 0 ? "well" : "trouble";
  const hint = hintAtSystem(directory, "status");
  if (hint !== undefined) sayNotices([{ where: directory, what: "there is no state", done: hint }]);
  const survey = await surveyOf(directory, config, now, true);
  sayNotices(survey.notices);
  if (options.json) writeText(`${jsonText(recordOf(survey, config))}\n`);
  else if (options.prometheus) writeText(prometheusText(survey));
  else {
    const { mail } = config;
    const configFile = options.config ?? defaultConfigFile;
    const lines = surveyLines(survey, { to: mail.to, way: transportText(mail), configFile });
    writeText(lines.map((line) => `${line}\n`).join(""));
  }
  return problemsOf(survey).length === 0 ? "well" : "trouble";
}

/** Writes the figures that the configuration asks for, once a run has ended. Never stops it. */
export async function writeFigures(directory: string, config: Config, now: Date): Promise<void> {
  if (config.textfile === undefined) return;
  const notice = writeTextfile(
    config.textfile,
    prometheusText(await surveyOf(directory, config, now, false)),
  );
  if (notice) sayNotices([notice]);
}

function surveyOf(directory: string, config: Config, now: Date, looksAround: boolean): Promise<Survey> {
  // Only the system's job has a plan of the system's.
  const isSystems = directory === systemStateDirectory;
  return surveyJob(
    {
      disk: realDisk,
      layout: layoutOf(directory),
      settings: config,
      isMailed: config.mail.to.length > 0,
      ...(isSystems && { schedule: scheduleOf(systemSchedule, now) }),
      looksAround,
    },
    now,
  );
}

function recordOf(survey: Survey, config: Config) {
  const { state, now, run, schedule, waiting, refused, waits, sources, rules, sizes } = survey;
  return {
    lastSuccess: state.lastSuccess,
    isFresh: freshnessOf(state, now) === "fresh",
    run: run.kind,
    ...(typeof schedule === "object" && { nextRun: schedule.next?.toISOString(), startedBy: schedule.by }),
    recipients: config.mail.to,
    waiting: waiting.length,
    failed: refused.length,
    waits,
    failedSources: state.failedSources ?? [],
    problems: problemsOf(survey),
    sources,
    ...(rules && { rules }),
    sizesBytes: sizes,
    positions: Object.fromEntries(
      Object.entries(state.positions).map(([name, position]) => [name, describePosition(position)]),
    ),
  };
}
