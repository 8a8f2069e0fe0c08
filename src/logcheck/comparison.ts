/**
 * `logwinnow logcheck --compare`: runs the installed logcheck and this program on copies of the same logs.
 * Promise: changes nothing on the host, mails nothing, and shows each difference with its reason.
 */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { compareReports, readReport, type Difference } from "./tools/compare.js";
import { isFile, isReadable } from "./tools/etc.js";
import { charmapName } from "./tools/host-tools.js";
import { toolLocale } from "./tools/tool-locale.js";
import type { Settings } from "./conf/settings.js";
import type { Level } from "../rules/rule.js";
import { discoverSources } from "../sources/discover.js";
import { escaped } from "../std/text/escape.js";
import { newline } from "../std/text/line-text.js";
import { listedLogs } from "./product.js";
import { loadLogcheckRules } from "./load-rules.js";
import { logcheckSources } from "./sources.js";
import { sayNotices } from "../std/standard-error.js";
import { ownCommand } from "../std/own-command.js";
import { writeText } from "../std/standard-output.js";

/** Where dpkg-divert puts logcheck when a link to logwinnow takes its place. */
const divertedProgram = "/usr/sbin/logcheck.distrib";
const usualProgram = "/usr/sbin/logcheck";

/** Compares whole logs, from their start. Leaves the journal out, because it cannot be copied. */
export async function compareWithLogcheck(
  confText: string,
  settings: Settings,
  level: Level,
): Promise<"explained" | "unexplained"> {
  const directory = mkdtempSync(join(tmpdir(), "logwinnow-compare-"));
  try {
    const names = await logNames(settings);
    for (const name of ["state", "lock", "lists.d"]) mkdirSync(join(directory, name));
    const copies = names.map((name) => copyWholeLines(name, join(directory, "logs", name)));
    writeFileSync(join(directory, "list"), copies.map((copy) => `${copy}\n`).join(""));
    const conf = join(directory, "logcheck.conf");
    writeFileSync(conf, `${confText}\n${confinement(directory, settings, level)}`);

    const theirs = run([isFile(divertedProgram) ? divertedProgram : usualProgram, "-c", conf, "-o", "-t"]);
    const ours = run([...ownCommand(), "logcheck", "-c", conf, "-o", "-t"]);
    const rules = loadLogcheckRules(settings, level, toolLocale(process.env, charmapName));
    const differences = compareReports(theirs.report, ours.report, {
      gaveUp: theirs.status === 0 ? undefined : theirs.error,
      badRules: rules.notices.map(({ where, what }) => `${where}: ${what}`),
      lacksCrackingIgnore:
        settings.usesCrackingIgnore && !isReadable(join(settings.ruleDirectory, "cracking.ignore.d")),
    });
    for (const difference of differences) writeText(describe(difference));
    const unexplained = differences.filter(({ reason }) => reason === undefined).length;
    writeText(
      `${names.length} logs, ${readReport(ours.report).length} lines reported, ` +
        `${differences.length} differences, ${unexplained} of them unexplained\n`,
    );
    return unexplained === 0 ? "explained" : "unexplained";
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function logNames(settings: Settings): Promise<readonly string[]> {
  const now = new Date();
  const logs = listedLogs(settings, toolLocale(process.env, charmapName)).filter(
    ({ kind }) => kind !== "journal",
  );
  const { settings: sources } = logcheckSources(logs, settings.stateDirectory, new Set(), now);
  const found = await discoverSources(sources, new Set(), {
    now,
    hostname: "",
    timestampOf: () => undefined,
  });
  sayNotices(found.notices);
  return found.sources.map(({ name }) => name).filter((name) => isFile(name) && isReadable(name));
}

/** Copies a log up to its last newline: its writer may be in the middle of a line. */
function copyWholeLines(from: string, to: string): string {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  truncateSync(to, readFileSync(to).lastIndexOf(newline) + 1);
  return to;
}

/** Assignments that keep a run inside a directory. The last assignment counts, in bash and here. */
function confinement(directory: string, settings: Settings, level: Level): string {
  const values = {
    REPORTLEVEL: level,
    RULEDIR: settings.ruleDirectory,
    STATEDIR: join(directory, "state"),
    LOCKDIR: join(directory, "lock"),
    LOCKFILE: join(directory, "lock/logcheck"),
    LOGFILES_LIST: join(directory, "list"),
    LOGFILES_LIST_D: join(directory, "lists.d"),
    LOGFILE: "",
    TMP: directory,
  };
  const quoted = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;
  return Object.entries(values)
    .map(([name, value]) => `${name}=${quoted(value)}\n`)
    .join("");
}

function run([command = "", ...words]: readonly string[]) {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  if (error) throw new Error(`${command}: cannot be run: nothing compared`, { cause: error });
  return { status, report: stdout.toString("latin1"), error: stderr.toString().trim().replaceAll("\n", " ") };
}

function describe({ only, heading, line, reason }: Difference): string {
  const where = heading === "" ? "" : `${escaped(heading)}: `;
  return `only ${only}: ${where}${escaped(line)}\n    ${reason === undefined ? "unexplained" : escaped(reason)}\n`;
}
