import { expect } from "chai";
import { gzipSync } from "node:zlib";
import { Sandbox } from "../support/cli.js";

/** A record of acct(5), version 3. */
function record(command: string, uid: number, secondsAgo: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes[1] = 3;
  bytes.writeUInt32LE(uid, 8);
  bytes.writeUInt32LE(Math.floor(Date.now() / 1000) - secondsAgo, 24);
  bytes.write(command, 48, 15, "latin1");
  return bytes;
}

describe("logwinnow acct learn", () => {
  let box: Sandbox;
  beforeEach(() => (box = new Sandbox()));
  afterEach(() => box.remove());
  const day = 24 * 3600;

  it("proposes each command of the user, the most frequent first, from rotated files too", () => {
    const pacct = box.write(
      "pacct",
      Buffer.concat([record("php-fpm8.2", 0, 60), record("sh", 1, 60), record("a b", 0, 60)]),
    );
    box.write("pacct.0", Buffer.concat([record("php-fpm8.2", 0, day), record("old", 0, 30 * day)]));
    box.write("pacct.1.gz", gzipSync(record("php-fpm8.2", 0, 2 * day)));
    const { stdout, status } = box.run(["acct", "learn", "--user", "root", pacct]);
    expect(stdout).to.equal(
      "# What root ran in 7 days: 4 records. Read it before you trust it.\nphp-fpm8\\.2\na\\\\x20b\n",
    );
    expect(status).to.equal(0);
  });

  it("says so when there is nothing to learn from", () => {
    const pacct = box.write("pacct", record("sh", 0, 60));
    const { stdout, stderr, status } = box.run(["acct", "learn", "--user", "nobody-here", pacct]);
    expect({ stdout, status }).to.deep.equal({ stdout: "", status: 1 });
    expect(stderr).to.include('no records of "nobody-here" in 7 days');
  });

  it("refuses a number of days that is none", () => {
    expect(box.run(["acct", "learn", "--user", "root", "--days", "soon"]).status).to.equal(64);
  });
});
