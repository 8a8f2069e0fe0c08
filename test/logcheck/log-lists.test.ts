/** Lists of logs, compared with how logcheck's script reads them. */
import { expect } from "chai";
import { readLogList } from "../../src/logcheck/conf/log-lists.js";

describe("a list of logs", () => {
  const list = [
    "# comment",
    "/var/log/syslog",
    "",
    " \t",
    " /leading/space",
    "/with space/and#hash",
    "/var/log/*.log",
    "/var/log/[ab]?",
    "/var/log/open[bracket",
    "journal",
    "journal ",
    "/cr\r",
  ].join("\n");

  it("has paths, patterns and the journal, each as it is written", () => {
    expect(readLogList(Buffer.from(list), "C")).to.deep.equal([
      { kind: "path", path: "/var/log/syslog" },
      { kind: "path", path: " /leading/space" },
      { kind: "path", path: "/with space/and#hash" },
      { kind: "glob", pattern: "/var/log/*.log" },
      { kind: "glob", pattern: "/var/log/[ab]?" },
      { kind: "path", path: "/var/log/open[bracket" },
      { kind: "journal" },
      { kind: "path", path: "journal " },
      { kind: "path", path: "/cr\r" },
    ]);
  });

  it("skips white space above ASCII only in UTF-8", () => {
    const blank = Buffer.from("\u2003\n");
    expect(readLogList(blank, "UTF-8")).to.deep.equal([]);
    expect(readLogList(blank, "C")).to.have.length(1);
  });
});
