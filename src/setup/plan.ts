/**
 * Says what setup changes on a system, in the order in which it is done.
 * Promise: what is in place already is no change, so that setup can be run again after whatever stopped it. Changes
 * nothing itself.
 */
import { shippedRuleDirectory } from "../config/defaults.js";
import { aliasChange, aliasRemoval } from "./alias.js";
import { fileChange, type Change } from "./change.js";
import type { Host } from "./host.js";
import { jobChanges, jobRemoval } from "./job.js";
import { logcheckOff, logcheckOn } from "./logcheck-job.js";
import type { LogcheckSettings } from "./logcheck-settings.js";
import { withSettings, type Settings } from "./settings.js";

export interface Answers {
  readonly to: readonly string[];
  readonly transport?: string;
  readonly level?: string;
  readonly digest?: string;
  /** What is taken over from logcheck, which is turned off. Left out: it is left alone. */
  readonly logcheck?: LogcheckSettings;
  /** Whether a log that logcheck reads is none of those that are read without being named. */
  readonly needsItsLogs?: boolean;
}

const configDirectory = "/etc/logwinnow";

/** But for logcheck's positions, which are known once the configuration is written. */
export function setupPlan(host: Host, configFile: string, answers: Answers): readonly Change[] {
  const { to, transport, level, digest, logcheck, needsItsLogs = false } = answers;
  const ruleDirectory = logcheck?.ruleDirectory;
  const settings: Settings = {
    to,
    ...(transport !== undefined && { transport }),
    ...(level !== undefined && { level }),
    ...(digest !== undefined && { digest }),
    ...(ruleDirectory !== undefined && {
      ruleDirectories: [shippedRuleDirectory, configDirectory, ruleDirectory],
    }),
  };
  const logs = needsItsLogs ? logcheck?.logs : undefined;
  const text = withSettings(host.read(configFile) ?? "", settings, configFile, logs);
  const config = fileChange(host, configFile, text, { title: "the configuration" });
  const alias = aliasChange(host);
  return [
    ...(config ? [config] : []),
    ...jobChanges(host),
    ...(alias ? [alias] : []),
    ...(logcheck ? logcheckOff(host) : []),
  ];
}

/** Stops the job, and gives back what setup took. The configuration and the state stay. */
export function removalPlan(host: Host): readonly Change[] {
  const alias = aliasRemoval(host);
  return [...jobRemoval(host), ...(alias ? [alias] : []), ...logcheckOn(host)];
}
