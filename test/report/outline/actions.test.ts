/** What a mail proposes to do: commands that do what it says for the kind that it names. */
import { expect } from "chai";
import { actionsOf, idCommands, type ActionContext } from "../../../src/report/outline/sections/actions.js";

describe("what a mail proposes", () => {
  const counts = { fresh: 1 } as ActionContext["counts"];
  const noRows = { rows: [] } as unknown as ActionContext["alarmRows"];
  const proposed = (given: Partial<ActionContext>): readonly string[] =>
    actionsOf({
      urgency: "news",
      host: "web1",
      reportId: "6306",
      counts,
      alarmRows: noRows,
      worstId: "3fbe",
      isWorstRaised: false,
      commands: new Set(idCommands),
      user: "root",
      reportFiles: [],
      ...given,
    } as ActionContext).rows.map(({ command }) => command);

  it("is a rule for the worst kind where no rule decides it", () => {
    expect(proposed({})).to.include("logwinnow ignore 3fbe");
  });

  it("is never to ignore what a rule raises: that would change nothing", () => {
    expect(proposed({ isWorstRaised: true }))
      .to.include("logwinnow triage")
      .and.not.include("logwinnow ignore 3fbe");
    expect(proposed({ urgency: "alarm", isWorstRaised: true }).join()).to.not.match(/ignore|triage/);
  });

  it("is triage where there is too much to name one by one, if the program has it", () => {
    const many = { counts: { ...counts, fresh: 31 } };
    expect(proposed(many)).to.include("logwinnow triage");
    expect(proposed({ ...many, commands: new Set(["report"]) })).to.not.include("logwinnow triage");
  });
});
