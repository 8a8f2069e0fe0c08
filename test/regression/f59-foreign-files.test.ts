/** F59: directories that a user names may hold whatever else: nothing there is lost, and no mode is changed. */
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect } from "chai";
import { directoryTransport } from "../../src/outlets/mail/directory.js";
import { realDisk } from "../../src/std/disk.js";
import { AutomatonCache } from "../../src/store/caches/cache.js";
import { Sandbox } from "../support/cli.js";
import { needsTool } from "../support/tools.js";

/** Files that are none of ours, though some look like it. */
const foreignNames = [
  "README",
  ".hidden",
  ".notes.tmp",
  ".x.eml.tmp",
  "a.states",
  "x-abc.states",
  "20261125-backup.log.gz",
  "00000099.json.old",
  "mail.eml",
  "kept-tax-return",
  "spool/README",
  "spool/.editor.tmp",
  "spool/12345678",
  "spool/20261125.tar.gz",
  "failed/.x.tmp",
  "full/20261125-backup.log.gz",
  "full/.y.tmp",
  "unfinished/20261125.json.bak",
  "unfinished/.z.tmp",
];

function plant(directory: string): void {
  for (const name of foreignNames) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `precious ${name}`);
  }
  symlinkSync("README", join(directory, ".link.tmp"));
  mkdirSync(join(directory, "00000099.1.mail"));
  for (const place of [".", "spool", "failed", "full", "unfinished"])
    chmodSync(join(directory, place), 0o755);
}

function expectUntouched(directory: string): void {
  for (const name of foreignNames)
    expect(readFileSync(join(directory, name), "utf8"), name).to.equal(`precious ${name}`);
  expect(lstatSync(join(directory, ".link.tmp")).isSymbolicLink()).to.equal(true);
  for (const place of [".", "spool", "failed", "full", "unfinished"])
    expect(statSync(join(directory, place)).mode & 0o7777, place).to.equal(0o755);
}

describe("foreign files in our directories (F59)", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
    mkdirSync(given(), { recursive: true });
    plant(given());
    box.write("rules/ignore.d/server/none", "^nothing is like this$\n");
    configure("file:mails");
  });
  afterEach(() => box.remove());

  function configure(transport: string): void {
    box.write(
      "logwinnow.toml",
      `[mail]\nto = "root@web1.example"\ntransport = "${transport}"\n[report]\ndigest = "hourly"\n[rules]\ndirectories = ["rules"]\n` +
        `[[source]]\nkind = "file"\npath = "app.log"\nfirst_run = "all"\n`,
    );
  }

  /** Three runs with something new, and other rules each time. */
  function runThrice(args: readonly string[], env: NodeJS.ProcessEnv): void {
    for (let count = 0; count < 3; count++) {
      appendFileSync(box.path("app.log"), `line ${count}\n`);
      box.write("rules/ignore.d/server/none", `^nothing is like this ${count}$\n`);
      const { status, stderr } = box.run(["check", "--config", box.path("logwinnow.toml"), ...args], { env });
      expect(status, stderr).to.equal(0);
    }
  }

  const given = (): string => box.path("given", "logwinnow");
  const options: readonly (readonly [
    title: string,
    args: () => readonly string[],
    env: () => NodeJS.ProcessEnv,
  ])[] = [
    ["--state DIR", () => ["--state", given()], () => ({})],
    ["STATE_DIRECTORY=DIR", () => [], () => ({ STATE_DIRECTORY: given() })],
    ["CACHE_DIRECTORY=DIR", () => [], () => ({ CACHE_DIRECTORY: given() })],
    [
      "XDG_STATE_HOME and XDG_CACHE_HOME above DIR",
      () => [],
      () => ({
        STATE_DIRECTORY: "",
        CACHE_DIRECTORY: "",
        XDG_STATE_HOME: dirname(given()),
        XDG_CACHE_HOME: dirname(given()),
      }),
    ],
  ];
  for (const [title, args, env] of options)
    it(`${title}: three runs leave them and the modes as they are`, function () {
      needsTool(this, "flock");
      const isRoot = process.geteuid?.() === 0;
      // Root's state is the system's, which this test must not touch.
      if (title.startsWith("XDG") && isRoot) this.skip();
      runThrice(args(), env());
      expectUntouched(given());
      expect(readdirSync(box.path("mails"))).to.have.length(3);
    });

  it("`file:DIR`: three runs leave them and the modes as they are", function () {
    needsTool(this, "flock");
    configure(`file:${given()}`);
    runThrice([], {});
    expectUntouched(given());
    expect(
      readdirSync(given()).filter((name) => name.endsWith("web1.eml") || /^[0-9a-f]{12}\./.test(name)),
    ).to.have.length(3);
  });

  it("spool flush and status leave them, too", function () {
    needsTool(this, "flock");
    configure("smtp://127.0.0.1:1");
    appendFileSync(box.path("app.log"), "line\n");
    for (const words of [["check"], ["spool", "flush"], ["spool", "list"], ["status"], ["check"]])
      box.run([...words, "--config", box.path("logwinnow.toml"), "--state", given()]);
    expectUntouched(given());
    const { stdout } = box.run(["spool", "list", "--config", box.path("logwinnow.toml"), "--state", given()]);
    expect(stdout.match(/^\d/gm)).to.have.length(1);
  });

  it("logcheck's state directory, -S DIR: its files stay, ours go into a directory of their own", function () {
    needsTool(this, "flock");
    if (spawnSync("sh", ["-c", "command -v locale"]).status !== 0) this.skip();
    mkdirSync(box.path("etc", "ignore.d.server"), { recursive: true });
    box.write("log", "something\n");
    const { environment } = box;
    const words = ["logcheck", "-o", "-s", "-S", given(), "-l", box.path("log"), "-r", box.path("etc")];
    const user = process.geteuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    if ("uid" in user) spawnSync("chown", ["-R", "nobody", box.directory]);
    const conf = box.write("logcheck.conf", "");
    const run = spawnSync(process.execPath, [resolve("dist/logwinnow.cjs"), ...words, "-c", conf], {
      env: environment,
      encoding: "utf8",
      ...user,
    });
    expect(run.status, run.stderr).to.equal(0);
    expect(run.stdout).to.match(/something/);
    expect(readdirSync(join(given(), "logwinnow"))).to.include("state.json");
    expectUntouched(given());
  });

  it("the cache forgets its own files alone", () => {
    for (let key = 100; key < 160; key++)
      new AutomatonCache(realDisk, given(), "1.0.0").store(
        String(key),
        { stateCount: 10, saveStates: () => Buffer.from("x") },
        0,
      );
    expectUntouched(given());
    expect(readdirSync(given()).filter((name) => name.startsWith("1.0.0-")).length).to.be.at.most(17);
  });

  it("a directory that others may write to is refused in words, and stays as it is", async () => {
    chmodSync(given(), 0o1777);
    const message = { envelope: { from: "a@web1.example", to: ["b@web1.example"] }, bytes: Buffer.from("x") };
    const delivery = await directoryTransport(given(), realDisk)(message);
    expect(delivery).to.deep.include({
      outcome: "deferred",
      reason: `${given()}: others may write to it (mode 1777): refused`,
    });
    const run = box.run(["check", "--config", box.path("logwinnow.toml"), "--state", given()]);
    expect(run.status).to.equal(74);
    expect(run.stderr).to.match(/others may write to it \(mode 1777\): refused/);
    expect(statSync(given()).mode & 0o7777).to.equal(0o1777);
  });
});
