/** Mocha's reporter "spec", and one last line with the counts for whoever reads only that. */
import Mocha from "mocha";

const { EVENT_RUN_END } = Mocha.Runner.constants;

/** Loaded by name from .mocharc.json: mocha takes a reporter from a module's default export. */
export default class ClosingLine extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    // Listeners are called in their order: spec's own, which prints the failures, comes before.
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const skipped = pending > 0 ? `, ${pending} skipped` : "";
      Mocha.reporters.Base.consoleLog(`${passes} passed, ${failures} failed${skipped}`);
    });
  }
}
