/** What an editor's check remembers between two looks at a file changes no finding. */
import { expect } from "chai";
import { lint, type LintOptions } from "../../src/lint/lint.js";
import { KnownAnswers } from "../../src/lint/known-answers.js";
import type { RuleSources } from "../../src/lint/rule-sources.js";

const head = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+";

const other = (list: "ignored" | "violation" | "never", content: string) => ({
  path: `/rules/${list}`,
  list,
  isLocal: false,
  isTarget: false,
  content,
});

const manyOthers = Array.from({ length: 40 }, (_, n) => `${head} app: other ${n}$\n`).join("");

function sourcesOf(content: string, alarms = ""): RuleSources {
  return {
    sources: [
      other("never", `${head} app: login of root${alarms}$\n`),
      other("violation", `${head} app: disk [a-z]+ failed$\n`),
      // So many that their states are kept.
      other("ignored", `${head} app: (start|stop)ed in [0-9]+ ms$\n${manyOthers}`),
      { path: "/rules/edited", list: "ignored", isLocal: true, isTarget: true, content },
    ],
    findings: [],
  };
}

const options: LintOptions = { locale: "UTF-8", now: new Date("2026-11-22"), hosts: ["web1"], canaries: [] };

class Memory {
  answers: Uint8Array | undefined;
  states: Uint8Array | undefined;
  stored = 0;
  readonly statesCache = {
    read: () => this.states,
    store: (_key: string, { saveStates }: { saveStates: () => Uint8Array }) => {
      this.states = saveStates();
    },
  };
  readonly store = (answers: Uint8Array): void => {
    this.answers = answers;
    this.stored++;
  };
}

/** One after the other, as somebody types. */
const edits: readonly string[] = [
  `${head} app: started in [0-9]{1,3} ms$\n${head} app: login of [a-z]+$\n${head} app: idle$\n`,
  `${head} app: started in [0-9]{1,3} ms$\n${head} app: login of [a-z]+$\n${head} app: idle( again)?$\n`,
  `${head} app: started in [0-9]+ ms$\n${head} app: login of [a-z]+$\n${head} app: idle$\n`,
  `${head} app: login of [a-z]+$\n${head} app: disk [a-c]+ failed$\n${head} app: idle$\n`,
  `${head} app: .*$\n${head} app: login of [a-z]+$\n${head} app: disk [a-c]+ failed$\n`,
  `${head} app: (\n${head} app: login of [a-z]+$\n`,
  `#@ allow=overlap\n${head} app: login of [a-z]+$\n`,
  `#@ first-seen=\\1\n${head} app: (.*)$\n`,
  `^Nov [ 0-9]{2} [:0-9]{8} [^ ]+ app: a$\n${head} app: a$b\n`,
  `${head} app: idle$\n${head} app: idle$\n${head} app: i(dle|dling)$\n`,
];

describe("what is remembered of a file of rules", () => {
  it("changes no finding, however the file is edited", () => {
    const memory = new Memory();
    for (const [turn, content] of [...edits, ...edits.toReversed()].entries()) {
      const sources = sourcesOf(content, turn % 3 === 0 ? " again" : "");
      expect(lint(sources, { ...options, memory }), content).to.deep.equal(lint(sources, options));
    }
    expect(memory.stored).to.be.greaterThan(0);
    expect(memory.states).to.not.equal(undefined);
  });

  it("changes no finding where many rules were changed at once", () => {
    const memory = new Memory();
    for (const word of ["one", "two"]) {
      const rules = Array.from({ length: 60 }, (_, n) => `${head} app: ${word} ${n}$\n`);
      const sources = sourcesOf([...rules, `${head} app: ${word} [0-9]+$\n`].join(""));
      expect(lint(sources, { ...options, memory })).to.deep.equal(lint(sources, options));
    }
  });

  it("is stored once, while nothing is changed", () => {
    const memory = new Memory();
    for (let turn = 0; turn < 3; turn++) lint(sourcesOf(edits[0] ?? ""), { ...options, memory });
    expect(memory.stored).to.equal(1);
  });

  it("is not used where it is damaged or cut, or of other hosts", () => {
    const memory = new Memory();
    const sources = sourcesOf(edits[0] ?? "");
    const findings = lint(sources, { ...options, memory });
    const { answers = Buffer.of(), states = Buffer.of() } = memory;
    for (let at = 0; at < answers.length; at += 97) {
      const damaged = Uint8Array.from(answers);
      damaged[at]! ^= 1;
      const cut = answers.subarray(0, at);
      for (const saved of [damaged, cut])
        expect(new KnownAnswers('["UTF-8",["web1"]]', saved).settled).to.deep.equal([]);
    }
    memory.answers = answers.subarray(0, 100);
    memory.states = states.subarray(0, 100);
    expect(lint(sources, { ...options, memory })).to.deep.equal(findings);
    const whole = `${head} web1: a$\n^\\w{3} [ :0-9]{11} web2 .*$\n`;
    for (const hosts of [["web1"], ["web2"]])
      expect(lint(sourcesOf(whole), { ...options, hosts, memory })).to.deep.equal(
        lint(sourcesOf(whole), { ...options, hosts }),
      );
  });
});
