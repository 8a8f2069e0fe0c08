/** Loading rules: our directories and logcheck's, level by level; what is wrong is named and costs nothing else. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { loadRules } from "../../src/rules/files/load-rules.js";
import type { Level } from "../../src/rules/rule.js";
import { formatNotice } from "../../src/std/notice.js";
import { needsTool } from "../support/tools.js";

describe("load-rules: every rule under the list that its directory names", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "rules-"));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), content, "latin1");
    }
  }

  function load(level: Level = "server", path = root, isNamed = true) {
    const { rules, notices } = loadRules({ directories: [{ path, isNamed }], level });
    return {
      rules: rules.map(({ list, text }) => `${list}: ${text}`),
      notices: notices.map((notice) => formatNotice(notice).replaceAll(root, "ROOT")),
      loaded: rules,
    };
  }

  const ours = {
    "never.d/ssh": "n\n",
    "never.ignore.d/ssh": "ni\n",
    "violations.d/ssh": "v\n",
    "violations.ignore.d/ssh": "vi\n",
    "ignore.d/paranoid/ssh": "p\n",
    "ignore.d/server/ssh": "s\n",
    "ignore.d/workstation/ssh": "w\n",
    "ignore.d/local/ssh": "l\n",
  };
  const logchecks = {
    "cracking.d/ssh": "n\n",
    "cracking.ignore.d/ssh": "ni\n",
    "violations.d/ssh": "v\n",
    "violations.ignore.d/ssh": "vi\n",
    "ignore.d.paranoid/ssh": "p\n",
    "ignore.d.server/ssh": "s\n",
    "ignore.d.workstation/ssh": "w\n",
  };
  const worse = ["never: n", "never.ignore: ni", "violation: v", "violation.ignore: vi"];

  it("reads our layout, and logcheck's", () => {
    write(ours);
    expect(load("workstation").rules).to.deep.equal([
      ...worse,
      "ignored: p",
      "ignored: s",
      "ignored: w",
      "ignored: l",
    ]);
    rmSync(root, { recursive: true });
    write(logchecks);
    expect(load("workstation").rules).to.deep.equal([...worse, "ignored: p", "ignored: s", "ignored: w"]);
  });

  it("knows what was written for this host alone by its directory or, as logcheck asks for, by its name", () => {
    write({
      ...ours,
      "ignore.d.server/local": "1\n",
      "ignore.d.server/local-cron": "2\n",
      "ignore.d/server/localhost": "3\n",
    });
    const local = load().loaded.filter(({ isLocal }) => isLocal === true);
    expect(local.map(({ text }) => text)).to.deep.equal(["1", "2", "l"]);
  });

  it("leaves out rules from the day on that their comment names, and says so once a comment", () => {
    write({
      "never.d/ssh": '#@ until=2027-01-31 owner=ops reason="a test"\na\nb\nc\n\nd\n',
      "ignore.d/server/ssh": "#@ until=2027-01-31\ne\n",
    });
    const on = (day: string) => {
      const now = new Date(`${day}T00:30:00`);
      return loadRules({ directories: [{ path: root, isNamed: true }], level: "server" }, now);
    };
    expect(on("2027-01-30").rules.map(({ text }) => text)).to.deep.equal(["a", "b", "c", "d", "e"]);
    const { rules, notices } = on("2027-01-31");
    expect(rules.map(({ text }) => text)).to.deep.equal(["d"]);
    expect(notices.map((notice) => formatNotice(notice).replaceAll(root, "ROOT"))).to.deep.equal([
      'ROOT/never.d/ssh:2: its time ended on 2027-01-31 (ops, "a test"): rule off, its lines are judged without it, and so are 2 more after the same comment',
      "ROOT/ignore.d/server/ssh:2: its time ended on 2027-01-31: rule off, its lines are judged without it",
    ]);
  });

  it("reads both layouts side by side in one directory", () => {
    write({ "ignore.d.server/a": "theirs\n", "ignore.d/server/a": "ours\n", "cracking.d/a": "bad\n" });
    expect(load().rules).to.deep.equal(["never: bad", "ignored: ours", "ignored: theirs"]);
  });

  it("each level reads its own rules and those of the stricter ones; local is always read", () => {
    write(ours);
    expect(load("paranoid").rules.slice(4)).to.deep.equal(["ignored: p", "ignored: l"]);
    expect(load("server").rules.slice(4)).to.deep.equal(["ignored: p", "ignored: s", "ignored: l"]);
  });

  it("takes the files that run-parts lists, in its order", function () {
    needsTool(this, "run-parts");
    const names = ["b", "a", "Z", "_x", "-y", "9", "a.rules", "a~", "a.dpkg-old", ".hidden", "b c", "#a#"];
    write(Object.fromEntries(names.map((name) => [`ignore.d/server/${name}`, `${name}\n`])));
    mkdirSync(join(root, "ignore.d/server/directory"));
    symlinkSync("a", join(root, "ignore.d/server/link"));
    const selected = spawnSync("run-parts", ["--list", join(root, "ignore.d/server")], { encoding: "utf8" });
    const files = load().loaded.map(({ file }) => file);
    expect(files).to.deep.equal(selected.stdout.trimEnd().split("\n"));
    expect(files).to.have.length(7);
  });

  it("knows file and line of each rule, and keeps its bytes", () => {
    write({ "ignore.d/server/ssh": "# comment\n\n \t\n #rule\nb\xff $" });
    expect(load().loaded).to.deep.equal([
      { list: "ignored", file: join(root, "ignore.d/server/ssh"), line: 4, text: " #rule" },
      { list: "ignored", file: join(root, "ignore.d/server/ssh"), line: 5, text: "b\xff $" },
    ]);
  });

  it("a rule that ends in CR is off and named; blank lines and comments with CR are none", () => {
    write({ "ignore.d/server/ssh": "# made elsewhere\r\n\r\nfoo$\r\nbar\n" });
    expect(load()).to.deep.include({
      rules: ["ignored: bar"],
      notices: [
        "ROOT/ignore.d/server/ssh:3:5: ends in a carriage return, as files from Windows do, and so would match " +
          "nothing: rule skipped, its lines will be reported",
      ],
    });
  });

  /** Loads as a user to whom mode 0 says something, also where the tests run as root. */
  function loadAsNobody(path = root) {
    chmodSync(root, 0o755);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      return load("server", path);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  }

  it("a closed directory is named once, not once for each that it may hold", () => {
    write({ "closed/ignore.d.server/a": "a\n" });
    chmodSync(join(root, "closed"), 0);
    const { rules, notices } = loadAsNobody(join(root, "closed"));
    chmodSync(join(root, "closed"), 0o700);
    expect({ rules, notices }).to.deep.equal({
      rules: [],
      notices: ["ROOT/closed: cannot be read: permission denied (EACCES): no rules were read from it"],
    });
  });

  it("an unreadable file costs no other file its rules", () => {
    write({ "ignore.d/server/a": "a\n", "ignore.d/server/b": "b\n" });
    chmodSync(join(root, "ignore.d/server/a"), 0);
    const { rules, notices } = loadAsNobody();
    expect(rules).to.deep.equal(["ignored: b"]);
    expect(notices[0]).to.match(/^ROOT\/ignore\.d\/server\/a: cannot be read: EACCES/);
  });

  it("an empty file is named: a full disk leaves such; but not the one that logcheck ships", () => {
    write({ "violations.d/logcheck": "", "ignore.d/server/ssh": "", "ignore.d/server/cron": "cron\n" });
    expect(load()).to.deep.include({
      rules: ["ignored: cron"],
      notices: ["ROOT/ignore.d/server/ssh: the file is empty: it holds no rules"],
    });
  });

  it("a FIFO and a dangling link are named, and hold nothing up", function () {
    needsTool(this, "mkfifo");
    write({ "ignore.d/server/good": "good\n" });
    spawnSync("mkfifo", [join(root, "ignore.d/server/fifo")]);
    symlinkSync("nowhere", join(root, "ignore.d/server/link"));
    const { rules, notices } = load();
    expect(rules).to.deep.equal(["ignored: good"]);
    expect(notices).to.have.length(2);
    expect(notices[0]).to.match(/^ROOT\/ignore\.d\/server\/fifo: is not a regular file: file skipped, /);
    expect(notices[1]).to.match(/^ROOT\/ignore\.d\/server\/link: cannot be read: ENOENT.*: file skipped, /);
  });

  it("a missing directory is silent as a default, and named where the user named it", () => {
    expect(load("server", join(root, "none"), false).notices).to.deep.equal([]);
    expect(load("server", join(root, "none")).notices).to.deep.equal([
      "ROOT/none: does not exist: no rules were read from it",
    ]);
  });

  it("a named directory of plain files holds ignore rules, and so does a named file", () => {
    write({ ssh: "a\n", cron: "b\n", "notes.txt": "c\n" });
    expect(load().rules).to.deep.equal(["ignored: b", "ignored: a"]);
    expect(load("server", join(root, "notes.txt")).rules).to.deep.equal(["ignored: c"]);
    expect(load("server", root, false).rules).to.deep.equal([]);
  });

  it("files beside a configuration are no rules: a password would hide lines", () => {
    write({ "logwinnow.toml": "", smtp: "ops\n" });
    expect(load()).to.deep.include({
      rules: [],
      notices: ["ROOT: has no directory of rules: no rules were read from it"],
    });
  });

  it("the rules of several directories stand in the order of the directories", () => {
    write({ "one/never.d/a": "first\n", "two/never.d/a": "second\n" });
    const directories = ["two", "one"].map((name) => ({ path: join(root, name), isNamed: true }));
    const { rules } = loadRules({ directories, level: "server" });
    expect(rules.map(({ text }) => text)).to.deep.equal(["second", "first"]);
  });
});
