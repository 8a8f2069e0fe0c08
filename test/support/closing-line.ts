/**
 * Mocha's reporter "spec", what the run covered where that was asked for, and one last line with the counts for whoever
 * reads only that. Promise: nothing comes after that line, and the counts do not depend on the coverage.
 */
import { spawnSync } from "node:child_process";
import Mocha from "mocha";

const { EVENT_RUN_END } = Mocha.Runner.constants;

/** Loaded by name from .mocharc.json: mocha takes a reporter from a module's default export. */
export default class ClosingLine extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    // Listeners are called in their order: spec's own, which prints the failures, comes before. The workers have ended
    // then, and have written what they covered.
    runner.once(EVENT_RUN_END, () => {
      if (process.env.NODE_V8_COVERAGE) printCoverage();
      const { passes, failures, pending } = this.stats;
      const skipped = pending > 0 ? `, ${pending} skipped` : "";
      Mocha.reporters.Base.consoleLog(`${passes} passed, ${failures} failed${skipped}`);
    });
  }
}

/** What it covers and where it is kept is in .c8rc.json. */
function printCoverage(): void {
  const { NODE_V8_COVERAGE: _, ...environment } = process.env;
  spawnSync("node_modules/.bin/c8", ["report"], {
    stdio: ["ignore", "inherit", "inherit"],
    env: environment,
  });
}
