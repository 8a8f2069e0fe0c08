/** The command that sets the job up. */
import { flag, many, one, placeOptions } from "../options.js";
import { given, understood } from "../understood.js";
import type { Parser } from "../yargs.js";

export const setupOptions = {
  config: placeOptions.config,
  to: { ...many, describe: "Who gets the reports" },
  transport: { ...one, describe: "Which mail server takes them, such as smtp://relay.example.org:587" },
  level: { ...one, alias: "l", describe: "Which ignore rules apply" },
  digest: { ...one, describe: 'When comes what is known already, such as "daily 07:00"' },
  logcheck: { type: "boolean", describe: "Take over from logcheck, and turn it off" },
  "dry-run": { ...flag, alias: "n", describe: "Only show what would be changed" },
  remove: { ...flag, describe: "Stop the job, and give back what setup took" },
  yes: { ...flag, alias: "y", describe: "Ask nothing: take what is proposed, make each change" },
} as const;

/** Adds the command that sets the job up. */
export function addSetupCommand(y: Parser): Parser {
  return y.command(
    "setup",
    "Make a working hourly job, and prove that its mail arrives",
    (y2) =>
      y2
        .options(setupOptions)
        .example("$0 setup  # asks, and shows each change before it is made", "")
        .example("$0 setup --yes --to ops@example.org", ""),
    ({ config, to, transport, level, digest, logcheck, remove, yes, "dry-run": dryRun }) =>
      understood({
        name: "setup",
        options: { ...given({ config, to, transport, level, digest, logcheck }), remove, yes, dryRun },
      }),
  );
}
