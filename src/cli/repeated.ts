/** Options that are given twice. */
import { checkOptions, filterOptions } from "./syntax/logs.js";
import { setupOptions } from "./syntax/setup.js";
import { testMailOptions } from "./syntax/reports.js";
import { replayOptions, testOptions } from "./syntax/rule-checks.js";
import { ignoreOptions, raiseOptions, suggestOptions } from "./syntax/rule-makers.js";

const repeatable: ReadonlySet<string> = new Set([
  ...Object.entries({
    ...checkOptions,
    ...filterOptions,
    ...testMailOptions,
    ...setupOptions,
    ...testOptions,
    ...replayOptions,
    ...suggestOptions,
    ...ignoreOptions,
    ...raiseOptions,
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
