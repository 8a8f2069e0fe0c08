/** The real logrotate and savelog, in every configuration of the matrix: no line lost, none given twice. */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Position } from "../../src/sources/source.js";
import { isLong } from "../support/seed.js";
import { needsTool } from "../support/tools.js";
import { run, temporaryDirectory, wholeLog } from "./reading.js";

/** A log, its writer and its runs. */
class Case {
  readonly path: string;
  readonly directory: string;
  private readonly expected: string[] = [];
  private position: Position | undefined;
  private lineCount = 0;
  private readonly bytesALine: number;

  constructor(root: string, bytesALine: number) {
    this.directory = mkdtempSync(join(root, "case-"));
    this.path = join(this.directory, "app.log");
    this.bytesALine = bytesALine;
    writeFileSync(this.path, "");
  }

  write(lines: number, path = this.path): void {
    for (let written = 0; written < lines; written++) {
      const line = `Nov 22 12:00:00 web1 app: line ${++this.lineCount} ${"y".repeat(this.bytesALine)}\n`;
      appendFileSync(path, line);
      this.expected.push(line);
    }
  }

  /** A run gives what was written since the last one, in that order, and nothing else. */
  async expectNews(): Promise<readonly string[]> {
    const { lines, position, notices } = await run(wholeLog(this.path), this.position);
    expect(lines).to.deep.equal(this.expected.splice(0));
    this.position = position;
    return notices;
  }

  names(): readonly string[] {
    return readdirSync(this.directory, { recursive: true, encoding: "utf8" }).toSorted();
  }
}

interface Compression {
  readonly name: string;
  readonly lines: readonly string[];
}

const archivers = ["gzip", "xz", "zstd", "bzip2"] as const;
const extensions = { gzip: ".gz", xz: ".xz", zstd: ".zst", bzip2: ".bz2" } as const;

const compressions: readonly Compression[] = [
  { name: "no compression", lines: ["nocompress"] },
  ...archivers.flatMap((tool) => {
    const lines = [
      "compress",
      `compresscmd ${execPath(tool)}`,
      `uncompresscmd ${execPath(tool)}`,
      "compressoptions -q",
      `compressext ${extensions[tool]}`,
    ];
    return [
      { name: tool, lines: tool === "zstd" ? [...lines, "compressoptions -q --rm"] : lines },
      { name: `${tool}, delayed`, lines: [...lines, "delaycompress"] },
    ];
  }),
];

function execPath(tool: string): string {
  return existsSync(`/usr/bin/${tool}`) ? `/usr/bin/${tool}` : `/bin/${tool}`;
}

interface Naming {
  readonly name: string;
  readonly lines: readonly string[];
  /** How the day stands in a rotated file's name. */
  readonly dateText?: (date: Date) => string;
}

const [year, month, day] = [
  (date: Date) => String(date.getFullYear()),
  (date: Date) => String(date.getMonth() + 1).padStart(2, "0"),
  (date: Date) => String(date.getDate()).padStart(2, "0"),
];
const plainDate = (date: Date): string => year(date) + month(date) + day(date);

const namings: readonly Naming[] = [
  { name: "numbers", lines: ["nodateext"] },
  { name: "dates", lines: ["dateext"], dateText: plainDate },
  {
    name: "dates with dashes and hours",
    lines: ["dateext", "dateformat -%Y-%m-%d-%H"],
    dateText: (date) => `${year(date)}-${month(date)}-${day(date)}`,
  },
  {
    name: "dates with the day first",
    lines: ["dateext", "dateformat .%d.%m.%Y"],
    dateText: (date) => `${day(date)}.${month(date)}.${year(date)}`,
  },
  { name: "dates before the extension", lines: ["dateext", "extension .log"], dateText: plainDate },
];

/** Short: a third of the compressions a test, with one to three rotations. Each naming meets all of them, by some method. */
describe("logrotate", () => {
  const root = temporaryDirectory();
  let caseCount = 0;
  let testCount = 0;
  before(function () {
    needsTool(this, "logrotate", ...archivers);
  });

  for (const method of ["create", "copytruncate", "copy"])
    for (const naming of namings)
      for (const olddir of [false, true])
        it(`${method}, ${naming.name}${olddir ? ", olddir" : ""}: compressions, 1 to 3 rotations`, async function () {
          this.timeout(120_000);
          const test = testCount++;
          for (const [index, compression] of compressions.entries()) {
            if (!isLong && index % 3 !== test % 3) continue;
            const some = 1 + ((Math.floor(index / 3) + Math.floor(test / 3)) % 3);
            for (const rotations of isLong ? [1, 2, 3] : [some])
              await play(method, naming, olddir, compression, rotations);
          }
        });

  async function play(
    method: string,
    naming: Naming,
    olddir: boolean,
    compression: Compression,
    rotations: number,
  ): Promise<void> {
    // Every other case is too small for its content alone to be strong evidence.
    const one = new Case(root, caseCount++ % 2 === 0 ? 200 : 0);
    if (olddir) mkdirSync(join(one.directory, "old"));
    const configuration = join(one.directory, "logrotate.conf");
    const directives = [
      "rotate 9",
      method,
      ...naming.lines,
      ...(olddir ? ["olddir old"] : []),
      ...compression.lines,
    ];
    writeFileSync(configuration, `${one.path} {\n${directives.join("\n")}\n}\n`);
    one.write(3);
    await one.expectNews();
    for (let rotation = 1; rotation <= rotations; rotation++) {
      one.write(4);
      execFileSync("logrotate", ["--force", "--state", join(one.directory, "status"), configuration], {
        stdio: "pipe",
      });
      // All of it happens within a day: the next rotation finds the date's name free.
      if (naming.dateText)
        setBack(olddir ? join(one.directory, "old") : one.directory, naming.dateText, 10 - rotation);
    }
    one.write(2);
    await one.expectNews();
    if (one.names().length < rotations + 3) throw new Error(`logrotate did nothing: ${one.names().join()}`);
    await one.expectNews();
    one.write(1);
    await one.expectNews();
  }

  /** Gives today's files the date of an earlier day. */
  function setBack(directory: string, dateText: (date: Date) => string, days: number): void {
    const [today, earlier] = [new Date(), new Date(Date.now() - days * 86_400_000)].map(dateText);
    if (today === undefined || earlier === undefined) return;
    for (const name of readdirSync(directory))
      if (name.includes(today))
        renameSync(join(directory, name), join(directory, name.replace(today, earlier)));
  }
});

describe("savelog", () => {
  const root = temporaryDirectory();
  before(function () {
    needsTool(this, "savelog", ...archivers);
  });

  for (const options of [[], ["-l"], ["-j"], ["-J"], ["-d", "-D", "%s%N"], ["-t"], ["-n"]])
    for (const bytesALine of [0, 200])
      it(`savelog ${[...options, bytesALine === 0 ? "of a small log" : ""].join(" ")}: 1 to 3 rotations`, async function () {
        this.timeout(60_000);
        for (const rotations of [1, 2, 3]) {
          const one = new Case(root, bytesALine);
          one.write(3);
          await one.expectNews();
          for (let rotation = 1; rotation <= rotations; rotation++) {
            one.write(4);
            execFileSync("savelog", ["-q", "-c", "9", ...options, one.path], { stdio: "pipe" });
          }
          one.write(2);
          await one.expectNews();
          await one.expectNews();
        }
      });
});
