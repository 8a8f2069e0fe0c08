/** Finds and reads the configuration, and puts what the command line says in its place. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { SourceSettings } from "../sources/source.js";
import { systemReason } from "../std/disk.js";
import { ConfigError } from "./config-error.js";
import { defaultConfig, parseConfig, type Config, type RuleOptions } from "./config.js";
import { defaultConfigFile, defaultRuleDirectories } from "./defaults.js";

/** What the command line says in place of the configuration. */
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

/** How far back a first run looks at a source that the command line names. */
const firstRun = { kind: "duration", milliseconds: 24 * 3_600_000 } as const;

function sourceOf(path: string): SourceSettings {
  if (path === "journal") return { kind: "journal", journalctlArguments: [], firstRun };
  const kind = /(^|\/)pacct$/.test(path) ? "pacct" : "file";
  return { kind, paths: [resolve(path)], firstRun, followLinks: false };
}

/**
 * The configuration: of the file named, else of the usual one if it exists, else the defaults; then the command line.
 * Throws ConfigError.
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
      directories: rules?.map((path) => ({ path: resolve(path), isNamed: true })) ?? config.rules.directories,
      level: level ?? config.rules.level,
      locale: locale ?? config.rules.locale,
    },
    ...(sources && { sources: sources.map(sourceOf) }),
  };
}
