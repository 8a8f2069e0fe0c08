/** `rules suggest` as a user meets it. */
import { expect } from "chai";
import { Sandbox } from "../support/cli.js";

const header = String.raw`^\w{3} [ :0-9]{11} [._[:alnum:]-]+ `;
const line = (message: string): string => `Nov 22 00:41:26 web1 ${message}\n`;

describe("rules suggest", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
    box.write("rules/ignore.d/server/relayd", `${header}relayd: wrote [0-9]+ files$\n`);
    box.write("rules/never.d/disk", "disk: broken\n");
  });
  afterEach(() => box.remove());
  const suggest = (input: string, ...args: readonly string[]): ReturnType<Sandbox["run"]> =>
    box.run(["rules", "suggest", "--rules", box.path("rules"), ...args], { input });
  const records = (stdout: string): Record<string, unknown>[] =>
    stdout
      .trim()
      .split("\n")
      .map((record) => JSON.parse(record) as Record<string, unknown>);

  it("gives a rule for each kind that no rule decides, and the rule that could be wider", () => {
    const input = [
      "relayd: wrote 7 files",
      "relayd: wrote no files",
      "backup[7]: job 17 done",
      "backup[9]: job 18 done",
      "disk: broken",
    ];
    const { stdout, stderr, status } = suggest(input.map(line).join(""), "--json");
    const [relayd, backup, ...rest] = records(stdout);
    expect(rest).to.deep.equal([]);
    expect(relayd).to.deep.include({ rule: `${header}relayd: wrote no files$`, lines: 1 });
    expect(relayd?.similar).to.have.length(1);
    expect(backup).to.deep.include({
      rule: `${header}backup\\[[0-9]+\\]: job [0-9]+ done$`,
      lines: 2,
      similar: [],
    });
    expect(stderr).to.include("1 line raises an alarm");
    expect(status).to.equal(0);
  });

  it("says which rule is not needed beside the suggested one, and which could be wider", () => {
    box.write("rules/ignore.d/server/backup", `${header}backup\\[[0-9]+\\]: job 1[0-9] done$\n`);
    const input = line("backup[7]: job 204 done") + line("relayd: wrote no files");
    const { stdout } = suggest(input);
    expect(stdout).to.match(/# similar: .*backup:1, .*\n# all its lines match the rule below too/);
    expect(stdout).to.match(/# similar: .*relayd:1, .*\n# in its place, wider:\n# .*\n\^/);
    expect(
      records(suggest(input, "--json").stdout).map(({ similar }) => similar),
    ).to.have.deep.nested.property("[0][0].contained", true);
  });

  it("prints a file of rules that ignores these lines", () => {
    const input =
      line("backup[7]: job 17 done") + line("backup[9]: job 18 done") + line("relayd: wrote no files");
    box.write("rules/ignore.d/local/suggested", suggest(input).stdout);
    const { stdout } = box.run(["filter", "--rules", box.path("rules")], { input });
    expect(stdout).to.equal("");
  });

  it("takes the kinds alone that are named, out of logs", () => {
    const log = box.write("log", line("backup[7]: job 17 done") + line("relayd: wrote no files"));
    const [first] = records(suggest("", "--json", log).stdout);
    const id = String(first?.kind);
    expect(records(suggest("", "--json", "--kind", id, log).stdout)).to.have.length(1);
    const unknown = suggest("", "--kind", "000000000000", log);
    expect(unknown.stderr).to.include("kind 000000000000: no such lines in the logs");
    expect(unknown.status).to.equal(1);
  });

  it("refuses what would hide lines of other logs, a proof of the rules or a canary", () => {
    const input = line("backup[7]: job 17 done");
    box.write("rules/ignore.d/server/relayd.kept", line("backup[7]: job 99 done"));
    const { stdout, stderr, status } = suggest(input);
    expect({ stdout, status }).to.deep.equal({ stdout: "", status: 1 });
    expect(stderr).to.match(/: it would hide the proof .*relayd\.kept:1; it begins Nov 22/);
    const record = records(
      suggest(line("sshd[2601]: Accepted password for root from 198.51.100.7 port 7 ssh2"), "--json").stdout,
    );
    expect(record[0]?.refused).to.match(/^it would hide the canary .*canaries\/logins:\d+$/);
  });
});
