/** What logcheck's configuration says of mail, rules and logs. */
import { readConf } from "../logcheck/conf/conf.js";
import type { ListedLog } from "../logcheck/conf/log-lists.js";
import { settle } from "../logcheck/conf/settings.js";
import { LogcheckError, readLogLists } from "../logcheck/tools/etc.js";
import { dateText, hostname } from "../logcheck/tools/host-tools.js";
import type { Host } from "./host.js";

const confPath = "/etc/logcheck/logcheck.conf";
/** logwinnow reads it without being told. */
const usualRuleDirectory = "/etc/logcheck";

export interface LogcheckSettings {
  readonly recipients: readonly string[];
  readonly level?: string;
  /** Where its rules are, if it is another place than the usual one. */
  readonly ruleDirectory?: string;
  readonly logs: readonly ListedLog[];
}

/** Undefined where logcheck is not installed. */
export function logcheckSettings(host: Host): LogcheckSettings | undefined {
  const text = host.read(confPath);
  if (text === undefined) return undefined;
  const { settings } = settle(readConf(text), [], { date: dateText, hostname });
  const recipients = settings.recipients
    .split(",")
    .map((address) => address.trim())
    .filter((address) => address !== "" && address !== "logcheck");
  return {
    recipients,
    ...(settings.reportLevel && { level: settings.reportLevel }),
    ...(settings.ruleDirectory !== usualRuleDirectory && { ruleDirectory: settings.ruleDirectory }),
    logs: logsOf(host, settings),
  };
}

/** Its lists are those of the running system: they name files of it. */
function logsOf(host: Host, settings: Parameters<typeof readLogLists>[0]): readonly ListedLog[] {
  if (!host.isRunning) return [];
  try {
    return readLogLists(settings, "C");
  } catch (error) {
    if (error instanceof LogcheckError) return [];
    throw error;
  }
}
