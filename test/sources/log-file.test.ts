/** A log file across renames, truncation and unfinished lines. */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  truncateSync,
  copyFileSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { noon, run, temporaryDirectory, wholeLog } from "./reading.js";

describe("a log file", () => {
  const root = temporaryDirectory();
  let directory: string;
  let path: string;
  let count = 0;
  const write = (lines: number, file = path): string[] => {
    const written = Array.from({ length: lines }, () => `line ${++count} of the log\n`);
    appendFileSync(file, written.join(""));
    return written;
  };
  const rotate = (to: string, file = path) => {
    renameSync(file, join(directory, to));
  };

  beforeEach(() => {
    directory = mkdtempSync(join(root, "case-"));
    path = join(directory, "app.log");
    count = 0;
  });

  it("gives what was written since the last run, and nothing when there is nothing", async () => {
    const before = write(3);
    const first = await run(wholeLog(path));
    expect(first.lines).to.deep.equal(before);
    const again = await run(wholeLog(path), first.position);
    expect(again.lines).to.deep.equal([]);
    expect(again.notices).to.deep.equal([]);
    const after = write(2);
    expect((await run(wholeLog(path), again.position)).lines).to.deep.equal(after);
  });

  for (const lineCount of [3, 300])
    describe(`of ${lineCount} lines`, () => {
      it("is read on under the names that three rotations gave it", async () => {
        write(lineCount);
        const first = await run(wholeLog(path));
        const expected = write(lineCount);
        for (let rotation = 1; rotation <= 3; rotation++) {
          for (let number = rotation - 1; number >= 1; number--)
            rotate(`app.log.${number + 1}`, join(directory, `app.log.${number}`));
          rotate("app.log.1");
          expected.push(...write(lineCount));
        }
        const second = await run(wholeLog(path), first.position);
        expect(second.lines).to.deep.equal(expected);
        expect(second.notices).to.deep.equal([]);
        expect((await run(wholeLog(path), second.position)).lines).to.deep.equal([]);
      });

      it("is read on inside an archive", async () => {
        write(lineCount);
        const first = await run(wholeLog(path));
        const expected = write(lineCount);
        rotate("app.log.1");
        execFileSync("gzip", [join(directory, "app.log.1")]);
        expected.push(...write(lineCount));
        const second = await run(wholeLog(path), first.position);
        expect(second.lines).to.deep.equal(expected);
        expect(second.notices).to.deep.equal([]);
        const third = await run(wholeLog(path), second.position);
        expect(third.lines).to.deep.equal([]);
      });

      it("gives late writes to a file that was rotated away", async () => {
        write(lineCount);
        const first = await run(wholeLog(path));
        rotate("app.log.1");
        const expected = write(lineCount);
        const second = await run(wholeLog(path), first.position);
        expect(second.lines).to.deep.equal(expected);
        const late = write(2, join(directory, "app.log.1"));
        const third = await run(wholeLog(path), second.position);
        expect(third.lines).to.deep.equal(late);
        execFileSync("gzip", [join(directory, "app.log.1")]);
        expect((await run(wholeLog(path), third.position)).lines).to.deep.equal([]);
      });

      it("is read on in the copy that copytruncate made", async () => {
        write(lineCount);
        const first = await run(wholeLog(path));
        const expected = write(lineCount);
        copyFileSync(path, join(directory, "app.log.1"));
        truncateSync(path);
        expected.push(...write(1));
        const second = await run(wholeLog(path), first.position);
        expect(second.lines).to.deep.equal(expected);
        expect(second.notices.join()).to.contain("truncated");
        expect((await run(wholeLog(path), second.position)).lines).to.deep.equal([]);
      });

      it("is not read twice where logrotate makes a copy and leaves it alone", async () => {
        write(lineCount);
        const first = await run(wholeLog(path));
        const expected = write(lineCount);
        copyFileSync(path, join(directory, "app.log.1"));
        const second = await run(wholeLog(path), first.position);
        expect(second.lines).to.deep.equal(expected);
        expect((await run(wholeLog(path), second.position)).lines).to.deep.equal([]);
        rotate("app.log.2");
        const more = write(lineCount);
        expect((await run(wholeLog(path), second.position)).lines).to.deep.equal(more);
      });

      it("says so when the file that it was in is gone", async () => {
        write(lineCount);
        const first = await run(wholeLog(path));
        write(lineCount);
        unlinkSync(path);
        const expected = write(lineCount);
        const second = await run(wholeLog(path), first.position);
        expect(second.lines).to.deep.equal(expected);
        expect(second.notices.join()).to.match(/is gone|truncated/);
      });

      it("says so when it was truncated, and reads what is left", async () => {
        write(lineCount);
        const first = await run(wholeLog(path));
        truncateSync(path);
        const expected = write(lineCount);
        const second = await run(wholeLog(path), first.position);
        expect(second.lines).to.deep.equal(expected);
        expect(second.notices.join()).to.match(/shrank|truncated/);
      });
    });

  it("holds an unfinished last line back, gives it after an hour, and gives it whole when it is", async () => {
    const before = write(1);
    appendFileSync(path, "half");
    const first = await run(wholeLog(path));
    expect(first.lines).to.deep.equal(before);
    const later = new Date(noon.getTime() + 3_600_000);
    const flushed = await run(wholeLog(path, { now: later }), first.position);
    expect(flushed.lines).to.deep.equal(["half"]);
    expect(flushed.notices).to.have.length(1);
    expect((await run(wholeLog(path, { now: later }), flushed.position)).lines).to.deep.equal([]);
    appendFileSync(path, " and half\n");
    expect((await run(wholeLog(path), flushed.position)).lines).to.deep.equal(["half and half\n"]);
  });

  it("is followed through a link to where its target is rotated", async () => {
    const real = join(mkdtempSync(join(root, "real-")), "real.log");
    execFileSync("ln", ["-s", real, path]);
    const before = write(2, real);
    const first = await run(wholeLog(path, { followLinks: true }));
    const after = write(2, real);
    renameSync(real, `${real}.1`);
    after.push(...write(1, real));
    const second = await run(wholeLog(path, { followLinks: true }), first.position);
    expect([first.lines, second.lines]).to.deep.equal([before, after]);
  });

  it("says so when it is missing, and reads what it was rotated to", async () => {
    write(2);
    const first = await run(wholeLog(path));
    const expected = write(1);
    rotate("app.log.1");
    const second = await run(wholeLog(path), first.position);
    expect(second.lines).to.deep.equal(expected);
    expect(second.notices.join()).to.contain("app.log: does not exist: reading what it was rotated to");
  });

  it("opens no FIFO, directory or link", async () => {
    expect(await failure(path)).to.equal("Error: does not exist");
    execFileSync("mkfifo", [path]);
    expect(await failure(path)).to.contain("FIFO");
    mkdirSync(join(directory, "d.log"));
    expect(await failure(join(directory, "d.log"))).to.contain("directory");
    writeFileSync(join(directory, "real"), "x\n");
    execFileSync("ln", ["-s", "real", join(directory, "link.log")]);
    expect(await failure(join(directory, "link.log"))).to.contain("symbolic link");
    const followed = await run(wholeLog(join(directory, "link.log"), { followLinks: true }));
    expect(followed.lines).to.deep.equal(["x\n"]);
  });
});

async function failure(path: string): Promise<string> {
  try {
    await run(wholeLog(path));
    return "read";
  } catch (error) {
    return String(error);
  }
}
