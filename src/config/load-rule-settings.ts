/** Decides which rules apply, for commands that need nothing else from the configuration. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { RuleSettings } from "../rules/rule-settings.js";
import type { RuleOptions } from "./config.js";
import { localeOf } from "./locale.js";
import { defaultConfigFile, defaultRuleDirectories } from "./defaults.js";

/** The command line's rules, else the configuration's, else the default ones. Throws ConfigError. */
export async function loadRuleSettings(options: RuleOptions): Promise<RuleSettings> {
  if (options.rules === undefined && existsSync(defaultConfigFile)) {
    const { loadConfig } = await import("./load.js");
    return loadConfig(options).rules;
  }
  const named = options.rules?.map((path) => ({ path: resolve(path), isNamed: true }));
  return {
    directories: named ?? defaultRuleDirectories.map((path) => ({ path, isNamed: false })),
    level: options.level ?? "server",
    locale: options.locale ?? localeOf(process.env),
  };
}
