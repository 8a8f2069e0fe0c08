/** F40: all journals had one name, and of two tables the second was dropped without a word. */
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "chai";
import { discoverSources } from "../../src/sources/discover.js";
import { journalKind } from "../../src/sources/journal/journal-kind.js";
import type { SourceSettings } from "../../src/sources/source.js";
import { exportOf, importJournal, remote } from "../sources/journals.js";
import { context, run, temporaryDirectory } from "../sources/reading.js";
import { Sandbox } from "../support/cli.js";
import { needsTool } from "../support/tools.js";
import { ledgerIn } from "../support/mail-text.js";

describe("F40: several journals", () => {
  const root = temporaryDirectory();
  const firstRun = { kind: "all" } as const;
  const directories = ["one", "two"].map((name) => join(root, name));
  const file = join(root, "three.journal");
  const settings: readonly SourceSettings[] = [
    journalKind.settingsFrom({ directory: undefined, file: undefined, first_run: firstRun }),
    ...directories.map((directory) =>
      journalKind.settingsFrom({ directory, file: undefined, first_run: firstRun }),
    ),
    journalKind.settingsFrom({ directory: undefined, file, first_run: firstRun }),
  ];
  const names = ["journal", ...[...directories, file].map((path) => `journal:${path}`)];
  const entry = (number: number, host: string) => ({
    number,
    fields: { MESSAGE: `message ${number}`, _HOSTNAME: host },
  });
  before(function () {
    needsTool(this, "journalctl", remote);
    for (const directory of directories) mkdirSync(directory);
    importJournal(join(root, "one", "a.journal"), exportOf([entry(1, "one")]));
    importJournal(join(root, "two", "a.journal"), exportOf([entry(2, "two")]));
    importJournal(file, exportOf([entry(3, "three")]));
  });

  it("are as many sources, each with its name, its lines and its position", async () => {
    const { sources } = await discoverSources(settings, new Set(), context);
    expect(sources.map(({ name }) => name)).to.deep.equal(names);
    for (const [index, source] of sources.entries()) {
      if (index === 0) continue;
      const first = await run(source);
      expect(first.lines.map((line) => line.slice(16))).to.deep.equal([
        `${["one", "two", "three"][index - 1]} app[9]: message ${index}\n`,
      ]);
      expect((await run(source, first.position)).lines).to.deep.equal([]);
      expect(first.notices.join()).to.contain(`${source.name}: first run`);
    }
  });

  it("can be named on the command line as the report names them", () => {
    for (const [index, name] of names.entries())
      expect(journalKind.settingsFromArgument(name, firstRun)).to.deep.equal(settings[index]);
    for (const other of ["journal:", "/journal", "journal.log", "/var/log/journal"])
      expect(journalKind.settingsFromArgument(other, firstRun)).to.equal(undefined);
  });

  it("have a row each in the ledger", () => {
    const box = new Sandbox();
    try {
      const tables = directories.map(
        (directory) => `[[source]]\nkind = "journal"\ndirectory = "${directory}"\nfirst_run = "all"\n`,
      );
      const config = box.write("two.toml", tables.join(""));
      const first = box.run(["check", "--stdout", "--config", config, "--state", box.path("own")]);
      for (const name of names.slice(1, 3))
        expect(ledgerIn(first.stdout, basename(name))).to.include({ read: 1, ignored: 0, reported: 1 });
      importJournal(join(root, "two", "b.journal"), exportOf([entry(4, "two")]));
      const second = box.run(["check", "--stdout", "--config", config, "--state", box.path("own")]);
      expect(second.stdout).to.contain("message 4");
      expect(second.stdout).not.to.contain("message 1");
      expect(second.stdout).not.to.contain("message 2");
    } finally {
      box.remove();
    }
  });
});
