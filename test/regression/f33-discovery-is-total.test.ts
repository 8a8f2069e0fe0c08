/** F33: whatever a system call says of one path, the other sources are read, and that path is a source that failed. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { isLong } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { LogRuns } from "../support/log-runs.js";
import { temporaryDirectory } from "../sources/reading.js";
import { inOneLine } from "../support/mail-text.js";

const alarm =
  "2026-11-25T04:00:00+00:00 web1 sshd[9]: Accepted password for root from 203.0.113.9 port 1 ssh2\n";

describe("discovery (F33)", () => {
  const root = temporaryDirectory();
  let directory: string;
  beforeEach(() => {
    chmodSync(root, 0o755);
    directory = mkdtempSync(join(root, "case-"));
    chmodSync(directory, 0o755);
    writeFileSync(join(directory, "auth.log"), alarm);
  });
  const path = (name: string): string => join(directory, name);

  /** A tree whose deepest path is longer than the system takes. */
  const makeDeepTree = (): void => {
    const script = `cd ${directory} && mkdir deep && cd deep && for i in $(seq 25); do mkdir ${"n".repeat(200)} && cd ${"n".repeat(200)}; done; echo x > a.log`;
    spawnSync("bash", ["-c", script]);
  };

  for (const [what, make, pattern, failed] of [
    [
      "a plain file in the middle of a path",
      () => writeFileSync(path("file"), "x"),
      "file/a.log",
      "file/a.log",
    ],
    [
      "a plain file in the middle of a glob",
      () => writeFileSync(path("file"), "x"),
      "file/*/*.log",
      "file/*",
    ],
    ["a link that leads to itself", () => symlinkSync("loop", path("loop")), "loop/a.log", "loop/a.log"],
    [
      "a link that leads to itself before a glob",
      () => symlinkSync("loop", path("loop")),
      "loop/*.log",
      "loop",
    ],
    ["a name that is too long", () => undefined, `${"n".repeat(300)}.log`, `${"n".repeat(300)}.log`],
    ["a path that is too long below **", makeDeepTree, "deep/**/*.log", undefined],
    [
      "a glob whose braces stand for too much",
      () => undefined,
      "{1..99999}{1..99999}.log",
      "{1..99999}{1..99999}.log",
    ],
  ] as const)
    it(`reads the other logs beside ${what}`, async () => {
      make();
      const runs = new LogRuns([path(pattern), path("auth.log")]);
      const run = await runs.run();
      expect(run.lines).to.include(alarm.trim());
      expect(run.failed).to.have.length(1);
      if (failed === "file/*") expect(run.failed[0]).to.equal(path("file"));
      else if (failed !== undefined) expect(run.failed[0]).to.equal(path(failed));
      expect(run.notices.filter((line) => line.startsWith(run.failed[0] ?? "none"))).to.have.length(1);
      // The next run tries again, and says so again.
      expect((await runs.run()).failed).to.deep.equal(run.failed);
      // Node cannot remove what is deeper than a path may be long.
      spawnSync("rm", ["-rf", path("deep")]);
    });

  describe("as the program", () => {
    const program = join(process.cwd(), "dist/logwinnow.cjs");

    function check(sources: readonly string[], prefix: readonly string[], user?: number) {
      const state = path("state");
      const [command = "", ...rest] = [
        ...prefix,
        process.execPath,
        program,
        "check",
        "--state",
        state,
        "--stdout",
        ...sources.flatMap((source) => ["--source", source]),
      ];
      const run = spawnSync(command, rest, {
        encoding: "utf8",
        cwd: directory,
        ...(user !== undefined && { uid: user, gid: user }),
      });
      return { status: run.status, output: run.stdout, errors: run.stderr };
    }

    it("reads what user nobody may read, and fails for the rest with status 74", function () {
      if (process.getuid?.() !== 0 || !existsSync(program)) this.skip();
      mkdirSync(path("closed/app"), { recursive: true });
      writeFileSync(path("closed/app/a.log"), "x\n");
      chmodSync(path("closed"), 0o700);
      mkdirSync(path("state"), { mode: 0o700 });
      chownSync(path("state"), 65534, 65534);
      const closed = path("closed/app");
      const { status, output } = check([`${closed}/*.log`, path("auth.log")], [], 65534);
      expect(output).to.contain("Accepted password for root");
      expect(inOneLine(output)).to.contain(`${closed}: permission denied`);
      expect(status).to.equal(74);
    });

    const calls = isLong
      ? ["lstat", "stat", "statx", "open", "openat", "readlink", "getdents64", "pread64", "read", "fstat"]
      : ["statx", "openat", "getdents64", "pread64"];
    const errors = isLong
      ? "EACCES EPERM ELOOP ENOTDIR ENAMETOOLONG EIO ESTALE EMFILE ENFILE ENOMEM EINVAL EBADF EOVERFLOW EISDIR EAGAIN ENODEV ENXIO ETXTBSY EROFS".split(
          " ",
        )
      : ["EACCES", "EIO"];
    for (const call of calls)
      it(`reads the other logs whatever ${call} says of one path`, function () {
        needsTool(this, "strace");
        if (!existsSync(program)) this.skip();
        this.timeout(0);
        mkdirSync(path("logs/app"), { recursive: true });
        writeFileSync(path("logs/app/a.log"), "2026-11-25T04:00:00+00:00 web1 app: harmless\n");
        writeFileSync(path("logs/app/a.log.1"), "2026-11-25T03:00:00+00:00 web1 app: older\n");
        let hits = 0;
        for (const errno of errors)
          for (const target of ["logs/app", "logs/app/a.log"]) {
            rmSync(path("state"), { recursive: true, force: true });
            const trace = path("trace");
            const prefix = ["strace", "-f", "-qq", "-o", trace, "-P", path(target)];
            const inject = ["-e", `inject=${call}:error=${errno}:when=1+`];
            const { status, output } = check(
              [path("logs/app/*.log"), path("auth.log")],
              [...prefix, ...inject],
            );
            const wasHit = readFileSync(trace, "utf8").includes("(INJECTED)");
            const where = `${call} ${errno} ${target}`;
            expect(output, where).to.contain("Accepted password for root");
            // libuv asks these again in another way.
            const isAskedAgain = call === "statx" && (errno === "EPERM" || errno === "EINVAL");
            if (!wasHit || isAskedAgain) continue;
            hits++;
            expect(status, where).to.equal(74);
          }
        // Which of the calls a path is looked at with is the platform's choice: at least the usual ones are made.
        if (!isLong) expect(hits).to.be.greaterThan(0);
      });
  });
});
