/** What setup asks: an answer that makes sense, or none. */
import { expect } from "chai";
import { answerTo, readLevel, readRecipients } from "../../src/setup/questions.js";

describe("a question of setup", () => {
  function asked(proposed: string, ...typed: (string | undefined)[]) {
    const questions: string[] = [];
    const answer = answerTo({ name: "level", text: "Which?", proposed, read: readLevel }, (question) => {
      questions.push(question);
      return typed[questions.length - 1];
    });
    return { answer, questions };
  }

  it("takes what is proposed for an empty answer", () => {
    expect(asked("server", "")).to.deep.equal({ answer: "server", questions: ["Which? [server]"] });
  });

  it("is asked again, with what was expected, until the answer makes sense", () => {
    const { answer, questions } = asked("server", "all", "paranoid");
    expect(answer).to.equal("paranoid");
    expect(questions[1]).to.match(/^expected .*"paranoid".* Which\? \[server\]$/);
  });

  it("has no answer where nobody is there, or nobody makes sense", () => {
    expect(asked("server", undefined)).to.deep.include({ answer: undefined });
    const { answer, questions } = asked("", "", "", "", "", "", "", "");
    expect([answer, questions.length]).to.deep.equal([undefined, 5]);
  });

  it("takes several recipients, each of which must be an address", () => {
    expect(readRecipients("root, ops@example.org", "web1.example.org")).to.deep.equal({
      ok: true,
      value: ["root", "ops@example.org"],
    });
    for (const text of ["", " , ", "root, a b", "Ops <ops@example.org>"])
      expect(readRecipients(text, "web1.example.org").ok, text).to.equal(false);
  });
});
