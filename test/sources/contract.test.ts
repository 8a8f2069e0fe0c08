/** Every kind of source keeps the contract. */
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { traditionalTime } from "../../src/entry/traditional-time.js";
import { fileSettings } from "../../src/sources/file/file-kind.js";
import type { JournalSettings } from "../../src/sources/journal/journal.js";
import { sourceKinds } from "../../src/sources/registry.js";
import type { LookBack, SourceSettings } from "../../src/sources/source.js";
import { needsTool } from "../support/tools.js";
import { insertLogin, replaceLastLogin, writeDatabase } from "./login-databases.js";
import { layouts, loginLine, loginRecord, type LoginLayout } from "./logins.js";
import { keepsTheContract, type Subject } from "./contract.js";
import { exportOf, importJournal, remote } from "./journals.js";
import { noon, temporaryDirectory } from "./reading.js";
import { lineOf, recordOf } from "./records.js";

interface Trial {
  readonly kind: string;
  readonly what: string;
  readonly tools: readonly string[];
  /** In: an empty directory. */
  readonly makeSubject: (directory: string) => Subject;
}

const all: LookBack = { kind: "all" };

const lineAt = (number: number): string =>
  `Nov 22 12:00:00 web1 app[7]: line ${number} ${"z".repeat(number % 50)}\n`;

function plainLog(directory: string): Subject {
  const path = join(directory, "app.log");
  let count = 0;
  return {
    settings: fileSettings("file", [path], all),
    append(lines) {
      const written = Array.from({ length: lines }, () => lineAt(++count));
      appendFileSync(path, written.join(""));
      return written;
    },
  };
}

/** The second time that it is written to, two lines go to what is rotated and packed then. */
function packedLog(directory: string, tool: string, extension: string): Subject {
  const path = join(directory, "app.log");
  let count = 0;
  return {
    settings: fileSettings("file", [path], all),
    append(lines) {
      const written = Array.from({ length: lines }, () => lineAt(++count));
      if (count === lines) {
        writeFileSync(path, written.join(""));
        return written;
      }
      appendFileSync(path, written.slice(0, 2).join(""));
      const rotated = `${path}.1`;
      if (!existsSync(`${rotated}.${extension}`)) {
        renameSync(path, rotated);
        execFileSync(tool, [rotated]);
      }
      appendFileSync(path, written.slice(2).join(""));
      return written;
    },
  };
}

function accounting(directory: string): Subject {
  const path = join(directory, "pacct");
  let count = 0;
  return {
    settings: fileSettings("pacct", [path], all),
    append(records) {
      const written = Array.from({ length: records }, () => ({ command: `cmd${++count}`, pid: count }));
      for (const fields of written) appendFileSync(path, recordOf(fields));
      return written.map((fields) => lineOf(fields));
    },
  };
}

function logins(directory: string, layout: LoginLayout): Subject {
  const path = join(directory, "wtmp");
  let count = 0;
  return {
    settings: { ...fileSettings("wtmp", [path], all), showsUnknownUsers: false } as SourceSettings,
    append(records) {
      const written = Array.from({ length: records }, () => ({ user: `user${++count}`, pid: count }));
      for (const fields of written) appendFileSync(path, loginRecord(fields, layout));
      return written.map((fields) => loginLine(fields));
    },
  };
}

/** As wtmpdb(8) and lastlog2(8) write to it. */
function loginDatabase(directory: string, kind: "wtmpdb" | "lastlog2"): Subject {
  const path = join(directory, "logins.db");
  let count = 0;
  return {
    settings: { kind, path, firstRun: all } as SourceSettings,
    append(logins) {
      const numbers = Array.from({ length: logins }, () => ++count);
      const statements = numbers.map((number) => {
        const seconds = noon.getTime() / 1000 + number;
        return kind === "wtmpdb"
          ? insertLogin({ user: `user${number}`, seconds })
          : replaceLastLogin({ user: `user${number}`, seconds });
      });
      writeDatabase(path, kind, statements);
      return numbers.map(
        (number) =>
          `${traditionalTime(noon.getTime() / 1000 + number)} web1 ${kind}: login user=user${number} line=pts/0 ` +
          "host=192.0.2.7 service=sshd\n",
      );
    },
  };
}

function auditLog(directory: string): Subject {
  const path = join(directory, "audit.log");
  let count = 0;
  return {
    settings: fileSettings("audit", [path], all),
    append(records) {
      const numbers = Array.from({ length: records }, () => ++count);
      const seconds = noon.getTime() / 1000;
      const recordAt = (number: number): string =>
        `type=CWD msg=audit(${seconds}.001:${number}): cwd=${Buffer.from(`/a b/${number}`).toString("hex").toUpperCase()}`;
      appendFileSync(path, numbers.map((number) => `${recordAt(number)}\n`).join(""));
      return numbers.map(
        (number) =>
          `${traditionalTime(seconds)} web1 audit: type=CWD msg=audit(${seconds}.001:${number}): cwd="/a b/${number}"\n`,
      );
    },
  };
}

function containerLog(directory: string): Subject {
  const path = join(directory, `${"0123456789abcdef".repeat(4)}-json.log`);
  let count = 0;
  return {
    settings: fileSettings("docker", [path], all),
    append(records) {
      const written = Array.from(
        { length: records },
        () => `{"log":"line ${++count}\\n","stream":"stdout","time":"2026-11-22T12:00:00.123456789Z"}\n`,
      );
      appendFileSync(path, written.join(""));
      return written;
    },
  };
}

function journal(directory: string): Subject {
  let count = 0;
  const settings: JournalSettings = {
    kind: "journal",
    journalctlArguments: ["--directory", directory],
    firstRun: all,
  };
  return {
    settings,
    append(entries) {
      const numbers = Array.from({ length: entries }, () => ++count);
      importJournal(
        join(directory, `${numbers[0]}.journal`),
        exportOf(numbers.map((number) => ({ number, fields: { MESSAGE: `message ${number}` } }))),
      );
      return numbers.map(
        (number) => `${traditionalTime(noon.getTime() / 1000 + number)} web1 app[9]: message ${number}\n`,
      );
    },
  };
}

const trials: readonly Trial[] = [
  { kind: "file", what: "a log file", tools: [], makeSubject: plainLog },
  {
    kind: "file",
    what: "a log that is rotated and packed with gzip between two runs",
    tools: ["gzip"],
    makeSubject: (directory) => packedLog(directory, "gzip", "gz"),
  },
  {
    kind: "file",
    what: "a log that is rotated and packed with xz between two runs",
    tools: ["xz"],
    makeSubject: (directory) => packedLog(directory, "xz", "xz"),
  },
  { kind: "pacct", what: "process accounting", tools: [], makeSubject: accounting },
  ...layouts.map((layout) => ({
    kind: "wtmp",
    what: `logins of ${layout.isLong ? 400 : 384} bytes, ${layout.isBig ? "big" : "little"}-endian`,
    tools: [],
    makeSubject: (directory: string) => logins(directory, layout),
  })),
  ...(["wtmpdb", "lastlog2"] as const).map((kind) => ({
    kind,
    what: `a database of ${kind}`,
    tools: ["sqlite3"],
    makeSubject: (directory: string) => loginDatabase(directory, kind),
  })),
  { kind: "audit", what: "the log of auditd", tools: [], makeSubject: auditLog },
  { kind: "docker", what: "the log of a container", tools: [], makeSubject: containerLog },
  { kind: "journal", what: "the journal", tools: ["journalctl", remote], makeSubject: journal },
];

describe("the contract of sources", () => {
  const root = temporaryDirectory();

  it("is tried on every kind that there is", () => {
    expect([...new Set(trials.map(({ kind }) => kind))]).to.have.members(sourceKinds.map(({ kind }) => kind));
  });

  for (const { what, tools, makeSubject } of trials)
    describe(what, () => {
      before(function () {
        needsTool(this, ...tools);
      });
      keepsTheContract(() => makeSubject(mkdtempSync(join(root, "subject-"))));
    });
});
