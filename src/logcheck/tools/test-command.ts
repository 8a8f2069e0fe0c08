/**
 * logcheck-test's command line, and the text it prints besides the lines.
 * Promise: the same arguments mean the same, and each mistake has the same exit status.
 */

/** What the command line needs to know about files. Links are followed, except by `isLink`. */
export interface FileFacts {
  isFile(path: string): boolean;
  isLink(path: string): boolean;
  isPipe(path: string): boolean;
  isReadable(path: string): boolean;
}

export type RuleInput = { readonly text: string } | { readonly file: string };

/** Prints the lines that match any rule of `rule`; inverted, the lines that match none. */
export interface TestRun {
  readonly kind: "run";
  readonly log: string;
  readonly rule: RuleInput;
  readonly isInverted: boolean;
  readonly isQuiet: boolean;
  /** About options without effect, for standard error. */
  readonly warnings: readonly string[];
}

export type TestRequest =
  | TestRun
  | { readonly kind: "help" }
  | { readonly kind: "mistake"; readonly status: number; readonly message: string };

/** What `-e` puts around the rule: the time and the host before it, the end of the line after it. */
const usualSurroundings = { prefix: "^[[:alpha:]]{3} [ :[:digit:]]{11} [._[:alnum:]-]+ ", suffix: "$" };

class Mistake extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Reads the words after the program's name. An empty word ends the command line, as in logcheck-test. */
export function readTestCommandLine(words: readonly string[], files: FileFacts): TestRequest {
  try {
    return readWords(words, files);
  } catch (error) {
    if (error instanceof Mistake) return { kind: "mistake", status: error.status, message: error.message };
    throw error;
  }
}

function readWords(words: readonly string[], files: FileFacts): TestRequest {
  let [log, prefix, suffix, ruleFile, rule] = ["", "", "", "", ""];
  let [isInverted, isQuiet] = [false, false];
  const warnings: string[] = [];
  let index = 0;

  function next(status: number, message: string): string {
    const word = words[index++];
    if (!word) throw new Mistake(status, message);
    return word;
  }

  function takeLog(path: string, option: string): boolean {
    if (log !== "") warnings.push(`option ${option} ignored: reading "${log}"`);
    else log = path;
    return log === path;
  }

  while (words[index]) {
    const word = words[index++] ?? "";
    switch (word) {
      case "-r":
      case "--rule-file":
        ruleFile = next(4, `${word} needs a rule file`);
        if (!files.isFile(ruleFile) && !files.isLink(ruleFile))
          throw new Mistake(5, `"${ruleFile}" is neither a file nor a link`);
        if (!files.isReadable(ruleFile)) throw new Mistake(6, `"${ruleFile}" cannot be read`);
        break;
      case "-l":
      case "--log-file": {
        const path = next(7, `${word} needs a log file`);
        if (takeLog(path, `-l ${path}`) && !files.isFile(path) && !files.isPipe(path))
          throw new Mistake(8, `"${path}" is neither a file nor a pipe`);
        break;
      }
      case "-a":
      case "--auth.log":
        takeLog("/var/log/auth.log", "-a");
        break;
      case "-s":
      case "--syslog":
        takeLog("/var/log/syslog", "-s");
        break;
      case "-q":
      case "--quiet":
        isQuiet = true;
        break;
      case "-i":
      case "--invert-match":
        isInverted = true;
        break;
      case "-e":
      case "--surround-rule":
        if (prefix !== "") throw new Mistake(9, "-e must come before -P");
        if (suffix !== "") throw new Mistake(10, "-e must come before -S");
        ({ prefix, suffix } = usualSurroundings);
        break;
      case "-P":
      case "--append-prefix":
        prefix += next(11, "-P needs an argument");
        break;
      case "-S":
      case "--prepend-suffix":
        suffix += next(12, "-S needs an argument");
        break;
      case "-h":
      case "--help":
        return { kind: "help" };
      default:
        if (word.startsWith("-")) throw new Mistake(13, `${word}: no such option`);
        if (ruleFile !== "") throw new Mistake(16, "give a rule or a rule file, not both");
        rule = word;
        if (words[index]) throw new Mistake(14, "options must come before the rule");
    }
  }
  if (log === "") throw new Mistake(2, "which log: -a, -s or -l LOGFILE?");
  if (!files.isReadable(log)) throw new Mistake(3, `"${log}" cannot be read`);
  if (ruleFile !== "") return { kind: "run", log, rule: { file: ruleFile }, isInverted, isQuiet, warnings };
  if (rule === "") throw new Mistake(15, "no rule given");
  return { kind: "run", log, rule: { text: `${prefix}${rule}${suffix}` }, isInverted, isQuiet, warnings };
}

/** What follows the lines, unless `-q` is given. */
export function testSummary(run: TestRun): string {
  const used = "file" in run.rule ? `used rule file: ${run.rule.file}` : `used rule: '${run.rule.text}'`;
  return `${"=".repeat(80)}\nparsed file: ${run.log}\n${used}\n`;
}

/** What `-h` prints. */
export const testUsage = `usage: logcheck-test [OPTION]... [RULE]
Shows the lines of a log that a rule matches, without their trailing white space.

  -a, --auth.log               read /var/log/auth.log
  -e, --surround-rule          put the usual beginning and end around RULE
  -h, --help                   print this help
  -i, --invert-match           show the lines that do not match
  -l, --log-file LOGFILE       read LOGFILE
  -P, --append-prefix PREFIX   put PREFIX before RULE, after any earlier prefix
  -q, --quiet                  print no summary
  -r, --rule-file RULEFILE     take the rules from RULEFILE
  -s, --syslog                 read /var/log/syslog
  -S, --prepend-suffix SUFFIX  put SUFFIX after RULE, after any earlier suffix
`;
