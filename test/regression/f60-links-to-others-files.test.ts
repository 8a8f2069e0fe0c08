/** F60: nobody gets to see in a report, by a link in a directory of his own, what he may not read himself. */
import {
  chmodSync,
  chownSync,
  lchownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { LogRuns, type HourlyRun } from "../support/log-runs.js";
import { temporaryDirectory } from "../sources/reading.js";

const secret = "root:$y$j9T$notreal";
const [user, group, other] = [4001, 4002, 4003];

describe("F60: links to others' files", () => {
  const root = temporaryDirectory();
  let directory: string;
  const path = (name: string): string => join(directory, name);

  beforeEach(function () {
    // Owners can be given by root alone.
    if (process.getuid?.() !== 0) this.skip();
    directory = mkdtempSync(join(root, "case-"));
    mkdirSync(path("etc"));
    writeFileSync(path("etc/shadow"), `${secret}\n`, { mode: 0o640 });
    mkdirSync(path("logs"));
  });
  const own = (name: string, uid: number, gid: number, mode: number): void => {
    chownSync(path(name), uid, gid);
    chmodSync(path(name), mode);
  };
  const read = async (name: string, followLinks = false): Promise<HourlyRun> =>
    new LogRuns([path(name)], { followLinks }).run();

  for (const [what, uid, gid, mode, isRead] of [
    ["root's own", 0, 0, 0o755, true],
    ["another user's", user, group, 0o755, false],
    ["a directory that a group may write to", 0, group, 0o775, false],
    ["a directory that a group may write to, with the sticky bit", 0, group, 0o1775, false],
    ["a directory that everybody may write to", 0, 0, 0o1777, false],
  ] as const)
    it(`${isRead ? "reads" : "does not read"} a second name of root's file in ${what}`, async () => {
      linkSync(path("etc/shadow"), path("logs/app.log"));
      own("logs", uid, gid, mode);
      for (const followLinks of [false, true]) {
        const { lines, failed } = await read("logs/app.log", followLinks);
        expect(lines).to.deep.equal(isRead ? [secret] : []);
        expect(failed).to.deep.equal(isRead ? [] : [path("logs/app.log")]);
      }
    });

  it("does not read a second name among what a log was rotated to", async () => {
    const runs = new LogRuns([path("logs/app.log")]);
    own("logs", user, group, 0o755);
    writeFileSync(path("logs/app.log"), "one\n");
    await runs.run();
    renameSync(path("logs/app.log"), path("logs/app.log.2"));
    linkSync(path("etc/shadow"), path("logs/app.log.1"));
    writeFileSync(path("logs/app.log"), "two\n");
    const { lines, notices } = await runs.run();
    expect(lines).to.deep.equal(["two"]);
    expect(notices.join("\n")).to.contain("app.log.1: has another name elsewhere");
  });

  for (const [what, uid, gid, mode, fileUid, fileGid, fileMode] of [
    ["Debian's /var/log", 0, 0, 0o755, 0, 4, 0o640],
    ["Ubuntu's /var/log", 0, group, 0o775, user, 4, 0o640],
    ["Ubuntu's /var/log, root's file", 0, group, 0o775, 0, 0, 0o600],
    ["nginx's, its own file", user, 4, 0o755, user, 4, 0o640],
    ["PostgreSQL's", 0, group, 0o1775, user, 4, 0o640],
    ["a user's, a daemon's file", user, group, 0o755, other, other, 0o600],
  ] as const)
    it(`reads an ordinary log in a directory such as ${what}`, async () => {
      writeFileSync(path("logs/app.log"), "one\n");
      own("logs/app.log", fileUid, fileGid, fileMode);
      own("logs", uid, gid, mode);
      expect((await read("logs/*.log")).lines).to.deep.equal(["one"]);
    });

  it("reads a log of a backup by hard links, in a directory of its owner and of its group", async () => {
    mkdirSync(path("backup"));
    for (const [uid, gid, mode, fileUid, fileGid] of [
      [user, group, 0o755, user, 4],
      [0, group, 0o775, user, group],
    ] as const) {
      writeFileSync(path("logs/app.log"), "one\n");
      linkSync(path("logs/app.log"), path(`backup/${uid}`));
      own("logs/app.log", fileUid, fileGid, 0o640);
      own("logs", uid, gid, mode);
      expect((await read("logs/app.log")).lines).to.deep.equal(["one"]);
    }
  });

  it("reads a log in a directory that everybody may write to only where links are followed", async () => {
    writeFileSync(path("logs/app.log"), "one\n");
    own("logs", 0, 0, 0o1777);
    const { failed, notices } = await read("logs/app.log");
    expect(failed).to.deep.equal([path("logs/app.log")]);
    expect(notices[0]).to.contain(
      "is in a directory that everybody may write to, and links are not followed",
    );
    expect((await read("logs/app.log", true)).lines).to.deep.equal(["one"]);
  });

  it("does not go through a directory that its owner replaced by a link", async () => {
    mkdirSync(path("app/logs"), { recursive: true });
    writeFileSync(path("app/logs/shadow"), "one\n");
    own("app", user, group, 0o755);
    expect((await read("app/logs/shadow")).lines).to.deep.equal(["one"]);
    renameSync(path("app/logs"), path("app/old"));
    symlinkSync(path("etc"), path("app/logs"));
    const { lines, failed } = await read("app/logs/shadow");
    expect(lines).to.deep.equal([]);
    expect(failed).to.deep.equal([path("app/logs/shadow")]);
    expect((await read("app/logs/*")).lines).to.deep.equal([]);
  });

  it("goes through a link of root's, such as /var/log on another disk", async () => {
    writeFileSync(path("logs/app.log"), "one\n");
    symlinkSync(path("logs"), path("link"));
    expect((await read("link/app.log")).lines).to.deep.equal(["one"]);
  });

  it("follows a user's link only to what the user may read", async () => {
    own("logs", user, group, 0o755);
    writeFileSync(path("etc/public"), "public\n", { mode: 0o644 });
    for (const [name, target, uid, expected] of [
      ["theirs.log", "etc/shadow", user, []],
      ["public.log", "etc/public", user, ["public"]],
      ["roots.log", "etc/shadow", 0, [secret]],
    ] as const) {
      symlinkSync(path(target), path(`logs/${name}`));
      lchownSync(path(`logs/${name}`), uid, group);
      expect((await read(`logs/${name}`, true)).lines, name).to.deep.equal(expected);
    }
  });
});
