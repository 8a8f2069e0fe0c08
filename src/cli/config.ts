/**
 * Reads the configuration file: TOML, checked against a schema, every key with a default.
 * Promise: nothing is guessed. An error names file, line, key, what was expected and what was found.
 */
import * as v from "valibot";
import { lineOfKey, parseToml, TomlError } from "./toml.js";
import type { Level } from "../rules/rule.js";
import type { LookBack, SourceSettings } from "../sources/source.js";
import type { Locale } from "../automata/pattern-set.js";
import { parseLookBack } from "./look-back.js";

export interface MailSettings {
  readonly to: readonly string[];
  /** Unset: logwinnow@ the fully qualified host name. */
  readonly from?: string;
  /** "sendmail", "smtp://host:port", "smtps://host:port" or "file:DIRECTORY". */
  readonly transport: string;
  readonly sendmail: string;
  /** A file of mode 0600 with the user on its first line and the password on its second. */
  readonly credentials?: string;
  /** A PEM file of certificate authorities to trust in place of the system's. */
  readonly certificateAuthorities?: string;
}

export interface ReportSettings {
  readonly level: Level;
  readonly group: boolean;
  readonly maxBytes: number;
  readonly maxMails: number;
}

export interface Config {
  readonly mail: MailSettings;
  readonly report: ReportSettings;
  readonly rules: { readonly directories: readonly string[]; readonly locale?: Locale };
  /** Unset: those of the usual logs that exist. */
  readonly sources?: readonly SourceSettings[];
}

/** A configuration that cannot be used. The message is meant for the user; the exit status is 78. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const strings = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => (typeof value === "string" ? [value] : value)),
);

const lookBack = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): LookBack => {
    const parsed = parseLookBack(dataset.value);
    if (parsed) return parsed;
    addIssue({ message: "look back", expected: '"24h", "1MiB", "all" or "none"' });
    return NEVER;
  }),
);

const transport = v.pipe(
  v.string(),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || /^(sendmail|smtps?:\/\/[^/?#\s]+\/?|file:.+)$/.test(dataset.value)) return;
    const expected = '"sendmail", "smtp://HOST:PORT", "smtps://HOST:PORT" or "file:DIRECTORY"';
    addIssue({ message: "transport", expected });
  }),
);

const firstRunDefault = "24h";

const fileSource = v.strictObject({
  kind: v.picklist(["file", "pacct"]),
  path: strings,
  first_run: v.optional(lookBack, firstRunDefault),
  follow_links: v.optional(v.boolean(), false),
});

const journalSource = v.strictObject({
  kind: v.literal("journal"),
  directory: v.optional(v.string()),
  file: v.optional(v.string()),
  first_run: v.optional(lookBack, firstRunDefault),
});

const schema = v.strictObject({
  mail: v.optional(
    v.strictObject({
      to: v.optional(strings, []),
      from: v.optional(v.string()),
      transport: v.optional(transport, "sendmail"),
      sendmail: v.optional(v.string(), "/usr/sbin/sendmail"),
      credentials: v.optional(v.string()),
      ca_file: v.optional(v.string()),
    }),
    {},
  ),
  report: v.optional(
    v.strictObject({
      level: v.optional(v.picklist(["paranoid", "server", "workstation"]), "server"),
      group: v.optional(v.boolean(), true),
      max_bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(4096)), 1_048_576),
      max_mails: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 4),
    }),
    {},
  ),
  rules: v.optional(
    v.strictObject({
      directories: v.optional(v.array(v.string())),
      locale: v.optional(v.picklist(["C", "UTF-8"])),
    }),
    {},
  ),
  source: v.optional(v.array(v.variant("kind", [fileSource, journalSource]))),
});

type Document = v.InferOutput<typeof schema>;

/** Drops the keys that are undefined, for types in which a key is there or not. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function toSourceSettings(source: NonNullable<Document["source"]>[number]): SourceSettings {
  if (source.kind === "journal") {
    const journalctlArguments = [
      ...(source.directory === undefined ? [] : ["--directory", source.directory]),
      ...(source.file === undefined ? [] : ["--file", source.file]),
    ];
    return { kind: "journal", journalctlArguments, firstRun: source.first_run };
  }
  return {
    kind: source.kind,
    paths: source.path,
    firstRun: source.first_run,
    followLinks: source.follow_links,
  };
}

function toConfig(document: Document, defaultDirectories: readonly string[]): Config {
  const { mail, report, rules } = document;
  return {
    mail: {
      to: mail.to,
      transport: mail.transport,
      sendmail: mail.sendmail,
      ...defined({ from: mail.from, credentials: mail.credentials, certificateAuthorities: mail.ca_file }),
    },
    report: {
      level: report.level,
      group: report.group,
      maxBytes: report.max_bytes,
      maxMails: report.max_mails,
    },
    rules: {
      directories: rules.directories ?? defaultDirectories,
      ...defined({ locale: rules.locale }),
    },
    ...defined({ sources: document.source?.map(toSourceSettings) }),
  };
}

/** The line of a key, or of the nearest table around it that is there. */
function placeOf(path: readonly (string | number)[], file: string, text: string): string {
  for (let length = path.length; length > 0; length--) {
    const line = lineOfKey(text, path.slice(0, length));
    if (line !== undefined) return `${file}:${line}`;
  }
  return file;
}

function describe(issue: v.BaseIssue<unknown>, file: string, text: string): string {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  const key = path.map((part) => (typeof part === "number" ? `[${part + 1}]` : part)).join(".");
  const what =
    issue.expected === "never"
      ? "no such key"
      : issue.received === "undefined"
        ? "missing"
        : `expected ${issue.expected ?? issue.message}, found ${issue.received}`;
  return `${placeOf(path, file, text)}: ${key}: ${what}: configuration not used`;
}

/**
 * Checks the text of a configuration file. `file` is for messages only.
 * Throws ConfigError that names every mistake, a line each.
 */
export function parseConfig(text: string, file: string, defaultDirectories: readonly string[]): Config {
  let document: unknown;
  try {
    document = parseToml(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = error.message.split("\n", 1)[0]?.replace(/^Invalid TOML document: /, "");
    throw new ConfigError(`${file}:${error.line}:${error.column}: ${reason}: configuration not used`);
  }
  const result = v.safeParse(schema, document);
  if (!result.success) {
    throw new ConfigError(result.issues.map((issue) => describe(issue, file, text)).join("\n"));
  }
  return toConfig(result.output, defaultDirectories);
}

/** What holds without a configuration file. */
export function defaultConfig(defaultDirectories: readonly string[]): Config {
  return toConfig(v.parse(schema, {}), defaultDirectories);
}
