import { readFileSync } from "node:fs";
import { expect } from "chai";
import { lint, type LintOptions } from "../../src/lint/lint.js";
import { sourcesWith } from "../../src/lint/rule-sources.js";
import { rulesNear } from "../../src/lint/sets/near-rules.js";
import { findCanaries } from "../../src/lint/canaries.js";
import type { Rule } from "../../src/rules/rule.js";

const head = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+";

describe("rules near to others", () => {
  const near = (target: string, ...others: readonly string[]): string[] => {
    const rules = [target, ...others].map((text, index): Rule => ({
      list: "ignored",
      file: "f",
      line: index + 1,
      text,
    }));
    return rulesNear(rules, ({ line }) => line === 1).map(({ text }) => text.replace(head, ""));
  };
  const others = [
    `${head} other\\[[0-9]+\\]: x$`,
    `${head} app: x$`,
    `${head} applet\\[[0-9]+\\]: x$`,
    `${head} ap+: x$`,
    `${head} appl?: x$`,
    `${head} (other|app|[a-z]x): x$`,
    `${head} (other|third): x$`,
    `${head} (other)?app: x$`,
    `${head} (other){2}: x$`,
    `${head} (other|[${"a".repeat(60)}|)]{3}|app): x$`,
    `${head} (${"x".repeat(38)})?app: x$`,
    `${head} ${"o".repeat(200)}: x$`,
    `${head} [a-z]+: x$`,
    `${head} other: x$|y$`,
    "^other: x$",
    "other",
  ];

  it("are those that may match a line with one of their programs", () => {
    const all = others.map((text) => text.replace(head, ""));
    const left = near(`${head} app(let)?: y$`, ...others);
    expect(all.filter((text) => !left.includes(text))).to.deep.equal([
      " other\\[[0-9]+\\]: x$",
      " (other|third): x$",
      ` ${"o".repeat(200)}: x$`,
    ]);
  });

  it("are all rules where a rule may be of any program", () => {
    for (const target of [`${head} .*: y$`, "y", `${head} app: y$|z`, `${head} (app|): y$`])
      expect(near(target, ...others)).to.have.length(1 + others.length);
  });

  it("have the same findings as all rules", () => {
    const settings = { directories: [{ path: ".", isNamed: true }], level: "workstation" } as const;
    const path = "ignore.d/server/dhcp";
    const content =
      readFileSync(path, "latin1") +
      `${head} dhclient(\\[[0-9]+\\])?: .*$\n${head} dhcpd\\[[0-9]+\\]: (DHCPACK|DHCPNAK) [^[:space:]]+$\n`;
    const options: LintOptions = {
      locale: "UTF-8",
      now: new Date("2026-11-22"),
      hosts: ["web1"],
      canaries: findCanaries(["."]).canaries,
    };
    const memory = {
      statesCache: { read: () => undefined, store: () => undefined },
      answers: undefined,
      store: () => undefined,
    };
    const all = lint(sourcesWith({ path, content }, settings), options);
    expect(lint(sourcesWith({ path, content }, settings), { ...options, memory })).to.deep.equal(all);
    expect(all.map(({ kind }) => kind)).to.include("universal");
  }).timeout(60_000);
});
