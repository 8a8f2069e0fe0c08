/** The only door of yargs: a parser that reads what was written, and no more. */
import yargs, { type Argv } from "yargs";

export type Parser = Argv;

/**
 * In: the word that was begun; all words, the program's name first; what asks yargs, and who takes the answer.
 */
export type Completer = (
  current: string,
  argv: { readonly _: readonly (string | number)[] },
  complete: (take: (error: Error | null, found: string[] | undefined) => void) => void,
  done: (found: string[]) => void,
) => void;

// yargs reads more into arguments than was written; each of these switches one such reading off.
const literalReading = {
  "parse-numbers": false, // 1e3 is a file name
  "parse-positional-numbers": false,
  "dot-notation": false, // --a.b is an unknown option
  "greedy-arrays": false, // --rules DIR FILE: one directory, one file
  "boolean-negation": true,
  "camel-case-expansion": false,
  "strip-aliased": true,
  "duplicate-arguments-array": true,
} as const;

/** A parser of this program's command line that knows no command yet. */
export function makeParser(): Parser {
  return yargs().scriptName("logwinnow").locale("en").parserConfiguration(literalReading);
}
