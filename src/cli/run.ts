/**
 * Runs one command and turns its outcome into an exit status.
 * Promise: every error reaches standard error as a sentence, and the status tells its kind.
 */
import { BrokenPipe, writeText } from "../std/standard-output.js";
import { DiskError } from "../std/disk.js";
import { sayText } from "../std/standard-error.js";
import { packageVersion } from "../std/package-root.js";
import { terminalColumns } from "../std/terminal.js";
import { UsageError, type Command } from "./command.js";
import { ConfigError } from "../config/config-error.js";
import { exitStatus } from "./exit-status.js";
import { standIn, type StandIn } from "./stand-in.js";

/** Each command's code is loaded only when it runs: loading code is most of the start-up time. */
async function runCommand(command: Command | StandIn): Promise<number> {
  switch (command.name) {
    case "print":
      writeText(command.text);
      return exitStatus.ok;
    case "check": {
      const { loadConfig } = await import("../config/load.js");
      const { check } = await import("../commands/check.js");
      const config = loadConfig(command.options);
      const outcome = await check(command.options, config);
      return {
        done: exitStatus.ok,
        locked: exitStatus.tryAgain,
        "mail not delivered": exitStatus.tryAgain,
        "input error": exitStatus.io,
      }[outcome];
    }
    case "filter": {
      const { loadRuleSettings } = await import("../config/load-rule-settings.js");
      const { filter } = await import("../commands/filter.js");
      const outcome = await filter(command.options, await loadRuleSettings(command.options));
      return { remain: exitStatus.ok, none: exitStatus.nothing, trouble: exitStatus.trouble }[outcome];
    }
    case "explain": {
      const { loadRuleSettings } = await import("../config/load-rule-settings.js");
      const { loadConfig } = await import("../config/load.js");
      const { explain } = await import("../commands/explain.js");
      const { options } = command;
      const settings =
        options.config === undefined ? await loadRuleSettings(options) : loadConfig(options).rules;
      const outcome = await explain(options, settings, () => loadConfig(options), new Date());
      return { explained: exitStatus.ok, "no such kind": exitStatus.trouble }[outcome];
    }
    case "ignore": {
      const { loadConfig } = await import("../config/load.js");
      const { ignore } = await import("../commands/ignore.js");
      const outcome = await ignore(command.options, loadConfig(command.options), new Date());
      return { written: exitStatus.ok, "not written": exitStatus.nothing, trouble: exitStatus.trouble }[
        outcome
      ];
    }
    case "raise": {
      const { loadConfig } = await import("../config/load.js");
      const { raise } = await import("../commands/raise.js");
      const outcome = await raise(command.options, loadConfig(command.options), new Date());
      return { written: exitStatus.ok, "not written": exitStatus.nothing, trouble: exitStatus.trouble }[
        outcome
      ];
    }
    case "triage": {
      const { loadConfig } = await import("../config/load.js");
      const { triage } = await import("../commands/triage.js");
      const outcome = await triage(command.options, loadConfig(command.options), new Date());
      return {
        written: exitStatus.ok,
        "nothing decided": exitStatus.ok,
        dropped: exitStatus.nothing,
        "no terminal": exitStatus.usage,
        trouble: exitStatus.trouble,
      }[outcome];
    }
    case "report": {
      const { report } = await import("../commands/report.js");
      const outcome = await report(command.options);
      return { done: exitStatus.ok, "no such report": exitStatus.usage }[outcome];
    }
    case "spool": {
      const { loadConfig } = await import("../config/load.js");
      const { spool } = await import("../commands/spool.js");
      const outcome = await spool(command.options, loadConfig(command.options));
      return {
        done: exitStatus.ok,
        locked: exitStatus.tryAgain,
        "mail not delivered": exitStatus.tryAgain,
        "no such entry": exitStatus.usage,
      }[outcome];
    }
    case "rules":
      return runRulesCommand(command);
    case "migrate": {
      const { runMigrate } = await import("../commands/migrate.js");
      const outcome = await runMigrate(command.options);
      return { whole: exitStatus.ok, partial: exitStatus.nothing }[outcome];
    }
    case "logcheck": {
      const { logcheck } = await import("../commands/logcheck.js");
      const outcome = await logcheck(command.words);
      return { done: exitStatus.ok, failed: exitStatus.nothing, "mail deferred": exitStatus.tryAgain }[
        outcome
      ];
    }
    case "logcheck-test": {
      const { logcheckTest } = await import("../commands/logcheck-test.js");
      return logcheckTest(command.words);
    }
    case "status": {
      const { loadConfig } = await import("../config/load.js");
      const { status } = await import("../commands/status.js");
      const outcome = await status(command.options, loadConfig(command.options), new Date());
      return { well: exitStatus.ok, trouble: exitStatus.nothing }[outcome];
    }
    case "setup": {
      const { setup } = await import("../commands/setup.js");
      const outcome = await setup(command.options, new Date());
      return {
        done: exitStatus.ok,
        "not done": exitStatus.nothing,
        "mail not taken": exitStatus.tryAgain,
      }[outcome];
    }
    case "test-mail": {
      const { loadConfig } = await import("../config/load.js");
      const { testMail } = await import("../commands/test-mail.js");
      const outcome = await testMail(command.options, loadConfig(command.options));
      return {
        taken: exitStatus.ok,
        deferred: exitStatus.tryAgain,
        refused: exitStatus.nothing,
        "no recipient": exitStatus.configuration,
      }[outcome];
    }
    case "show": {
      const { loadConfig } = await import("../config/load.js");
      const { show } = await import("../commands/show.js");
      const outcome = await show(command.options, loadConfig(command.options), new Date());
      return { shown: exitStatus.ok, "no such kind": exitStatus.usage }[outcome];
    }
    case "ack": {
      const { ack } = await import("../commands/ack.js");
      const outcome = ack(command.options, new Date());
      return {
        done: exitStatus.ok,
        locked: exitStatus.tryAgain,
        "no such kind": exitStatus.usage,
      }[outcome];
    }
    case "acct": {
      const { learn } = await import("../commands/acct.js");
      const outcome = await learn(command.options, new Date());
      return { learnt: exitStatus.ok, "no records": exitStatus.nothing }[outcome];
    }
  }
}

/** The exit statuses of those that look for faults: 1 when they find some. */
const lintStatus = { clean: exitStatus.ok, faults: exitStatus.nothing };

async function runRulesCommand(command: Command & { readonly name: "rules" }): Promise<number> {
  if (command.action === "import-fail2ban") {
    const { importFail2ban } = await import("../commands/rules/import-fail2ban.js");
    const outcome = importFail2ban(command.options);
    return { whole: exitStatus.ok, partial: exitStatus.nothing }[outcome];
  }
  if (command.action === "stats") {
    const { loadConfig } = await import("../config/load.js");
    const { rulesStats } = await import("../commands/rules/stats.js");
    const outcome = rulesStats(command.options, loadConfig(command.options), new Date());
    return { shown: exitStatus.ok, "not counted": exitStatus.nothing }[outcome];
  }
  if (command.action === "replay") {
    const { loadConfig } = await import("../config/load.js");
    const { rulesReplay } = await import("../commands/rules/replay.js");
    const { config, before } = command.options;
    const unchanged = { ...(config !== undefined && { config }), ...(before && { rules: before }) };
    const outcome = await rulesReplay(
      command.options,
      loadConfig(unchanged),
      loadConfig(command.options),
      new Date(),
    );
    return { same: exitStatus.ok, different: exitStatus.nothing }[outcome];
  }
  const { loadRuleSettings } = await import("../config/load-rule-settings.js");
  const settings = await loadRuleSettings(command.options);
  switch (command.action) {
    case "lint": {
      const { rulesLint } = await import("../commands/rules/lint.js");
      return lintStatus[rulesLint(command.options, settings)];
    }
    case "audit": {
      const { rulesAudit } = await import("../commands/rules/audit.js");
      return lintStatus[rulesAudit(command.options, settings)];
    }
    case "check": {
      const { rulesCheck } = await import("../commands/rules/lint.js");
      return lintStatus[rulesCheck(command.options, settings)];
    }
    case "suggest": {
      const { loadConfig } = await import("../config/load.js");
      const { rulesSuggest } = await import("../commands/rules/suggest.js");
      const outcome = await rulesSuggest(command.options, loadConfig(command.options), new Date());
      return { all: exitStatus.ok, some: exitStatus.nothing, trouble: exitStatus.trouble }[outcome];
    }
    case "undo": {
      const { rulesUndo } = await import("../commands/rules/undo.js");
      return { undone: exitStatus.ok, "not undone": exitStatus.nothing }[rulesUndo(settings)];
    }
    case "test": {
      const { rulesTest } = await import("../commands/rules/test.js");
      const { loadConfig } = await import("../config/load.js");
      const outcome = await rulesTest(command.options, settings, () => loadConfig(command.options));
      return { passed: exitStatus.ok, failed: exitStatus.nothing, trouble: exitStatus.trouble }[outcome];
    }
  }
}

async function parsed(args: readonly string[]): Promise<Command> {
  const { parseCommandLine } = await import("./parse.js");
  const version = `logwinnow ${packageVersion()} (Node.js ${process.versions.node})`;
  return parseCommandLine(args, version, terminalColumns());
}

const isGrepLike = (command: string | undefined): boolean => command === "filter" || command === "explain";

/** Whether the system refused something, as opposed to a fault of the program. */
const isSystemError = (error: unknown): error is Error =>
  error instanceof DiskError || (error instanceof Error && "errno" in error);

function complain(error: unknown): void {
  if (error instanceof UsageError) {
    const help = error.command === undefined ? "--help" : `help ${error.command}`;
    sayText(`logwinnow: ${error.message}: nothing done; see logwinnow ${help}`);
  } else if (error instanceof ConfigError) {
    sayText(error.message);
  } else if (isSystemError(error)) {
    sayText(`${error.message}: stopped`);
  } else {
    sayText(`logwinnow: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

/** In: the path the program was called by, and the arguments after it. Out: the exit status. Never throws. */
export async function run(calledAs: string, args: readonly string[]): Promise<number> {
  let name = args.find((word) => !word.startsWith("-"));
  try {
    const command = standIn(calledAs, args) ?? (await parsed(args));
    name = command.name;
    return await runCommand(command);
  } catch (error) {
    if (error instanceof BrokenPipe) return exitStatus.ok;
    complain(error);
    if (isGrepLike(name)) return exitStatus.trouble;
    if (error instanceof UsageError) return exitStatus.usage;
    if (error instanceof ConfigError) return exitStatus.configuration;
    return isSystemError(error) ? exitStatus.io : exitStatus.internal;
  }
}
