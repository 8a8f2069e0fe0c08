/** Commands of rules: those that stand on their own, and `rules` with those under it. */
import { addRuleChecks } from "./rule-checks.js";
import { addRuleMakers, addRulesMakers } from "./rule-makers.js";
import type { Parser } from "../yargs.js";

/** Adds the commands that make and judge rules. */
export function addRuleCommands(y: Parser) {
  return addRuleMakers(y).command("rules", "Make rules, and find out what is wrong with them", (y2) =>
    addRulesMakers(addRuleChecks(y2)).demandCommand(
      1,
      1,
      "rules: which of them? See logwinnow rules --help",
      "rules: one at a time",
    ),
  );
}
