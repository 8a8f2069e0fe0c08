/** Every source keeps the contract. */
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accountingFile } from "../../src/sources/records/accounting.js";
import { journalSource } from "../../src/sources/journal/journal.js";
import { traditionalTime } from "../../src/entry/traditional-time.js";
import { needsTool } from "../support/tools.js";
import { keepsTheContract, type Subject } from "./contract.js";
import { exportOf, importJournal, remote } from "./journals.js";
import { context, noon, temporaryDirectory, wholeLog } from "./reading.js";
import { lineOf, recordOf } from "./records.js";

const lineAt = (number: number): string =>
  `Nov 22 12:00:00 web1 app[7]: line ${number} ${"z".repeat(number % 50)}\n`;

describe("the contract of sources", () => {
  const root = temporaryDirectory();

  describe("a log file", () => {
    keepsTheContract((): Subject => {
      const path = join(mkdtempSync(join(root, "plain-")), "app.log");
      let count = 0;
      return {
        source: wholeLog(path),
        append(lines) {
          const written = Array.from({ length: lines }, () => lineAt(++count));
          appendFileSync(path, written.join(""));
          return written;
        },
      };
    });
  });

  for (const [tool, extension] of [
    ["gzip", "gz"],
    ["xz", "xz"],
  ] as const)
    describe(`a log that is rotated and packed with ${tool} between two runs`, () => {
      before(function () {
        needsTool(this, tool);
      });
      keepsTheContract((): Subject => {
        const path = join(mkdtempSync(join(root, `${tool}-`)), "app.log");
        let count = 0;
        return {
          source: wholeLog(path),
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
      });
    });

  describe("process accounting", () => {
    keepsTheContract((): Subject => {
      const path = join(mkdtempSync(join(root, "acct-")), "pacct");
      let count = 0;
      return {
        source: accountingFile(path, { firstRun: { kind: "all" }, followLinks: false, context }),
        append(records) {
          const written = Array.from({ length: records }, () => ({ command: `cmd${++count}`, pid: count }));
          for (const fields of written) appendFileSync(path, recordOf(fields));
          return written.map((fields) => lineOf(fields));
        },
      };
    });
  });

  describe("the journal", () => {
    before(function () {
      needsTool(this, "journalctl", remote);
    });
    keepsTheContract((): Subject => {
      const directory = mkdtempSync(join(root, "journal-"));
      let count = 0;
      return {
        source: journalSource(
          { kind: "journal", journalctlArguments: ["--directory", directory], firstRun: { kind: "all" } },
          context,
        ),
        append(entries) {
          const numbers = Array.from({ length: entries }, () => ++count);
          const first = numbers[0] ?? 0;
          importJournal(
            join(directory, `${first}.journal`),
            exportOf(numbers.map((number) => ({ number, fields: { MESSAGE: `message ${number}` } }))),
          );
          return numbers.map(
            (number) => `${traditionalTime(noon.getTime() / 1000 + number)} web1 app[9]: message ${number}\n`,
          );
        },
      };
    });
  });
});
