/** Commands about reports, and what became of them: report, show, ack, spool, test-mail, status. */
import { flag, json, many, one, operands, placeOptions } from "../options.js";
import { readPeriod } from "../values.js";
import { afterDashes, given, understood } from "../understood.js";
import type { Parser } from "../yargs.js";

const reportOptions = {
  html: { ...flag, describe: "Print it as a page for a browser" },
  state: placeOptions.state,
} as const;

export const testMailOptions = {
  ...placeOptions,
  to: { ...many, describe: "An address that gets it instead of the configured ones" },
} as const;

const statusOptions = {
  ...placeOptions,
  json,
  prometheus: {
    ...flag,
    describe: "Print figures for node_exporter's textfile collector",
  },
} as const;

/** Throws where two forms are asked for. */
function checkStatus({
  json: isJson,
  prometheus,
}: {
  readonly json: boolean;
  readonly prometheus: boolean;
}): true {
  if (isJson && prometheus) throw new Error("status: --json or --prometheus, not both");
  return true;
}

const showOptions = {
  ...placeOptions,
  since: { ...one, default: "24h", coerce: readPeriod("since"), describe: "How far back to look for lines" },
  json,
} as const;

const ackOptions = {
  ...placeOptions,
  new: { ...flag, describe: "All kinds that were new in the newest report, but alarms and violations" },
  for: { ...one, default: "7d", coerce: readPeriod("for"), describe: "For how long; 0d takes it back" },
} as const;

const kindIds = {
  ...operands,
  describe: "The first digits of ids, as a report shows them",
} as const;

/** Adds the commands about reports. */
export function addReportCommands(y: Parser): Parser {
  return y
    .command(
      "report [id]",
      "Print a whole report that an earlier run made",
      (y) =>
        y
          .positional("id", { type: "string", describe: "As the mail names it [default: the newest]" })
          .options(reportOptions)
          .example("$0 report 7c19", "")
          .example("$0 report 7c19 --html > report.html  # with search and filters", ""),
      ({ id, html, state }) => understood({ name: "report", options: { ...given({ id, state }), html } }),
    )
    .command(
      "show <id>",
      "Show a kind of lines that a report named, and its lines",
      (y) =>
        y
          .positional("id", { type: "string", demandOption: true, describe: "As the report shows it" })
          .options(showOptions)
          .example("$0 show a81c --since 7d", ""),
      ({ id, since, json: isJson, config, state }) =>
        understood({
          name: "show",
          options: { id, sinceMs: since, json: isJson, ...given({ config, state }) },
        }),
    )
    .command(
      "ack [ids..]",
      "Let kinds of lines that a report named wait for the digest",
      (y) =>
        y
          .positional("ids", kindIds)
          .options(ackOptions)
          .check(({ ids, new: isNew }) => {
            if (ids.length === 0 && !isNew) throw new Error("ack: which kinds? Their ids, or --new");
            return true;
          })
          .example("$0 ack a81c --for 7d  # digest only for a week", "")
          .example("$0 ack --new --for 14d  # what an upgrade brought", ""),
      ({ ids, _, new: isNew, for: forMs, config, state }) =>
        understood({
          name: "ack",
          options: { ids: [...ids, ...afterDashes(_)], isNew, forMs, ...given({ config, state }) },
        }),
    )
    .command(
      "spool <action> [entry]",
      "List, show or resend the mail that waits to be delivered",
      (y) =>
        y
          .positional("action", { choices: ["list", "show", "flush"] as const, demandOption: true })
          .positional("entry", { type: "string", describe: "The name that list prints, for show" })
          .options({ ...placeOptions, json })
          .example("$0 spool list  # what waits, and why", "")
          .example("$0 spool show 00000012.1.mail  # print one mail", "")
          .example("$0 spool flush  # try all of it now, including what was refused", ""),
      ({ action, entry, config, state, json: isJson }) =>
        understood({ name: "spool", options: { action, ...given({ entry, config, state }), json: isJson } }),
    )
    .command(
      "test-mail",
      "Send one mail the way that reports go, and say what was answered",
      (y) =>
        y.options(testMailOptions).example("sudo -u logwinnow $0 test-mail  # as the hourly job would", ""),
      ({ to, config, state }) => understood({ name: "test-mail", options: given({ to, config, state }) }),
    )
    .command(
      "status",
      "Show when the last run succeeded and what is waiting",
      (y) =>
        y
          .options(statusOptions)
          .check(checkStatus)
          .example("$0 status  # exits 1 when the last success is too old", ""),
      ({ config, state, json: isJson, prometheus }) =>
        understood({ name: "status", options: { ...given({ config, state }), json: isJson, prometheus } }),
    );
}
