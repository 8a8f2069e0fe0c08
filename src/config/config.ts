/**
 * Reads the configuration file: TOML, checked against a schema, every key with a default.
 * Promise: it guesses nothing. An error names file, line and key, what was expected and what was found.
 */
import { dirname, resolve } from "node:path";
import type { CheckSettings } from "../check/settings.js";
import type { Locale } from "../ere/index.js";
import type { MailSettings } from "../outlets/mail/settings.js";
import type { Level } from "../rules/rule.js";
import { mailDomain } from "../std/host-name.js";
import { ConfigError } from "./config-error.js";
import { checkDocument, type ConfigDocument, type Mistake } from "./schema.js";
import { localeOf } from "./locale.js";
import { lineOfKey, parseToml, TomlError } from "./toml.js";

/** The rules to use instead of the configured ones. */
export interface RuleOptions {
  readonly rules?: readonly string[];
  readonly level?: Level;
  readonly locale?: Locale;
}

export interface Config extends CheckSettings {
  readonly mail: MailSettings;
  /** Where each run writes figures for Prometheus. Left out: nowhere. */
  readonly textfile?: string;
}

function toConfig(
  { mail, report, rules, memory, origins, status, source }: ConfigDocument,
  ruleDirectories: readonly string[],
): Config {
  return {
    mail: {
      to: mail.to,
      from: mail.from,
      format: mail.format,
      attach: mail.attach,
      transport: mail.transport,
      sendmail: mail.sendmail,
      ...(mail.credentials !== undefined && { credentials: mail.credentials }),
      ...(mail.ca_file !== undefined && { certificateAuthorities: mail.ca_file }),
      ...(mail.tls !== undefined && { tls: mail.tls }),
    },
    report: {
      group: report.group,
      context: report.context,
      lines: mail.lines,
      maxBytes: report.max_bytes,
      digest: report.digest,
      ...(report.repeat !== undefined && { repeatMs: report.repeat }),
      ...(origins.reverse_names && { reverseNames: {} }),
    },
    rules: {
      directories: (rules.directories ?? ruleDirectories).map((path) => ({
        path,
        isNamed: rules.directories !== undefined,
      })),
      level: report.level,
      locale: rules.locale ?? localeOf(process.env),
      ...(origins.files && { origins: { files: origins.files } }),
    },
    kindDays: memory.days,
    archive: { keptDays: memory.archive_days, maxBytes: memory.archive_size },
    ...(status.textfile !== undefined && { textfile: status.textfile }),
    ...(source && { sources: source }),
  };
}

/** The line of a key, or of the nearest enclosing table that exists. */
function placeOf(path: readonly (string | number)[], file: string, text: string): string {
  for (let length = path.length; length > 0; length--) {
    const line = lineOfKey(text, path.slice(0, length));
    if (line !== undefined) return `${file}:${line}`;
  }
  return file;
}

function describe({ path, what }: Mistake, file: string, text: string): string {
  const key = path.map((part) => (typeof part === "number" ? `[${part + 1}]` : part)).join(".");
  return `${placeOf(path, file, text)}: ${key}: ${what}: configuration not used`;
}

/**
 * Reads the text of a configuration file. Relative paths in it start at its directory. `ruleDirectories` are used
 * when it names none. Throws a ConfigError that names every mistake, one per line.
 */
export function parseConfig(text: string, file: string, ruleDirectories: readonly string[]): Config {
  let document: unknown;
  try {
    document = parseToml(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = error.message.split("\n", 1)[0]?.replace(/^Invalid TOML document: /, "");
    throw new ConfigError(`${file}:${error.line}:${error.column}: ${reason}: configuration not used`);
  }
  const checked = checkDocument(document, resolve(dirname(file)), mailDomain().name);
  if ("mistakes" in checked) {
    throw new ConfigError(checked.mistakes.map((mistake) => describe(mistake, file, text)).join("\n"));
  }
  return toConfig(checked.value, ruleDirectories);
}

/** The configuration without a file. */
export function defaultConfig(ruleDirectories: readonly string[]): Config {
  return parseConfig("", "/", ruleDirectories);
}
