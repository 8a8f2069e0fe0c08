/**
 * logcheck's command line, read as bash's getopts reads it.
 * Promise: the same options, in the same order, up to the same word.
 */

export interface Option {
  readonly flag: string;
  /** Empty for a flag that takes none. */
  readonly value: string;
}

export interface CommandLine {
  /** In the order given, up to the first operand or complaint. */
  readonly options: readonly Option[];
  /** What is wrong with the option that reading stopped at, in getopts' words, without the program's name. */
  readonly complaint: string | undefined;
}

/** Flags followed by a colon take a value. */
const takenFlags = "c:dhH:l:L:D:m:opr:RsS:tTuvw";

/** Reads the words after the program's name. Operands are ignored, as logcheck ignores them. */
export function readCommandLine(words: readonly string[]): CommandLine {
  const options: Option[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (!word.startsWith("-") || word === "-" || word === "--") break;
    for (let at = 1; at < word.length; at++) {
      const flag = word[at] ?? "";
      const place = flag === ":" ? -1 : takenFlags.indexOf(flag);
      if (place < 0) return { options, complaint: `illegal option -- ${flag}` };
      if (takenFlags[place + 1] !== ":") {
        options.push({ flag, value: "" });
        continue;
      }
      const value = at + 1 < word.length ? word.slice(at + 1) : words[++index];
      if (value === undefined) return { options, complaint: `option requires an argument -- ${flag}` };
      options.push({ flag, value });
      break;
    }
  }
  return { options, complaint: undefined };
}

/** What `-h` prints. */
export const usage = `usage: logcheck [OPTION]...
Reports what was logged since the last run and is not ignored by the rules.

  -c FILE   configuration, instead of /etc/logcheck/logcheck.conf
  -d        say on standard error which settings have no effect
  -D DIR    directory of *.logfiles lists
  -h        print this help
  -H HOST   host name for the subject of the mail
  -l LOG    check only this log
  -L FILE   list of logs; the lists in the directory of -D are read as well
  -m MAIL   recipient of the report
  -o        print the report and mail nothing
  -p        level paranoid
  -r DIR    directory of rules
  -R        put "Reboot:" in the subject
  -s        level server
  -S DIR    directory of logcheck's offsets
  -t        report, but do not advance the offsets
  -T        accepted; there is no temporary directory to keep
  -u        run syslog-summary over each section
  -v        print the version
  -w        level workstation
`;
