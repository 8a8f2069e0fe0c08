import { expect } from "chai";
import { createRuleClassifier, reportedLayers } from "../../src/rules/classify/rule-classifier.js";
import { loadRules } from "../../src/rules/files/load-rules.js";
import { compileRules } from "../../src/rules/rule-set.js";
import { Sandbox } from "../support/cli.js";

const record = (command: string, user = "www-data", flags = "-"): string =>
  `Nov 22 00:41:26 web1 acct: command=${command} uid=33 user=${user} tty=- flags=${flags} status=0 elapsed=0.01\n`;

describe("the list of commands that an account may run", () => {
  let box: Sandbox;
  beforeEach(() => (box = new Sandbox()));
  afterEach(() => box.remove());

  function layersOf(list: string, lines: readonly string[]): string[] {
    box.write("rules/acct.d/www-data", list);
    const directories = [{ path: box.path("rules"), isNamed: true }];
    const { rules, notices } = loadRules({ directories, level: "server" });
    expect(notices).to.deep.equal([]);
    const classifier = createRuleClassifier(compileRules(rules, { locale: "C", widensHeaders: true }), {
      selectedLayers: reportedLayers,
    });
    return lines.map((line) => classifier.verdictOn(Buffer.from(line)).layer);
  }

  const list = "# comment\nphp-fpm[.0-9]*\nnginx|apache2\n";
  const verdicts: readonly (readonly [string, string, string])[] = [
    ["a command on the list", record("php-fpm8.2"), "ignored"],
    ["the second half of an alternative", record("apache2"), "ignored"],
    ["a daemon stopped by a signal", record("nginx", "www-data", "FX"), "ignored"],
    ["a command that is not on the list", record("sh"), "never"],
    ["one that begins like a selected one", record("nginx-evil"), "never"],
    ["one that ends like a selected one", record("evil-nginx"), "never"],
    ["a selected command that dumped core", record("nginx", "www-data", "D"), "never"],
    ["another user's command", record("sh", "deploy"), "remainder"],
  ];
  for (const [what, line, layer] of verdicts) {
    it(`${what}: ${layer}`, () => expect(layersOf(list, [line])).to.deep.equal([layer]));
  }

  it("serves records with ISO time stamps alike", () => {
    const iso = record("sh").replace("Nov 22 00:41:26", "2026-11-22T00:41:26.123456+00:00");
    expect(layersOf(list, [iso])).to.deep.equal(["never"]);
  });

  it("names an entry that does not parse, by its own column, and reports those commands", () => {
    box.write("rules/acct.d/www-data", "nginx\nphp(\n");
    const { rules, notices } = loadRules({
      directories: [{ path: box.path("rules"), isNamed: true }],
      level: "server",
    });
    expect(notices.map(({ where }) => where)).to.have.length(1);
    expect(notices[0]?.where).to.match(/acct\.d\/www-data:2:\d$/);
    expect(rules.map(({ line }) => line)).not.to.include(2);
  });
});
