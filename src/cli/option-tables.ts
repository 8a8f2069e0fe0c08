/** The options and operands of each command, as yargs takes them. */
import { layers } from "../rules/layer.js";
import { parseDuration } from "../std/duration.js";
import { levels } from "../rules/rule.js";

const many = { type: "string", array: true, nargs: 1, requiresArg: true } as const;
const one = { type: "string", nargs: 1, requiresArg: true } as const;
const flag = { type: "boolean", default: false } as const;
const operands = { type: "string", array: true, default: [] as string[] } as const;

export const json = { ...flag, describe: "Print one JSON object per line" } as const;

export const placeOptions = {
  config: { ...one, alias: "c", describe: "The configuration file" },
  state: { ...one, alias: "s", describe: "The state directory" },
} as const;

export const ackOptions = {
  ...placeOptions,
  for: { ...one, default: "7d", coerce: readPeriod("for"), describe: "For how long; 0d takes it back" },
} as const;

export const showOptions = {
  ...placeOptions,
  since: { ...one, default: "24h", coerce: readPeriod("since"), describe: "How far back to look for lines" },
} as const;

export const kindIds = {
  ...operands,
  describe: "The first digits of ids, as a report shows them",
} as const;

export const ruleOptions = {
  rules: { ...many, alias: "r", describe: "A directory of rules to use instead of the usual ones" },
  level: {
    ...one,
    alias: "l",
    choices: levels,
    describe: "Which ignore rules apply",
  },
  locale: { ...one, choices: ["C", "UTF-8"] as const, describe: "How bytes become characters" },
} as const;

export const checkOptions = {
  ...placeOptions,
  ...ruleOptions,
  source: { ...many, describe: "A log or a glob to read instead of the configured ones" },
  "dry-run": { ...flag, alias: "n", describe: "Change nothing and mail nothing" },
  stdout: { ...flag, alias: "o", describe: "Print the report instead of mailing it" },
} as const;

export const filterOptions = {
  ...ruleOptions,
  layer: { ...many, choices: layers, describe: "Which lines to print [default: all but ignored]" },
  group: { ...flag, alias: "g", describe: "Print groups of similar lines with their counts" },
  count: { ...flag, describe: "Print only how many lines remain" },
  explain: { ...flag, alias: "e", describe: "Print the deciding rule before each line" },
  json,
  cache: { type: "boolean", default: true, describe: "Keep the compiled rules on disk between runs" },
  color: { type: "boolean", describe: "Colour the lines by layer [default: on a terminal]" },
} as const;

export const reportOptions = {
  html: { ...flag, describe: "Print it as a page for a browser" },
  state: placeOptions.state,
} as const;

export const acctOptions = {
  user: { ...one, demandOption: true, alias: "u", describe: "The account" },
  days: { ...one, default: "7", alias: "d", coerce: readDays, describe: "How far back to look" },
} as const;

export const importOptions = {
  write: { ...one, describe: "The directory of rules to write to [default: standard output]" },
} as const;

export const importedFiles = {
  ...operands,
  describe: "Filters of fail2ban, such as /etc/fail2ban/filter.d/sshd.conf[mode=aggressive]",
} as const;

const sarif = { ...flag, describe: "Print one SARIF document, for editors and code hosts" } as const;

export const lintOptions = {
  ...ruleOptions,
  json,
  sarif,
  fix: { ...flag, describe: "Mend what is mechanical, and tell each change" },
} as const;

export const checkRulesOptions = {
  ...ruleOptions,
  stdin: { ...flag, describe: "Read the file from standard input" },
  path: {
    ...one,
    default: "ignore.d/local/standard-input",
    describe: "Where the file is, or will be: its directory says what its rules mean",
  },
  json,
  sarif,
} as const;

export const canaryFiles = {
  ...operands,
  describe:
    "Files of lines that must never be hidden, beside those shipped and those in the rule directories",
} as const;

export const lintedFiles = {
  ...operands,
  describe: "Files and directories of rules [default: all that a run reads]",
} as const;

export const testOptions = {
  ...ruleOptions,
  ere: { ...many, alias: "e", describe: "A rule to try" },
  file: { ...many, alias: "f", describe: "A file of rules to try, with its proofs" },
  first: { ...one, default: "3", coerce: readFirst, describe: "How many matches to show of each rule" },
  watch: { ...flag, alias: "w", describe: "Test again whenever a file of rules changes" },
  json,
} as const;

export const testedLogs = {
  ...operands,
  describe: "Logs, plain or compressed [default: standard input]",
} as const;

/** Throws where a test makes no sense. */
export function checkTest(argv: {
  readonly ere?: unknown;
  readonly file?: unknown;
  readonly files: readonly string[];
  readonly watch: boolean;
}): true {
  if (argv.ere === undefined && argv.file === undefined)
    throw new Error("rules test: no rules: --ere or --file");
  if (argv.watch && (argv.file === undefined || argv.files.length === 0))
    throw new Error("--watch: needs a --file of rules, and logs that can be read again");
  return true;
}

export const suggestOptions = {
  ...ruleOptions,
  config: placeOptions.config,
  kind: { ...many, alias: "k", describe: "Only for the kind of this id" },
  against: { ...many, alias: "a", describe: "A log with lines that no rule may hide" },
  json,
} as const;

export const suggestedLogs = {
  ...operands,
  describe: "Logs with the lines to make rules of [default: standard input]",
} as const;

export const ignoreOptions = {
  ...ruleOptions,
  config: placeOptions.config,
  log: { ...many, describe: "A log in which to look what the rule hides" },
  reason: { ...one, describe: "Why, for whoever reads the rule" },
  yes: { ...flag, alias: "y", describe: "Write without asking" },
} as const;

export const ignoredWords = {
  ...operands,
  describe: "Lines, each quoted, or ids of kinds as a report shows them [default: standard input]",
} as const;

export const migrateOptions = {
  "logcheck-conf": {
    ...one,
    default: "/etc/logcheck/logcheck.conf",
    describe: "The configuration to convert",
  },
  output: { ...one, alias: "o", describe: "The file to write [default: standard output]" },
} as const;

export const filterFiles = {
  ...operands,
  describe: "Logs, plain or compressed; - is standard input",
} as const;
export const explainedWords = {
  ...operands,
  describe: "Lines, each quoted, or ids of kinds as a report shows them [default: standard input]",
} as const;
export const acctFiles = { ...operands, describe: "Process accounting files" } as const;

const repeatable: ReadonlySet<string> = new Set([
  ...Object.entries({
    ...checkOptions,
    ...filterOptions,
    ...testOptions,
    ...suggestOptions,
    ...ignoreOptions,
  })
    .filter(([, option]) => "array" in option)
    .flatMap(([name, option]) => ("alias" in option ? [name, option.alias] : [name])),
  "_",
  "files",
  "lines",
  "ids",
  "words",
]);

/** yargs turns an option that is given twice into an array. Throws where only one value makes sense. */
export function refuseRepeated(argv: Record<string, unknown>): true {
  for (const [name, value] of Object.entries(argv))
    if (Array.isArray(value) && !repeatable.has(name))
      throw new Error(`Option --${name} was given more than once`);
  return true;
}

const longestDays = 366;

/** A duration of a year at most, in milliseconds. */
function readPeriod(name: string): (text: string) => number {
  return (text) => {
    const parsed = parseDuration(text);
    if (!parsed.ok) throw new Error(`--${name}: expected ${parsed.expected}, found "${text}"`);
    if (parsed.value > longestDays * 86_400_000)
      throw new Error(`--${name}: expected a year at most, found "${text}"`);
    return parsed.value;
  };
}

function readDays(text: string): number {
  if (!/^[1-9][0-9]{0,3}$/.test(text))
    throw new Error(`--days: expected a number from 1 to 9999, found "${text}"`);
  return Number(text);
}

function readFirst(text: string): number {
  if (!/^[0-9]{1,4}$/.test(text)) throw new Error(`--first: expected a number up to 9999, found "${text}"`);
  return Number(text);
}
