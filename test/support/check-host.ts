/** A host with one log, on which the hourly job runs at times that the test names. */
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { prepareCheck } from "../../src/check/product.js";
import type { ReportSettings } from "../../src/check/settings.js";
import { parseConfig, type Config } from "../../src/config/config.js";
import { linesOf, type Group } from "../../src/group/group.js";
import type { FittedReport } from "../../src/report/outline/fit.js";
import type { Report } from "../../src/report/document.js";
import { runOnce, type RunOutcome } from "../../src/run/transaction.js";
import { realDisk, type Disk } from "../../src/std/disk.js";
import { openStore } from "../../src/store/store.js";
import type { Payload } from "../../src/store/spool/payload.js";
import { mailPayload, mailVia } from "./payloads.js";

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

export interface CheckHost {
  readonly log: string;
  readonly state: string;
  /** What its configuration says. */
  readonly config: Config;
  /** What was delivered: "commit 7", then the groups of the report, a line each: "2 app: odd". */
  readonly mails: readonly string[];
  rules(name: string, text: string): void;
  /** Appends a line of web1 at a time, "2026-11-27T11:00:00". */
  logged(at: string, message: string): void;
  /** A run at a time, which tells all that it has, unless the settings say otherwise. */
  run(at: string, settings?: RunSettings): Promise<Ran>;
  /** Changes the bytes of what is remembered under a name. */
  damageMemory(name: string): void;
  remove(): void;
}

export interface RunSettings {
  readonly report?: Partial<ReportSettings>;
  readonly kindDays?: number;
  /** Where dpkg says what it does, and which files packages have; unset: nothing is known of packages. */
  readonly packages?: { readonly log: string; readonly lists: string };
  /** Files that know where addresses are; unset: nothing is known. */
  readonly origins?: readonly string[];
  /** Throws in place of the commit. */
  readonly fails?: boolean;
  /** After so many bytes what was read is stored. */
  readonly storeEveryBytes?: number;
  /** The disk of the state directory. */
  readonly disk?: Disk;
}

export interface Ran {
  readonly outcome: RunOutcome<FittedReport>;
  readonly report: Report | undefined;
}

export function checkHost(): CheckHost {
  const home = mkdtempSync(join(tmpdir(), "check-host-"));
  const log = join(home, "syslog");
  const state = join(home, "state");
  writeFileSync(log, "");
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(home, "rules", name)), { recursive: true });
    writeFileSync(join(home, "rules", name), text);
  };
  write("ignore.d/server/idle", "idled: idle$\n");
  const mails: string[] = [];
  const config = parseConfig(
    `[rules]\ndirectories = ["rules"]\n[[source]]\nkind = "file"\npath = "syslog"\n`,
    join(home, "logwinnow.toml"),
    [],
  );
  return {
    config,
    log,
    state,
    mails,
    rules: write,
    logged(at, message) {
      const date = new Date(at);
      const [, time] = at.split("T");
      const day = String(date.getDate()).padStart(2);
      appendFileSync(log, `${months[date.getMonth()]} ${day} ${time} web1 ${message}\n`);
    },
    async run(
      at,
      { report = {}, kindDays, packages, origins = [], fails = false, disk = realDisk, storeEveryBytes } = {},
    ) {
      const now = new Date(at);
      const settings = {
        ...config,
        report: { ...config.report, digest: { kind: "hourly" } as const, ...report },
        ...(kindDays !== undefined && { kindDays }),
        rules: { ...config.rules, origins: { files: origins } },
        packageLogs: packages ? [packages.log] : [],
        ...(packages && { packageLists: packages.lists }),
      };
      const outcome = await runOnce(
        () => prepareCheck(settings, () => now, undefined),
        { directory: state, open: (when) => ({ ...openStore(state, disk, when), release() {} }) },
        [
          {
            ...mailVia(({ bytes }) => {
              mails.push(Buffer.from(bytes).toString());
              return Promise.resolve({ outcome: "delivered" });
            }),
            render: ({ report }, { commitNumber }) =>
              fails ? Promise.reject(new Error("no room")) : Promise.resolve([mailOf(report, commitNumber)]),
          },
        ],
        { clock: () => now, tell: () => {}, ...(storeEveryBytes !== undefined && { storeEveryBytes }) },
      );
      return { outcome, report: outcome.kind === "done" ? outcome.report?.report : undefined };
    },
    damageMemory(name) {
      for (const file of readdirSync(join(state, "memory")))
        if (file.includes(name)) appendFileSync(join(state, "memory", file), " ");
    },
    remove: () => rmSync(home, { recursive: true }),
  };
}

/** The groups of a report, worst layer first. */
export function groupsOf(report: Report | undefined): readonly Group[] {
  return (report?.sections ?? []).flatMap(({ groups }) => groups);
}

function mailOf(report: Report, commitNumber: number): Payload {
  const text = groupsOf(report).map((group) => `${linesOf(group)} ${group.shape}\n`);
  return mailPayload({
    envelope: { from: "a@web1.example", to: ["b@web1.example"] },
    bytes: Buffer.from(`commit ${commitNumber}\n${text.join("")}`),
  });
}
