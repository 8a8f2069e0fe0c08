import { expect } from "chai";
import { ConfigError } from "../../src/config/config-error.js";
import { fullyQualifiedHostName } from "../../src/std/host-name.js";
import { localeOf } from "../../src/config/locale.js";
import { defaultConfig, parseConfig } from "../../src/config/config.js";

function mistakesOf(text: string): string {
  try {
    parseConfig(text, "/etc/x.toml", []);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "";
}

describe("the configuration", () => {
  it("has a default for every key", () => {
    expect(parseConfig("", "f", ["rules"])).to.deep.equal(defaultConfig(["rules"]));
    expect(defaultConfig(["rules"])).to.deep.equal({
      mail: {
        to: [],
        from: `logwinnow@${fullyQualifiedHostName()}`,
        format: "html",
        attach: false,
        transport: { kind: "sendmail" },
        sendmail: "/usr/sbin/sendmail",
      },
      report: {
        group: true,
        context: true,
        lines: true,
        maxBytes: 64_000,
        digest: { kind: "daily", minute: 420 },
      },
      rules: {
        directories: [{ path: "rules", isNamed: false }],
        level: "server",
        locale: localeOf(process.env),
      },
      kindDays: 100,
      archive: { keptDays: 90, maxBytes: 64 * 2 ** 20 },
    });
  });

  it("takes one file that knows origins, or a list, or none", () => {
    const filesOf = (value: string) =>
      parseConfig(`[origins]\nfiles = ${value}\n`, "/etc/l.toml", []).rules.origins;
    expect(filesOf('"/a.mmdb"')).to.deep.equal({ files: ["/a.mmdb"] });
    expect(filesOf('["a.mmdb", "/b"]')).to.deep.equal({ files: ["/etc/a.mmdb", "/b"] });
    expect(filesOf("[]")).to.deep.equal({ files: [] });
  });

  it("takes how many lines are shown around an alarm, and whether addresses are asked for", () => {
    const reportOf = (text: string) => parseConfig(text, "f", []).report;
    expect(reportOf("[report]\ncontext = 5\n").context).to.equal(5);
    expect(reportOf("[report]\ncontext = false\n").context).to.equal(false);
    expect(() => reportOf("[report]\ncontext = 51\n")).to.throw(/context/);
    expect(reportOf("[origins]\nreverse_names = true\n").reverseNames).to.deep.equal({});
    expect(reportOf("").reverseNames).to.equal(undefined);
  });

  it("takes one recipient or a list, one path or a list", () => {
    const config = parseConfig(
      '[mail]\nto = "a@b.example"\n[[source]]\nkind = "file"\npath = ["/a", "/b"]\nfirst_run = "1MiB"\n',
      "f",
      [],
    );
    expect(config.mail.to).to.deep.equal(["a@b.example"]);
    expect(config.sources).to.deep.equal([
      { kind: "file", paths: ["/a", "/b"], firstRun: { kind: "bytes", bytes: 1048576 }, followLinks: false },
    ]);
  });

  it("takes each kind of source with its own keys, and looks back a day where nothing else is said", () => {
    const { sources } = parseConfig(
      '[[source]]\nkind = "journal"\ndirectory = "j"\n[[source]]\nkind = "pacct"\npath = "p"\nfollow_links = true\n' +
        '[[source]]\nkind = "wtmp"\npath = ["w", "b"]\nshow_unknown_users = true\n' +
        '[[source]]\nkind = "docker"\n[[source]]\nkind = "wtmpdb"\n',
      "/x/y.toml",
      [],
    );
    const firstRun = { kind: "duration", milliseconds: 86_400_000 };
    expect(sources).to.deep.equal([
      { kind: "journal", journalctlArguments: ["--directory", "/x/j"], firstRun },
      { kind: "pacct", paths: ["/x/p"], firstRun, followLinks: true },
      { kind: "wtmp", paths: ["/x/w", "/x/b"], firstRun, followLinks: false, showsUnknownUsers: true },
      {
        kind: "docker",
        paths: ["/var/lib/docker/containers/*/*-json.log"],
        firstRun,
        followLinks: false,
        mayMatchNothing: true,
      },
      { kind: "wtmpdb", path: "/var/lib/wtmpdb/wtmp.db", firstRun },
    ]);
  });

  const mistakes: readonly (readonly [string, string, string])[] = [
    [
      "a wrong type",
      '[mail]\nto = "x"\n\n[report]\ngroup = "yes"\n',
      '/etc/x.toml:5: report.group: expected true or false, found "yes": configuration not used',
    ],
    [
      "a value that is none of the choices",
      '[report]\nlevel = "servr"\n',
      '/etc/x.toml:2: report.level: expected "paranoid", "server" or "workstation", found "servr": configuration not used',
    ],
    [
      "an unknown key",
      "[report]\n\ngruop = true\n",
      '/etc/x.toml:3: report.gruop: no such key (did you mean "group"?): configuration not used',
    ],
    [
      "a mistake in the second of two tables of one name",
      '[[source]]\nkind = "file"\npath = "/a"\n[[source]]\nkind = "file"\npath = "/b"\nfirst_run = "soon"\n',
      '/etc/x.toml:7: source.[2].first_run: expected "24h", "1MiB", "all" or "none", found "soon": configuration not used',
    ],
    [
      "a transport of no known kind",
      '[mail]\ntransport = "carrier-pigeon"\n',
      '/etc/x.toml:2: mail.transport: expected "sendmail", "smtp://host:port", "smtps://host:port" or "file:/directory", found "carrier-pigeon": configuration not used',
    ],
    [
      "an address that would smuggle a header",
      '[mail]\nto = "a@b\\nBcc: x@y"\n',
      "/etc/x.toml:2: mail.to.[1]: expected an address without a line break, found ",
    ],
    [
      "a bad address in a list",
      '[mail]\nto = ["root", "a b"]\n',
      '/etc/x.toml:2: mail.to.[2]: expected an address such as "root" or "ops@example.org", found "a b": configuration not used',
    ],
    [
      "a missing key",
      '[[source]]\nkind = "file"\n',
      "/etc/x.toml:1: source.[1].path: missing: configuration not used",
    ],
    [
      "a source of no known kind",
      '[[source]]\nkind = "carrier-pigeon"\n',
      '/etc/x.toml:2: source.[1].kind: expected "file", "journal", "pacct", "wtmp", "wtmpdb", "lastlog2", "audit" or "docker", found "carrier-pigeon": configuration not used',
    ],
    [
      "a key of another kind of source",
      '[[source]]\nkind = "journal"\npath = "/a"\n',
      "/etc/x.toml:3: source.[1].path: no such key: configuration not used",
    ],
    [
      "a number out of range",
      "[report]\nmax_mails = 0\n",
      "/etc/x.toml:2: report.max_mails: expected 1 or more, found 0: configuration not used",
    ],
    [
      "neither an address nor a list of them",
      "[mail]\nto = 7\n",
      "/etc/x.toml:2: mail.to: expected an address or a list of addresses, found 7: configuration not used",
    ],
    [
      "a list of what is no address",
      "[mail]\nto = [7]\n",
      "/etc/x.toml:2: mail.to: expected an address or a list of addresses, found a list of something else: configuration",
    ],
    [
      "a path that is none",
      '[[source]]\nkind = "file"\npath = true\n',
      "/etc/x.toml:3: source.[1].path: expected a path or a list of paths, found true: configuration not used",
    ],
    [
      "a text where a list is wanted",
      '[rules]\ndirectories = "/etc/x"\n',
      '/etc/x.toml:2: rules.directories: expected a list, found "/etc/x": configuration not used',
    ],
    [
      "a fraction",
      "[report]\nmax_bytes = 5000.5\n",
      "/etc/x.toml:2: report.max_bytes: expected a whole number, found 5000.5: configuration not used",
    ],
    [
      "a text where a table is wanted",
      'mail = "root"\n',
      '/etc/x.toml:1: mail: expected a table, found "root": configuration not used',
    ],
    [
      "a number where a text is wanted",
      "[mail]\nfrom = 7\n",
      "/etc/x.toml:2: mail.from: expected a text in double quotes, found 7: configuration not used",
    ],
    [
      "an unknown table",
      '[mial]\nto = "root"\n',
      '/etc/x.toml:1: mial: no such key (did you mean "mail"?): configuration not used',
    ],
    [
      "a key of a source that is misspelt",
      '[[source]]\nkind = "journal"\nfirstrun = "24h"\n',
      '/etc/x.toml:3: source.[1].firstrun: no such key (did you mean "first_run"?): configuration not used',
    ],
    ["broken TOML", "[mail]\nto = \n", "/etc/x.toml:2:6: "],
  ];
  for (const [what, text, expected] of mistakes) {
    it(`names file, line, key, expected and found for ${what}`, () => {
      expect(mistakesOf(text)).to.satisfy(
        (message: string) => message.startsWith(expected),
        mistakesOf(text),
      );
    });
  }

  it("lets an admin demand TLS on loopback, or do without it", () => {
    const tlsOf = (text: string) => parseConfig(text, "f", []).mail.tls;
    expect([tlsOf(""), tlsOf('[mail]\ntls = "verified"\n'), tlsOf('[mail]\ntls = "off"\n')]).to.deep.equal([
      undefined,
      "verified",
      "off",
    ]);
  });

  it("takes relative paths from the file's own directory", () => {
    const config = parseConfig(
      '[mail]\ntransport = "file:out"\n[rules]\ndirectories = ["r"]\n',
      "/x/y.toml",
      [],
    );
    expect(config.mail.transport).to.deep.equal({ kind: "directory", path: "/x/out" });
    expect(config.rules.directories).to.deep.equal([{ path: "/x/r", isNamed: true }]);
  });

  it("names every mistake, not just the first", () => {
    expect(mistakesOf("[report]\ngroup = 1\nmax_bytes = true\n").split("\n")).to.have.length(2);
  });
});
