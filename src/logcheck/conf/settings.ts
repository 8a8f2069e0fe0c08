/**
 * Settles logcheck's variables: the command line's values, else the configuration's, else the defaults.
 * Promise: each variable does what it does in logcheck, documented or not. Variables without effect are named.
 */
import type { ConfPart, Conf } from "./conf.js";
import type { Option } from "./options.js";
import type { Level } from "../../rules/rule.js";

export interface Settings {
  /** Undefined when REPORTLEVEL is none of the three. */
  readonly reportLevel: Level | undefined;
  readonly date: string;
  readonly hostname: string;
  /** Addresses, separated by commas. */
  readonly recipients: string;
  readonly attachment: "none" | "plain" | "gzip";
  readonly printsReport: boolean;
  /** Whether an error is mailed: the script tests its variable against 0 here and against 1 elsewhere. */
  readonly mailsErrors: boolean;
  readonly hasIntroduction: boolean;
  readonly isReboot: boolean;
  readonly hasTag: boolean;
  readonly dropsDuplicates: boolean;
  readonly usesCrackingIgnore: boolean;
  readonly headings: Headings;
  readonly ruleDirectory: string;
  readonly stateDirectory: string;
  readonly listFile: string;
  readonly listDirectory: string;
  /** The one log to check instead of the lists. */
  readonly onlyLog: string | undefined;
  readonly keepsOffsets: boolean;
  /** The program that sums up each section, where that is asked for. */
  readonly summaryProgram: string | undefined;
}

/** Headings of the three kinds of section; also the subject of the mail. */
export interface Headings {
  readonly alerts: string;
  readonly securityEvents: string;
  readonly systemEvents: string;
}

/** What the settings need to know of the outside world. */
export interface Surroundings {
  /** As date(1) prints the format. */
  readonly date: (format: string, isUtc: boolean) => string;
  /** As `hostname --fqdn` or `hostname --short` prints it; "" when it fails. */
  readonly hostname: (isQualified: boolean) => string;
}

export interface SettingsReading {
  readonly settings: Settings;
  readonly notices: readonly SettingNotice[];
}

export interface SettingNotice {
  /** In the configuration file. */
  readonly line: number;
  readonly text: string;
  /** Whether the author must have meant something else. The other notices are about settings without effect. */
  readonly isMistake: boolean;
}

/** Every variable that has an effect, with the script's default. */
const defaults = {
  DATE: "",
  INTRO: "1",
  REPORTLEVEL: "server",
  SENDMAILTO: "root",
  MAILASATTACH: "0",
  FQDN: "0",
  SORTUNIQ: "0",
  SUPPORT_CRACKING_IGNORE: "0",
  RULEDIR: "/etc/logcheck",
  SYSLOGSUMMARY: "0",
  SYSLOG_SUMMARY: "/usr/bin/syslog-summary",
  ATTACKSUBJECT: "Security Alerts",
  SECURITYSUBJECT: "Security Events",
  EVENTSSUBJECT: "System Events",
  ADDTAG: "no",
  STATEDIR: "/var/lib/logcheck",
  LOGFILES_LIST: "/etc/logcheck/logcheck.logfiles",
  LOGFILES_LIST_D: "/etc/logcheck/logcheck.logfiles.d",
  LOGFILE: "",
  LOGTAIL_OPTS: "",
  MAILOUT: "0",
  REBOOT: "0",
};

type Variable = keyof typeof defaults;

/** Variables of logcheck that have no meaning here: no temporary files, no logtail, its own lock and mail. */
const withoutEffect = new Set([
  "TMP",
  "NOCLEANUP",
  "LOGTAIL",
  "LOCKDIR",
  "LOCKFILE",
  "MIMEENCODING",
  "MIMECONSTRUCTARGS",
]);

const defaultDateFormat = "%Y-%m-%d %H:%M %z";

/** The variable that each flag sets, and to what: a fixed value, or else the flag's argument. */
const flagEffects: Readonly<Record<string, readonly [variable: Variable, fixed?: string]>> = {
  l: ["LOGFILE"],
  L: ["LOGFILES_LIST"],
  D: ["LOGFILES_LIST_D"],
  m: ["SENDMAILTO"],
  r: ["RULEDIR"],
  S: ["STATEDIR"],
  o: ["MAILOUT", "1"],
  p: ["REPORTLEVEL", "paranoid"],
  s: ["REPORTLEVEL", "server"],
  w: ["REPORTLEVEL", "workstation"],
  R: ["REBOOT", "1"],
  t: ["LOGTAIL_OPTS", "-t"],
  u: ["SYSLOGSUMMARY", "1"],
};

/**
 * Settles all variables. In: the configuration and the options in order. The caller deals with the configuration's refusals.
 * Out: the settings, and notices about values without effect.
 */
export function settle(conf: Conf, options: readonly Option[], surroundings: Surroundings): SettingsReading {
  const { values, lines, notices } = readAssignments(conf, surroundings);
  const flag = (name: Variable): boolean => isNumber(values[name], 1);
  const hostnameFlag = options.findLast((option) => option.flag === "H");
  const hostname = hostnameFlag?.value ?? surroundings.hostname(flag("FQDN"));
  for (const option of options) {
    const effect = flagEffects[option.flag];
    if (effect) values[effect[0]] = effect[1] ?? option.value;
  }
  for (const name of numbers) {
    const isNamed = name === "INTRO" && /^(?:yes|no|)$/.test(values.INTRO);
    if (!isNamed && !/^\s*[-+]?\d+\s*$/.test(values[name]))
      notices.push({
        line: lines.get(name) ?? 0,
        text: `${name} is "${values[name]}", not a number: taken as off`,
        isMistake: true,
      });
  }
  return {
    notices,
    settings: {
      reportLevel: isLevel(values.REPORTLEVEL) ? values.REPORTLEVEL : undefined,
      date: values.DATE,
      hostname,
      recipients: values.SENDMAILTO,
      attachment: isNumber(values.MAILASATTACH, 1)
        ? "plain"
        : isNumber(values.MAILASATTACH, 2)
          ? "gzip"
          : "none",
      printsReport: flag("MAILOUT"),
      mailsErrors: isNumber(values.MAILOUT, 0),
      hasIntroduction: values.INTRO === "" || values.INTRO === "yes" || flag("INTRO"),
      isReboot: flag("REBOOT"),
      hasTag: values.ADDTAG === "yes",
      dropsDuplicates: flag("SORTUNIQ"),
      usesCrackingIgnore: flag("SUPPORT_CRACKING_IGNORE"),
      headings: {
        alerts: values.ATTACKSUBJECT,
        securityEvents: values.SECURITYSUBJECT,
        systemEvents: values.EVENTSSUBJECT,
      },
      ruleDirectory: values.RULEDIR,
      stateDirectory: values.STATEDIR,
      listFile: values.LOGFILES_LIST,
      listDirectory: values.LOGFILES_LIST_D,
      onlyLog: values.LOGFILE === "" ? undefined : values.LOGFILE,
      keepsOffsets: /(?:^|\s)-\w*t/.test(values.LOGTAIL_OPTS),
      summaryProgram: flag("SYSLOGSUMMARY") ? values.SYSLOG_SUMMARY : undefined,
    },
  };
}

/** The variables that the script compares as numbers. */
const numbers = [
  "INTRO",
  "MAILASATTACH",
  "FQDN",
  "SORTUNIQ",
  "SUPPORT_CRACKING_IGNORE",
  "SYSLOGSUMMARY",
  "MAILOUT",
  "REBOOT",
] as const satisfies readonly Variable[];

function readAssignments(conf: Conf, surroundings: Surroundings) {
  const values: Record<Variable, string> = { ...defaults };
  const lines = new Map<string, number>();
  const notices: SettingNotice[] = [];
  const isDateSet = conf.assignments.some(({ name }) => name === "DATE");
  if (!isDateSet) values.DATE = surroundings.date(defaultDateFormat, false);
  for (const { name, line, value } of conf.assignments) {
    lines.set(name, line);
    if (isVariable(name)) values[name] = textOf(value, surroundings);
  }
  for (const { name, line } of [...conf.assignments, ...conf.lists])
    if (withoutEffect.has(name)) notices.push({ line, text: `${name} has no effect here`, isMistake: false });
    else if (!isVariable(name))
      notices.push({ line, text: `${name} is not a variable of logcheck`, isMistake: false });
  return { values, lines, notices };
}

function textOf(value: readonly ConfPart[], surroundings: Surroundings): string {
  return value
    .map((part) => (typeof part === "string" ? part : surroundings.date(part.dateFormat, part.isUtc)))
    .join("");
}

/** `[ value -eq number ]`: blanks and a sign are allowed, and text that is not a number is never equal. */
function isNumber(value: string, number: number): boolean {
  return /^\s*[-+]?\d+\s*$/.test(value) && Number(value) === number;
}

function isVariable(name: string): name is Variable {
  return Object.hasOwn(defaults, name);
}

function isLevel(value: string): value is Level {
  return value === "paranoid" || value === "server" || value === "workstation";
}
