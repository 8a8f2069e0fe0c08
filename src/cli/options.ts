/** What the options and operands of several commands share, as yargs takes them. */
import { levels } from "../rules/rule.js";
import { readPeriod } from "./values.js";

export const many = { type: "string", array: true, nargs: 1, requiresArg: true } as const;
export const one = { type: "string", nargs: 1, requiresArg: true } as const;
export const flag = { type: "boolean", default: false } as const;
export const operands = { type: "string", array: true, default: [] as string[] } as const;
export const json = { ...flag, describe: "Print one JSON object per line" } as const;

export const placeOptions = {
  config: { ...one, alias: "c", describe: "The configuration file" },
  state: { ...one, alias: "s", describe: "The state directory" },
} as const;

export const sinceHistory = {
  ...one,
  coerce: readPeriod("since"),
  describe: "How far back to look into the history that is kept",
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
