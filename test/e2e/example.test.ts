/** The host of examples/, as `npm start` runs the hourly job over it; here over a copy. */
import { appendFileSync, cpSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { spawnSync } from "node:child_process";
import { expect } from "chai";
import PostalMime from "postal-mime";
import { Sandbox } from "../support/cli.js";
import { ledgerIn } from "../support/mail-text.js";

describe("the example", () => {
  let box: Sandbox;
  before(() => {
    box = new Sandbox();
    for (const name of ["ignore.d", "never.d", "violations.d", "acct.d", "dist", "package.json", "packaging"])
      cpSync(name, box.path(name), { recursive: true });
    const isSource = (path: string): boolean => !/examples\/(state|outbox)/.test(path);
    cpSync("examples", box.path("examples"), { recursive: true, filter: isSource });
  });
  after(() => box.remove());

  const seen = new Set<string>();
  /** What `npm start` says once the program is built, and the one mail that came of it. */
  async function start(): Promise<{ said: string; subject?: string; text?: string }> {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["packaging/run-example.mjs"], {
      cwd: box.directory,
      env: { ...box.environment, STATE_DIRECTORY: "" },
      encoding: "utf8",
    });
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    const fresh = readdirSync(box.path("examples/outbox")).filter((name) => !seen.has(name));
    const [mail, ...more] = fresh.map((name) => box.path("examples/outbox", name));
    expect(more).to.deep.equal([]);
    for (const name of fresh) seen.add(name);
    if (mail === undefined) return { said: stdout };
    const { subject = "", text = "" } = await PostalMime.parse(readFileSync(mail));
    return { said: stdout, subject, text };
  }

  it("is a host with something to say: alarms on top, and every line accounted for", async () => {
    const { said, subject, text } = await start();
    expect(said).to.match(/^mail: +examples\/outbox\/.+\.eml$/m);
    expect(subject).to.match(/^ALARM [^ ]+: .*, \d+ more alarms?$/);
    expect(text)
      .to.match(/Accepted password for root/)
      .and.match(/command=wget .*user=www-data/);
    const rows = ["auth.log", "mail.log", "kern.log", "pacct"].map((name) => ledgerIn(text ?? "", name));
    for (const row of rows) {
      const { read, ignored = 0, reported = 0, counted = 0 } = row ?? {};
      expect(read).to.equal(ignored + reported + counted);
    }
    const lines = readFileSync("examples/auth.log", "latin1").split("\n").length - 1;
    expect(rows[0]?.read).to.equal(lines);
  });

  it("has nothing to say the second time", async () => {
    const { said, subject } = await start();
    expect(subject).to.equal(undefined);
    expect(said).to.match(/Nothing new/);
  });

  it("says just what was appended since", async () => {
    const stamp = new Date().toISOString();
    appendFileSync(
      box.path("examples/auth.log"),
      `${stamp} web1 CRON[9]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)\n` +
        `${stamp} web1 app[7]: something new\n`,
    );
    const { subject, text } = await start();
    expect(subject).to.match(/: 1 (?:other|new) kind$/);
    expect(text)
      .to.match(/ web1 app\[7\]: something new$/m)
      .and.not.include("Accepted password");
    expect(ledgerIn(text ?? "", "auth.log")).to.include({ read: 2, ignored: 1, reported: 1 });
    expect((await start()).subject).to.equal(undefined);
  });

  it("holds both forms of time stamps, and binary records of process accounting", () => {
    const read = (name: string): string => readFileSync(resolve("examples", name), "latin1");
    const all = ["auth.log", "mail.log", "kern.log"].map(read).join("");
    expect(all)
      .to.match(/^\d{4}-\d\d-\d\dT/m)
      .and.match(/^Nov [ \d]\d \d\d:/m);
    expect(read("pacct").length % 64).to.equal(0);
  });
});
