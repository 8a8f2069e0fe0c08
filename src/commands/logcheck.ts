/**
 * `logwinnow logcheck` replaces logcheck: the same command line, configuration and report.
 * Promise: reads no log before it understands the whole configuration, and reports errors as logcheck does.
 */
import { readFileSync } from "node:fs";
import { readConf, type Conf } from "../logcheck/conf/conf.js";
import { isFile, isReadable, LogcheckError } from "../logcheck/tools/etc.js";
import { dateText, hostname } from "../logcheck/tools/host-tools.js";
import { readCommandLine, usage, type Option } from "../logcheck/conf/options.js";
import { settle, type Settings } from "../logcheck/conf/settings.js";
import { packageVersion } from "../std/package-root.js";
import { logcheckRun, mailNow, type LogcheckOutcome } from "../logcheck/run.js";
import { errorLetter, readRecipients } from "../logcheck/mail.js";
import { escapedText } from "../std/text/escape.js";
import { sayText } from "../std/standard-error.js";
import { writeText } from "../std/standard-output.js";

const usualConfFile = "/etc/logcheck/logcheck.conf";
/** The one option that logcheck does not have. */
const comparison = "--compare";
const noConf: Conf = { assignments: [], lists: [], refusals: [] };

/** In: the arguments after the program's name. With `--compare` among them, it compares both programs instead. */
export async function logcheck(words: readonly string[]): Promise<LogcheckOutcome> {
  if (process.geteuid?.() === 0) return refuseRoot(words);
  const isComparison = words.includes(comparison);
  const { options, complaint } = readCommandLine(words.filter((word) => word !== comparison));
  let confFile = usualConfFile;
  for (const { flag, value } of options) {
    if (flag === "c") {
      confFile = value;
      if (!isReadable(value))
        return fail(`Config file ${value} is unreadable or does not exist`, settingsOf(noConf, []));
    } else if (flag === "h" || flag === "v") {
      writeText(flag === "h" ? usage : `logcheck 1.4.2, as logwinnow ${packageVersion()} understands it\n`);
      return "done";
    }
  }
  if (complaint !== undefined) {
    sayText(`logcheck: ${complaint}`);
    writeText(usage);
    return "failed";
  }

  if (isFile(confFile) && !isReadable(confFile))
    return fail(`Config file ${confFile} could not be read`, settingsOf(noConf, options));
  const confText = isFile(confFile) ? readFileSync(confFile, "utf8") : "";
  const conf = readConf(confText);
  const read = settingsOf(conf, options, confFile);
  const settings = isComparison ? { ...read, mailsErrors: false } : read;
  if (conf.refusals.length > 0) {
    const refusals = conf.refusals.map(
      ({ line, construct }) => `${confFile}:${line}: ${construct}: not understood`,
    );
    return fail(refusals.join("\n"), settings);
  }
  const { reportLevel } = settings;
  if (!reportLevel) return fail("REPORTLEVEL is set to an unknown value", settings);
  try {
    if (!isComparison) return await logcheckRun(settings, reportLevel);
    const { compareWithLogcheck } = await import("../logcheck/comparison.js");
    return (await compareWithLogcheck(confText, settings, reportLevel)) === "explained" ? "done" : "failed";
  } catch (error) {
    if (error instanceof LogcheckError) return fail(error.message, settings);
    throw error;
  }
}

/** On standard output, as logcheck does. */
function refuseRoot(words: readonly string[]): LogcheckOutcome {
  const call = escapedText(["logcheck", ...words].join(" "));
  writeText(
    "logcheck: does not run as root: nothing done; run it as the user logcheck:\n" +
      `  su -s /bin/sh -c "${call}" logcheck\n` +
      `  sudo -u logcheck ${call}\n`,
  );
  return "failed";
}

/** Given the file's name, says on standard error which settings are mistakes; with -d, also which have no effect. */
function settingsOf(conf: Conf, options: readonly Option[], confFile?: string): Settings {
  const { settings, notices } = settle(conf, options, { date: dateText, hostname });
  const isDebugging = options.some(({ flag }) => flag === "d");
  if (confFile !== undefined)
    for (const { line, text, isMistake } of notices)
      if (isMistake || isDebugging) sayText(`${confFile}:${line}: ${text}`);
  return settings;
}

/** Writes the error to standard error, and mails it unless the report goes to standard output. */
async function fail(message: string, settings: Settings): Promise<LogcheckOutcome> {
  sayText(`Error: ${message}`);
  const recipients = settings.mailsErrors ? readRecipients(settings.recipients) : undefined;
  if (recipients && "to" in recipients) await mailNow([errorLetter(settings, recipients.to, message)]);
  return "failed";
}
