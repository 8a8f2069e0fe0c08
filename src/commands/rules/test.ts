/**
 * `logwinnow rules test`: what rules would do to logs, before they do it.
 * Promise: no rule is changed, and a proof that fails makes the outcome "failed".
 */
import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { readHistory } from "../../check/history/kept-history.js";
import type { Config, RuleOptions } from "../../config/config.js";
import { loadRules } from "../../rules/files/load-rules.js";
import { listOfDirectory } from "../../rules/files/rule-directories.js";
import { readRuleFile } from "../../rules/files/rule-file.js";
import type { RuleSettings } from "../../rules/rule-settings.js";
import type { Rule } from "../../rules/rule.js";
import { readInputs } from "../../sources/read-inputs.js";
import { loggedHostNames } from "../../std/host-name.js";
import type { Notice } from "../../std/notice.js";
import { sayNotices } from "../../std/standard-error.js";
import { writeText } from "../../std/standard-output.js";
import { ownStateDirectory } from "../../store/places.js";
import { proveRuleFile } from "../../workshop/proofs.js";
import { trialJson, trialText } from "../../workshop/trial-text.js";
import { Trial } from "../../workshop/trial.js";
import { sayHistory } from "./history.js";

export interface RulesTestOptions extends RuleOptions {
  /** EREs to try. */
  readonly eres: readonly string[];
  /** Files of rules to try. */
  readonly ruleFiles: readonly string[];
  /** Logs; empty: standard input, but where the kept history is looked into. */
  readonly files: readonly string[];
  /** How far back to look into the kept history. Left out: it is not. */
  readonly sinceMs?: number;
  readonly config?: string;
  readonly state?: string;
  readonly first: number;
  readonly watch: boolean;
  readonly json: boolean;
}

export type RulesTestOutcome = "passed" | "failed" | "trouble";

/** With `watch` it ends when the process is stopped. */
export async function rulesTest(
  options: RulesTestOptions,
  settings: RuleSettings,
  config: () => Config,
): Promise<RulesTestOutcome> {
  for (;;) {
    // Taken before the test: what changes meanwhile is tested again.
    const tested = stateOf(options.ruleFiles);
    const outcome = await testOnce(options, settings, config);
    if (!options.watch) return outcome;
    // An editor may put another file in its place: for a moment there is none.
    while (stateOf(options.ruleFiles) === tested || !options.ruleFiles.every(existsSync))
      await setTimeout(watchIntervalMs);
    writeText(`\n-- ${new Date().toTimeString().slice(0, 8)}: rules changed\n`);
  }
}

const watchIntervalMs = 300;

/** Another text where a file was changed or replaced. */
function stateOf(paths: readonly string[]): string {
  return paths
    .map((path) => {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : "";
    })
    .join("\n");
}

async function testOnce(
  options: RulesTestOptions,
  settings: RuleSettings,
  config: () => Config,
): Promise<RulesTestOutcome> {
  const ruleFiles = options.ruleFiles.map((path) => resolve(path));
  const read = ruleFiles.map((path) => {
    const list = listOfDirectory(dirname(path))?.list ?? "ignored";
    return readRuleFile({ path, list: list === "accounting" ? "ignored" : list });
  });
  const given = options.eres.map((ere, index): Rule => {
    const text = Buffer.from(ere).toString("latin1");
    return { list: "ignored", file: "command line", line: index + 1, text };
  });
  const tried = [...read.flatMap(({ rules }) => rules), ...given];
  // What is tried anew does not stand beside itself.
  const others = loadRules(settings).rules.filter(({ file }) => !ruleFiles.includes(file));
  const trial = new Trial(tried, others, {
    locale: settings.locale,
    widensHeaders: true,
    hosts: loggedHostNames(),
    mostFirst: options.first,
  });
  const isOfTried = ({ where }: Notice): boolean =>
    tried.some(({ file, line }) => isPlace(where, file, line));
  const faults = [...read.flatMap(({ notices }) => notices), ...trial.notices.filter(isOfTried)];
  sayNotices(faults);
  const { sinceMs: lookBackMs, state = ownStateDirectory() } = options;
  if (lookBackMs !== undefined) {
    const history = await readHistory(trial, config(), { state, lookBackMs, now: new Date() });
    sayHistory(history, "the rest is not looked at");
  }
  const isProofOnly =
    options.files.length === 0 &&
    (lookBackMs !== undefined || (options.eres.length === 0 && process.stdin.isTTY));
  const isWhole =
    isProofOnly ||
    (await readInputs(
      options.files,
      () => trial.buffer,
      (chunk) => trial.take(chunk),
    ));
  const proofs = ruleFiles.flatMap((path) => proveRuleFile(path, (line) => trial.matching(line)));
  writeText(options.json ? trialJson(trial, proofs) : trialText(trial, proofs));
  if (!isWhole) return "trouble";
  return faults.length > 0 || proofs.some(({ failed }) => failed.length > 0) ? "failed" : "passed";
}

function isPlace(where: string, file: string, line: number): boolean {
  return where === `${file}:${line}` || where.startsWith(`${file}:${line}:`);
}
