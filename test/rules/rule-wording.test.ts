/** What a rule matches, in a few words of its own. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ruleWording } from "../../src/rules/rule-wording.js";

const header = "^\\w{3} [ :0-9]{11} [._[:alnum:]-]+ ";

const wordings: readonly (readonly [string, string])[] = [
  [
    `${header}sshd(-session)?\\[[0-9]+\\]: Invalid user [^[:space:]]* from [-:.[:alnum:]]+( port [0-9]+)?$`,
    "sshd*[*]: Invalid user * from *",
  ],
  [`${header}postfix/smtpd\\[[0-9]+\\]: (dis)?connect from .*$`, "postfix/smtpd[*]: *connect from *"],
  ["^[[:alpha:]]{3} [ :[:digit:]]{11} [._[:alnum:]-]+ app: a\\.b\\$$", "app: a.b$"],
  ["idled: idle$", "idled: idle"],
  [`${header}app: (one|two)$`, "app: *"],
  ["app: one|app: two", "app: one*"],
  [`${header}app: failures? x{3}y$`, "app: failure* *y"],
  [`${header}app: caf\xc3\xa9$`, "app: caf\xc3\xa9"],
  ["^.*$", "own"],
  ["(", "own"],
];

describe("the wording of a rule", () => {
  for (const [text, wording] of wordings)
    it(`of ${JSON.stringify(text)}`, () => {
      expect(ruleWording({ text, file: "/etc/logwinnow/ignore.d/server/own" })).to.equal(wording);
    });

  it("is short, and never empty, for all shipped rules", () => {
    const directory = "ignore.d/server";
    for (const name of readdirSync(directory))
      for (const text of readFileSync(join(directory, name), "latin1").split("\n"))
        if (text !== "" && !text.startsWith("#"))
          expect(ruleWording({ text, file: name }).length, text).to.be.within(2, 100);
  });
});
