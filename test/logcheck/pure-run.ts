/**
 * Runs the room's functions over a logcheck host in memory: reads its files whole, matches, composes.
 * Promise: nothing of the walk is in it, so that what it finds is about classification and format alone.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compose, type Outcome } from "../../src/logcheck/compose.js";
import { readConf } from "../../src/logcheck/conf.js";
import { toolLocale } from "../../src/logcheck/locale.js";
import { dateText, hostname, systemSort } from "../../src/logcheck/host-tools.js";
import { readLogList } from "../../src/logcheck/log-lists.js";
import { readCommandLine } from "../../src/logcheck/options.js";
import { buildRuleTree, levelsOf, type NamedFile } from "../../src/logcheck/rule-tree.js";
import { isPlaced } from "../../src/logcheck/sections.js";
import { compileTree, createPlacementSieve } from "../../src/logcheck/sieve.js";
import { settle, type Settings } from "../../src/logcheck/settings.js";
import type { LogcheckHost } from "./oracle.js";

function filesOf(directory: string): NamedFile[] {
  if (!existsSync(directory)) return [];
  const files = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => ({
    name,
    path: join(directory, name),
    bytes: readFileSync(join(directory, name)),
  }));
}

function optionalFile(path: string): Uint8Array {
  return existsSync(path) ? readFileSync(path) : Buffer.of();
}

/** What the room makes of the host. Reads every log from its start. */
export function runPure(
  host: LogcheckHost,
  flags: readonly string[],
  environment: Readonly<Record<string, string>>,
): { outcome: Outcome; settings: Settings } {
  const conf = readConf(readFileSync(host.path("etc/logcheck.conf"), "utf8"));
  if (conf.refusals.length > 0) throw new Error(`refused: ${JSON.stringify(conf.refusals)}`);
  const { settings } = settle(conf, readCommandLine(flags).options, {
    date: dateText,
    hostname,
  });
  if (!settings.reportLevel) throw new Error("no level");
  const locale = toolLocale(environment, () => "ANSI_X3.4-1968");
  const rules = settings.ruleDirectory;
  const tree = buildRuleTree(
    {
      cracking: filesOf(join(rules, "cracking.d")),
      crackingIgnore: settings.usesCrackingIgnore ? filesOf(join(rules, "cracking.ignore.d")) : [],
      violations: filesOf(join(rules, "violations.d")),
      violationsIgnore: filesOf(join(rules, "violations.ignore.d")),
      ignore: levelsOf(settings.reportLevel).flatMap((level) => filesOf(join(rules, `ignore.d.${level}`))),
    },
    locale.characters,
  );
  const sieve = createPlacementSieve(tree, compileTree(tree, locale.characters).set);
  const lists = [
    settings.listFile,
    ...readdirSync(settings.listDirectory).map((name) => join(settings.listDirectory, name)),
  ];
  const logs = lists
    .flatMap((list) => readLogList(readFileSync(list), locale.characters))
    .flatMap((log) => (log.kind === "path" ? [log.path] : []));
  const errors = logs.filter((log) => !existsSync(log)).map((log) => `E: File could not be read: ${log}`);
  const kept = logs
    .filter((log) => existsSync(log))
    .map((name) => {
      const text = readFileSync(name, "latin1");
      const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
      return {
        name,
        lines: lines
          .map((line) => {
            const bytes = Buffer.from(line, "latin1");
            return { bytes, placement: sieve.siftLine(bytes) };
          })
          .filter(({ placement }) => isPlaced(placement)),
      };
    });
  const outcome = compose(
    {
      logs: kept,
      errors,
      ruleErrors: [],
      warnings: [],
      hasNews: false,
      isFirstJournal: false,
      header: optionalFile(join(rules, "header.txt")),
      footer: optionalFile(join(rules, "footer.txt")),
    },
    tree,
    settings,
    locale,
    systemSort,
  );
  return { outcome, settings };
}
