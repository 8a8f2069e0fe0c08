/** The options and operands of each command, as yargs takes them. */
import { layers } from "../rules/layer.js";
import { levels } from "../rules/rule.js";

const many = { type: "string", array: true, nargs: 1, requiresArg: true } as const;
const one = { type: "string", nargs: 1, requiresArg: true } as const;
const flag = { type: "boolean", default: false } as const;
const operands = { type: "string", array: true, default: [] as string[] } as const;

export const json = { ...flag, describe: "Print an object a line" } as const;

export const placeOptions = {
  config: { ...one, alias: "c", describe: "The configuration file" },
  state: { ...one, alias: "s", describe: "The state directory" },
} as const;

export const ruleOptions = {
  rules: { ...many, alias: "r", describe: "A directory of rules, in place of the usual ones" },
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
  source: { ...many, describe: "A log or a glob, in place of the configured ones" },
  "dry-run": { ...flag, alias: "n", describe: "Move nothing, mail nothing" },
  stdout: { ...flag, alias: "o", describe: "Print the report, do not mail it" },
} as const;

export const filterOptions = {
  ...ruleOptions,
  layer: { ...many, choices: layers, describe: "Which lines to print [default: all but ignored]" },
  group: { ...flag, alias: "g", describe: "Print groups of like lines with their counts" },
  count: { ...flag, describe: "Print only how many lines remain" },
  explain: { ...flag, alias: "e", describe: "Print the deciding rule before each line" },
  json,
  cache: { type: "boolean", default: true, describe: "Keep the automaton on disk between runs" },
  color: { type: "boolean", describe: "Colour the worst lines [default: on a terminal]" },
} as const;

export const acctOptions = {
  user: { ...one, demandOption: true, alias: "u", describe: "The account" },
  days: { ...one, default: "7", alias: "d", coerce: readDays, describe: "How far back to look" },
} as const;

export const migrateOptions = {
  "logcheck-conf": {
    ...one,
    default: "/etc/logcheck/logcheck.conf",
    describe: "The configuration to start from",
  },
  output: { ...one, alias: "o", describe: "The file to make [default: standard output]" },
} as const;

export const filterFiles = {
  ...operands,
  describe: "Logs, plain or compressed; - is standard input",
} as const;
export const explainLines = { ...operands, describe: "The line, quoted; none: standard input" } as const;
export const acctFiles = { ...operands, describe: "Process accounting files" } as const;

const repeatable: ReadonlySet<string> = new Set([
  ...Object.entries({ ...checkOptions, ...filterOptions })
    .filter(([, option]) => "array" in option)
    .flatMap(([name, option]) => ("alias" in option ? [name, option.alias] : [name])),
  "_",
  "files",
  "lines",
]);

/** yargs makes an array of an option that is given twice, also where once is meant. Throws for such a one. */
export function refuseRepeated(argv: Record<string, unknown>): true {
  for (const [name, value] of Object.entries(argv))
    if (Array.isArray(value) && !repeatable.has(name))
      throw new Error(`Option --${name} was given more than once`);
  return true;
}

function readDays(text: string): number {
  if (!/^[1-9][0-9]{0,3}$/.test(text))
    throw new Error(`--days: expected a number from 1 to 9999, found "${text}"`);
  return Number(text);
}
