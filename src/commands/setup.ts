/**
 * `logwinnow setup`: makes a working hourly job, and proves that its mail arrives.
 * Promise: each change is shown before it is made; whatever stops it, the next call goes on where it stopped.
 */
import { existsSync } from "node:fs";
import { loadConfig } from "../config/load.js";
import { defaultConfigFile } from "../config/defaults.js";
import type { Change } from "../setup/change.js";
import { Host, SetupError } from "../setup/host.js";
import { greetsOnLoopback } from "../setup/local-server.js";
import { runsLogcheck } from "../setup/logcheck-job.js";
import { logcheckSettings, type LogcheckSettings } from "../setup/logcheck-settings.js";
import { logcheckPositions, offsetsChange, sourcesOf } from "../setup/offsets.js";
import { removalPlan, setupPlan, type Answers } from "../setup/plan.js";
import {
  answerTo,
  readDigest,
  readLevel,
  readRecipients,
  readTransport,
  type AskFor,
  type Question,
} from "../setup/questions.js";
import { settingsIn, type Settings } from "../setup/settings.js";
import { askFor } from "../std/ask.js";
import { mailDomain } from "../std/host-name.js";
import { sayNotices } from "../std/standard-error.js";
import { writeText } from "../std/standard-output.js";
import { escapedText } from "../std/text/escape.js";
import { systemStateDirectory } from "../store/places.js";
import { testMail } from "./test-mail.js";

export interface SetupOptions {
  readonly config?: string;
  readonly to?: readonly string[];
  readonly transport?: string;
  readonly level?: string;
  readonly digest?: string;
  /** Whether to take over from logcheck and turn it off. Left out: asked. */
  readonly logcheck?: boolean;
  readonly dryRun: boolean;
  readonly remove: boolean;
  readonly yes: boolean;
}

export type SetupOutcome = "done" | "not done" | "mail not taken";

export async function setup(options: SetupOptions, now: Date): Promise<SetupOutcome> {
  const host = new Host();
  if (process.geteuid?.() !== 0 && !options.dryRun) {
    sayNotices([{ where: "setup", what: "only root can change the system", done: "nothing done" }]);
    return "not done";
  }
  try {
    return options.remove ? remove(host, options) : await install(host, options, now);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    writeText("\n");
    sayNotices([{ where: "setup", what: error.message, done: "call it again to go on" }]);
    return "not done";
  }
}

async function install(host: Host, options: SetupOptions, now: Date): Promise<SetupOutcome> {
  const configFile = options.config ?? defaultConfigFile;
  const answers = await answersFor(host, options, settingsIn(host.read(configFile) ?? ""));
  if (answers === undefined) return "not done";
  if (!makeAll(setupPlan(host, configFile, answers), options)) return "not done";
  if (options.dryRun) return "done";
  if (answers.logcheck) {
    const config = loadConfig({ config: configFile });
    const offsets = offsetsChange(await logcheckPositions(config, now), systemStateDirectory, now);
    if (offsets && !makeAll([offsets], options)) return "not done";
  }
  writeText("\ntest mail\n");
  const outcome = await testMail(
    { config: configFile, state: systemStateDirectory },
    loadConfig({ config: configFile }),
  );
  if (outcome !== "taken") return "mail not taken";
  writeText("\nreports come from the next hour on; logwinnow status says how it goes\n");
  return "done";
}

function remove(host: Host, options: SetupOptions): SetupOutcome {
  if (!makeAll(removalPlan(host), options)) return "not done";
  writeText(`kept: ${defaultConfigFile}, and ${systemStateDirectory} with what was not mailed yet\n`);
  return "done";
}

/** Undefined where nobody says what must be known. */
async function answersFor(
  host: Host,
  options: SetupOptions,
  present: Settings,
): Promise<Answers | undefined> {
  const hostname = mailDomain().name;
  const found = options.logcheck === false ? undefined : logcheckSettings(host);
  const proposedWay = present.transport ?? ((await greetsOnLoopback()) ? "smtp://127.0.0.1:25" : "");
  const questions = {
    to: {
      name: "to",
      text: "Who gets the reports?",
      proposed: (present.to ?? found?.recipients ?? []).join(", ") || "root",
      read: (text: string) => readRecipients(text, hostname),
    },
    transport: {
      name: "transport",
      text: "Which mail server takes them (smtp://host:port)?",
      proposed: proposedWay,
      read: readTransport,
    },
    level: {
      name: "level",
      text: "Which ignore rules (paranoid, server, workstation)?",
      proposed: present.level ?? found?.level ?? "server",
      read: readLevel,
    },
    digest: {
      name: "digest",
      text: "When comes what is known already (daily 07:00, hourly, ...)?",
      proposed: present.digest ?? "daily 07:00",
      read: readDigest,
    },
  };
  // Who only wants to see gets what is proposed where nobody can be asked.
  const ask: AskFor = options.yes
    ? () => ""
    : (question) => askFor(question) ?? (options.dryRun ? "" : undefined);
  const to = given(questions.to, options.to?.join(", "), ask);
  const transport = to === undefined ? undefined : given(questions.transport, options.transport, ask);
  const level = transport === undefined ? undefined : given(questions.level, options.level, ask);
  const digest = level === undefined ? undefined : given(questions.digest, options.digest, ask);
  if (to === undefined || transport === undefined || level === undefined || digest === undefined)
    return undefined;
  const logcheck = found && takesOver(host, found, options, ask) ? found : undefined;
  return {
    to: to.split(",").map((word) => word.trim()),
    transport,
    level,
    digest,
    ...(logcheck && { logcheck, needsItsLogs: await hasOtherLogs(logcheck) }),
  };
}

/** What the option says, or the answer. Undefined where there is none that makes sense; says so. */
function given(question: Question, option: string | undefined, ask: AskFor): string | undefined {
  if (option !== undefined) {
    const parsed = question.read(option);
    if (parsed.ok) return option;
    const what = `expected ${parsed.expected}, found "${option}"`;
    sayNotices([{ where: `--${question.name}`, what, done: "nothing done" }]);
    return undefined;
  }
  const answer = answerTo(question, ask);
  if (answer === undefined)
    sayNotices([
      { where: `--${question.name}`, what: "not given, and nobody answers", done: "nothing done" },
    ]);
  return answer;
}

function takesOver(host: Host, found: LogcheckSettings, options: SetupOptions, ask: AskFor): boolean {
  if (options.logcheck !== undefined) return options.logcheck;
  if (!runsLogcheck(host)) return false;
  writeText(`logcheck runs here, with ${found.logs.length} logs in its lists\n`);
  return /^y(?:es)?$/i.test(ask("Take over its rules and how far it has read, and turn it off? [y/N]") ?? "");
}

/** Whether logcheck reads a log that is there and is not read without being named. */
async function hasOtherLogs({ logs }: LogcheckSettings): Promise<boolean> {
  const usual = new Set((await sourcesOf(undefined, new Date())).map(({ name }) => name));
  return logs.some(
    (log) => log.kind === "glob" || (log.kind === "path" && existsSync(log.path) && !usual.has(log.path)),
  );
}

/** Shows each change, asks, and makes it. Out: whether all are made. */
function makeAll(changes: readonly Change[], { dryRun, yes }: SetupOptions): boolean {
  if (changes.length === 0) writeText("nothing is left to be changed\n");
  for (const change of changes) {
    writeText(`\n${escapedText(change.title)}\n`);
    writeText(change.shown.map((line) => `  ${escapedText(line)}\n`).join(""));
    if (dryRun) continue;
    if (!yes && !isWanted()) {
      sayNotices([{ where: change.title, what: "not agreed to", done: "stopped" }]);
      return false;
    }
    change.make();
  }
  return true;
}

/** Enter is a yes here: whoever calls setup wants it. */
function isWanted(): boolean {
  const answer = askFor("Do this? [Y/n]");
  return answer !== undefined && /^(?:y(?:es)?)?$/i.test(answer);
}
