/** What `explain` says of a rule's conditions: what its comment says. */
import { expect } from "chai";
import { conditionText } from "../../src/rules/condition-text.js";
import { readDirectives } from "../../src/rules/files/directives.js";
import type { RuleList } from "../../src/rules/rule-list.js";

function written(comment: string, list: RuleList): string | undefined {
  const { directives } = readDirectives(`#@ ${comment}`, list);
  return conditionText({ list, file: "x", line: 1, text: "x", directives });
}

describe("conditions in words", () => {
  for (const [list, comment] of [
    ["ignored", "first-seen=\\1,\\2:masked,\\3:network max=20/h"],
    ["ignored", "max=5/min"],
    ["never", "min=100/d near=boot,packages"],
    ["violation", "unless-country=US,CA unless-network=192.0.2.0/24,2001:db8::/32"],
  ] as const)
    it(comment, () => {
      expect(written(`${comment} title="words" owner=ops`, list)).to.equal(comment);
    });

  it("of a rule without any there are none", () => {
    expect(written("owner=ops", "ignored")).to.equal(undefined);
  });
});
