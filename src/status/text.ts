/** The state of the hourly job for people: a line for each thing, its name before it, the times local. */
import { countOf, formatDay, formatTime } from "../report/render/wording.js";
import { formatNotice } from "../std/notice.js";
import { escapedText } from "../std/text/escape.js";
import type { SpoolEntry } from "../store/spool/spool.js";
import { freshnessOf, problemsOf } from "./problems.js";
import type { Schedule } from "./schedule.js";
import type { SourceStatus, Survey } from "./survey.js";

/** Who gets mail, and the way that it takes, in words. */
export interface MailWords {
  readonly to: readonly string[];
  readonly way: string;
  /** Where the recipient is set. */
  readonly configFile: string;
}

const labelColumns = 14;
/** Of the spool, and of the rules: what is more is counted. */
const maxNamed = 5;

/** Lines without their newlines. */
export function surveyLines(survey: Survey, mail: MailWords): readonly string[] {
  const { now, run, schedule, waits, sources, rules, sizes } = survey;
  return [
    ["last success", lastSuccessText(survey)],
    ...(schedule === undefined ? [] : [["next run", nextRunText(schedule, now)] as const]),
    ...(run.kind === "running" ? [["run", `since ${localText(run.startedAt, now)}`] as const] : []),
    ...mailRows(survey, mail),
    ...survey.waiting.slice(0, maxNamed).map((entry) => ["", waitingEntryText(entry, now)] as const),
    ["digest", waits],
    ...problemsOf(survey).map((problem) => ["problem", problem] as const),
    ...(rules ? rulesRows(rules.count, rules.notices.map(formatNotice)) : []),
    ...sources.map((source) => ["read", sourceText(source)] as const),
    [
      "takes",
      `state ${sizeText(sizes.state)}, memory ${sizeText(sizes.memory)}, spool ${sizeText(sizes.spool)},`,
    ],
    ["", `reports ${sizeText(sizes.reports)}, archive ${sizeText(sizes.archive)}`],
  ].map(([label = "", text = ""]) => `${label.padEnd(labelColumns)}${escapedText(text)}`);
}

function lastSuccessText({ state, now }: Survey): string {
  const { lastSuccess } = state;
  switch (freshnessOf(state, now)) {
    case "never":
      return "never";
    case "fresh":
      return localText(lastSuccess, now);
    case "stale":
      return `${localText(lastSuccess, now)}, more than a day ago`;
    case "in the future":
      return `${localText(lastSuccess, now)}, which is in the future`;
  }
}

function nextRunText(schedule: Schedule | "none", now: Date): string {
  if (schedule === "none") return "not known: neither logwinnow.timer nor /etc/cron.d starts it";
  const { next, by } = schedule;
  return next ? `${localText(next.toISOString(), now)}, by ${by}` : `by ${by}`;
}

function mailRows(
  { waiting, refused }: Survey,
  { to, way, configFile }: MailWords,
): (readonly [string, string])[] {
  if (to.length > 0) {
    const waits = countOf(waiting.length, "waits", "wait");
    return [["mail", `to ${to.join(", ")}, ${way}; ${waits}, ${refused.length} refused`]];
  }
  return [
    ["mail", "to nobody: reports are printed"],
    ["", `set "to" under [mail] in ${configFile},`],
    ["", "and try it with logwinnow test-mail"],
  ];
}

function waitingEntryText({ name, attempts, nextTryAt, lastReason }: SpoolEntry, now: Date): string {
  if (attempts === 0) return `${name}: not tried yet`;
  const next = nextTryAt === undefined ? "" : `, next ${localText(nextTryAt, now)}`;
  const tried = attempts === 1 ? "once" : `${attempts} times`;
  return `${name}: tried ${tried}${next}: ${lastReason ?? "not taken"}`;
}

function rulesRows(count: number, notices: readonly string[]): (readonly [string, string])[] {
  const more = notices.length - maxNamed;
  return [
    ["rules", `${countOf(count, "rule")} at work${notices.length === 0 ? "" : ", and of others:"}`],
    ...notices.slice(0, maxNamed).map((text) => ["", text] as const),
    ...(more > 0 ? [["", `${more} more, see "logwinnow rules lint"`] as const] : []),
  ];
}

function sourceText({ name, read, unreadBytes }: SourceStatus): string {
  const lag =
    unreadBytes === undefined ? "" : unreadBytes === 0 ? ", nothing new" : `, ${sizeText(unreadBytes)} new`;
  return `${name}  ${read ?? "never yet"}${lag}`;
}

/** "2026-11-25 16:00:12", by this host's clock, and without the day where it is today. */
function localText(instant: string | undefined, now: Date): string {
  const date = new Date(instant ?? NaN);
  if (Number.isNaN(date.getTime())) return "at a time that is not known";
  const day = formatDay(date) === formatDay(now) ? "today" : formatDay(date);
  return `${day} ${formatTime(date)}`;
}

/** "512 B", "1.2 kB", "34 MB". */
function sizeText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ""}`;
}
