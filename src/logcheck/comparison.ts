/**
 * `logwinnow logcheck --compare`: the installed logcheck and ours on copies of the same logs.
 * Promise: nothing of the host's own is moved or mailed, and each difference is shown with its reason.
 */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { compareReports, readReport, type Difference } from "./tools/compare.js";
import { isFile, isReadable } from "./tools/etc.js";
import { charmapName } from "./tools/host-tools.js";
import { toolLocale } from "./tools/locale.js";
import type { ReportLevel, Settings } from "./conf/settings.js";
import { discoverSources } from "../sources/discover.js";
import { escaped } from "../std/escape.js";
import { formatNotice } from "../std/notice.js";
import { listedLogs } from "./product.js";
import { loadLogcheckRules } from "./load-rules.js";
import { logcheckSources } from "./sources.js";
import { writeText } from "../std/standard-output.js";

/** Where dpkg-divert leaves logcheck once a link to us stands in its place. */
const divertedProgram = "/usr/sbin/logcheck.distrib";
const usualProgram = "/usr/sbin/logcheck";
const newline = 0x0a;

/** Logs are compared whole, from their start; the journal is left out, since it cannot be copied. */
export async function compareWithLogcheck(
  confText: string,
  settings: Settings,
  level: ReportLevel,
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
    const ours = run([
      process.execPath,
      realpathSync(process.argv[1] ?? ""),
      "logcheck",
      "-c",
      conf,
      "-o",
      "-t",
    ]);
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
  for (const notice of found.notices) process.stderr.write(`${formatNotice(notice)}\n`);
  return found.sources.map(({ name }) => name).filter((name) => isFile(name) && isReadable(name));
}

/** Copies a log without what follows its last newline: its writer may be in the middle of a line. */
function copyWholeLines(from: string, to: string): string {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  truncateSync(to, readFileSync(to).lastIndexOf(newline) + 1);
  return to;
}

/** Assignments that keep a run inside a directory. In bash, and in ours, the last assignment counts. */
function confinement(directory: string, settings: Settings, level: ReportLevel): string {
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
