/** The schema of the configuration file: its keys, their types and defaults. The only door of valibot. */
import { resolve } from "node:path";
import * as v from "valibot";
import { parseDigest } from "../check/report/digest.js";
import { parseAddress } from "../outlets/mail/addresses.js";
import { defaultTransport } from "../outlets/mail/default-transport.js";
import { parseTransport } from "../outlets/mail/transport-setting.js";
import { mostContext } from "../report/surroundings.js";
import { levels } from "../rules/rule.js";
import { parseLookBack } from "../sources/look-back.js";
import { sourceKindOf, sourceKinds } from "../sources/registry.js";
import type { SourceSettings } from "../sources/source.js";
import type { KeyType, SourceKeys, SourceKind, ValuesOf } from "../sources/source-kind.js";
import { parseByteSize } from "../std/byte-size.js";
import { parseDuration } from "../std/duration.js";
import type { Parsed } from "../std/parsed.js";
import { usualArchiveLimits } from "../store/archive.js";
import { faultText, refused } from "./issue-wording.js";
import { keysBeside, type SchemaNode } from "./known-keys.js";

/** A string that `read` turns into a value, or refuses by saying what it expected. */
function readBy<Value>(read: (text: string) => Parsed<Value>) {
  return v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }): Value => {
      const parsed = read(dataset.value);
      if (parsed.ok) return parsed.value;
      addIssue({ message: refused, expected: parsed.expected });
      return NEVER;
    }),
  );
}

/** One item, or a list of them; `words` say so. */
function oneOrMore<Schema extends v.GenericSchema<string, unknown>>(item: Schema, words: string) {
  return v.pipe(
    v.union([v.string(), v.array(v.string())], words),
    v.transform((value) => (typeof value === "string" ? [value] : value)),
    v.array(item),
  );
}

/** A value of a `[[source]]` table, or undefined. */
type SourceValue = v.GenericSchema<unknown, ValuesOf<SourceKeys>[string]>;

/** A `[[source]]` table of one kind, with the keys that the kind names. */
function sourceTable({ kind, keys }: SourceKind, path: v.GenericSchema<string, string>) {
  const schemaOf: Readonly<Record<KeyType, SourceValue>> = {
    path,
    paths: oneOrMore(path, "a path or a list of paths"),
    names: oneOrMore(v.pipe(v.string(), v.nonEmpty()), "a name or a list of names"),
    "look back": readBy(parseLookBack),
    boolean: v.boolean(),
  };
  const entries = Object.entries(keys).map(([name, { type, isRequired }]): [string, SourceValue] => [
    name,
    isRequired ? schemaOf[type] : v.optional(schemaOf[type]),
  ]);
  return v.strictObject({ ...Object.fromEntries(entries), kind: v.literal(kind) });
}

/** `base` is where relative paths start, `hostname` qualifies addresses without a domain. */
export function configSchema(base: string, hostname: string) {
  const path = v.pipe(
    v.string(),
    v.transform((text) => resolve(base, text)),
  );
  const address = readBy((text) => parseAddress(text, hostname));
  const transport = readBy((text) =>
    parseTransport(/^file:[^/]/.test(text) ? `file:${resolve(base, text.slice("file:".length))}` : text),
  );
  const source = v.pipe(
    v.variant(
      "kind",
      sourceKinds.map((kind) => sourceTable(kind, path)),
    ),
    v.transform(({ kind, ...values }): SourceSettings => sourceKindOf(kind).settingsFrom(values)),
  );
  return v.strictObject({
    mail: v.optional(
      v.strictObject({
        to: v.optional(oneOrMore(address, "an address or a list of addresses"), []),
        from: v.optional(address, "logwinnow"),
        format: v.optional(v.picklist(["html", "text"]), "html"),
        lines: v.optional(v.boolean(), true),
        attach: v.optional(v.boolean(), false),
        transport: v.optional(transport, defaultTransport),
        sendmail: v.optional(path, "/usr/sbin/sendmail"),
        credentials: v.optional(path),
        ca_file: v.optional(path),
        tls: v.optional(v.picklist(["verified", "off"])),
      }),
      {},
    ),
    report: v.optional(
      v.strictObject({
        level: v.optional(v.picklist(levels), "server"),
        group: v.optional(v.boolean(), true),
        context: v.optional(
          v.union([v.boolean(), v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostContext))]),
          true,
        ),
        max_bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(4096)), 64_000),
        digest: v.optional(readBy(parseDigest), "daily 07:00"),
        repeat: v.optional(readBy(parseDuration)),
        /** Of earlier versions, which sent several mails; a report is one now. */
        max_mails: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
      }),
      {},
    ),
    rules: v.optional(
      v.strictObject({
        directories: v.optional(v.array(path)),
        locale: v.optional(v.picklist(["C", "UTF-8"])),
      }),
      {},
    ),
    status: v.optional(v.strictObject({ textfile: v.optional(path) }), {}),
    memory: v.optional(
      v.strictObject({
        days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650)), 100),
        // A stamp without a year is the last one of its day: a line that is a year old would be dated a year late.
        archive_days: v.optional(
          v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(360)),
          usualArchiveLimits.keptDays,
        ),
        archive_size: v.optional(readBy(parseByteSize), "64MiB"),
      }),
      {},
    ),
    origins: v.optional(
      v.strictObject({
        files: v.optional(oneOrMore(path, "a path or a list of paths")),
        reverse_names: v.optional(v.boolean(), false),
      }),
      {},
    ),
    source: v.optional(v.array(source)),
  });
}

export type ConfigDocument = v.InferOutput<ReturnType<typeof configSchema>>;

/** What is wrong with the document, and where in it. */
export interface Mistake {
  readonly path: readonly (string | number)[];
  readonly what: string;
}

/** The document with its defaults, or what is wrong with it. */
export function checkDocument(
  document: unknown,
  base: string,
  hostname: string,
): { readonly value: ConfigDocument } | { readonly mistakes: readonly Mistake[] } {
  const schema = configSchema(base, hostname);
  const result = v.safeParse(schema, document);
  if (result.success) return { value: result.output };
  return {
    mistakes: result.issues.map((issue) => {
      const steps = (issue.path ?? []).map(({ key, input }) => ({ key: key as string | number, input }));
      const path = steps.map(({ key }) => key);
      return { path, what: faultText(issue, String(path.at(-1)), keysBeside(schema as SchemaNode, steps)) };
    }),
  };
}
