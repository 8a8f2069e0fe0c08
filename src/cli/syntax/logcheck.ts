/** Commands for those who come from logcheck: migrate, and its stand-ins. */
import { one } from "../options.js";
import { given, understood } from "../understood.js";
import type { Parser } from "../yargs.js";

const migrateOptions = {
  "logcheck-conf": {
    ...one,
    default: "/etc/logcheck/logcheck.conf",
    describe: "The configuration to convert",
  },
  output: { ...one, alias: "o", describe: "The file to write [default: standard output]" },
} as const;

/** Adds the commands for those who come from logcheck. */
export function addLogcheckCommands(y: Parser): Parser {
  return y
    .command(
      "migrate",
      "Make a logwinnow.toml from logcheck's configuration",
      (y) => y.options(migrateOptions).example("$0 migrate -o /etc/logwinnow/logwinnow.toml", ""),
      ({ "logcheck-conf": logcheckConf, output }) =>
        understood({ name: "migrate", options: { logcheckConf, ...given({ output }) } }),
    )
    .command("logcheck", "Stand in for logcheck, with its options (see logwinnow-logcheck(8))", (y) =>
      y.example("$0 logcheck -o -t  # what logcheck would report now", ""),
    )
    .command("logcheck-test", "Stand in for logcheck-test, with its options");
}
