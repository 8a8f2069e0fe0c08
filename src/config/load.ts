/** Finds and reads the configuration, and lets the command line override it. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { usualLookBack } from "../sources/look-back.js";
import { settingsFromArgument } from "../sources/registry.js";
import { systemReason } from "../std/system-error.js";
import { ConfigError } from "./config-error.js";
import { defaultConfig, parseConfig, type Config, type RuleOptions } from "./config.js";
import { defaultConfigFile, defaultRuleDirectories } from "./defaults.js";

/** What the command line says instead of the configuration. */
export interface Overrides extends RuleOptions {
  readonly config?: string;
  readonly sources?: readonly string[];
}

function readConfig(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigError(`${file}: ${systemReason(error)}: nothing done`, { cause: error });
  }
}

/**
 * The configuration from the named file, else from the usual file if it exists, else the defaults; the command line
 * overrides it. Throws ConfigError.
 */
export function loadConfig(overrides: Overrides): Config {
  const file = overrides.config ?? (existsSync(defaultConfigFile) ? defaultConfigFile : undefined);
  const config =
    file === undefined
      ? defaultConfig(defaultRuleDirectories)
      : parseConfig(readConfig(file), file, defaultRuleDirectories);
  const { rules, level, locale, sources } = overrides;
  return {
    ...config,
    rules: {
      ...config.rules,
      directories: rules?.map((path) => ({ path: resolve(path), isNamed: true })) ?? config.rules.directories,
      level: level ?? config.rules.level,
      locale: locale ?? config.rules.locale,
    },
    ...(sources && { sources: sources.map((source) => settingsFromArgument(source, usualLookBack)) }),
  };
}
