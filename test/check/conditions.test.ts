/**
 * Conditions in the hourly job: whatever parts a backlog is committed in, and wherever a run is ended, the report is that
 * of one run, and every line is accounted for (the run checks its ledger itself, and throws where it does not add up).
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { prepareCheck } from "../../src/check/product.js";
import { parseConfig } from "../../src/config/config.js";
import type { FittedReport } from "../../src/report/outline/fit.js";
import { textOf } from "../../src/report/render/text.js";
import { unwrapped } from "../support/mail-text.js";
import { runOnce, type RunOutcome } from "../../src/run/transaction.js";
import { realDisk } from "../../src/std/disk.js";
import { openStore, readOnlyStore, type Store } from "../../src/store/store.js";
import { mailVia } from "../support/payloads.js";
import { isLong, randomStream } from "../support/seed.js";

const now = new Date("2026-11-27T12:00:00");
const header = String.raw`^\w{3} [ :0-9]{11} [._[:alnum:]-]+ `;
const rules: Readonly<Record<string, string>> = {
  "ignore.d/server/jobs": `#@ first-seen=\\1 family=jobs\n${header}jobd: ran ([a-z]+)$\n\n${header}jobd: idle$\n`,
  "ignore.d/server/shop": `#@ max=3/h\n${header}shop: slow\n\n${header}shop: refused\n${header}kernel: `,
  "violations.d/shop": `#@ min=4/h\n${header}shop: refused\n`,
  "never.d/proxy": `#@ near=boot\n${header}proxyd: no backend\n`,
};
const sources = ["a.log", "b.log", "c.log", "d.log"];

interface Ran {
  readonly outcome: RunOutcome<FittedReport>;
  readonly text: string;
}

describe("conditions in the hourly job", () => {
  const random = randomStream();
  const below = (bound: number): number => Math.floor(random() * bound);
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "conditions-"));
    for (const [name, text] of Object.entries(rules)) {
      mkdirSync(join(home, name, ".."), { recursive: true });
      writeFileSync(join(home, name), text);
    }
  });
  afterEach(() => rmSync(home, { recursive: true }));

  /** Lines of the last hour, in the order of their times. */
  function randomLog(): string {
    const messages = [
      () => `jobd: ran ${"abcdefgh"[below(8)]}`,
      () => "jobd: idle",
      () => "shop: slow",
      () => "shop: refused",
      () => "proxyd: no backend",
      () => "app: odd",
      () => (random() < 0.2 ? "kernel: Linux version 6.1.0" : "jobd: idle"),
    ];
    const minutes = Array.from({ length: below(30) }, () => below(60)).sort((one, other) => one - other);
    const stamp = (minute: number): string => `Nov 27 11:${String(minute).padStart(2, "0")}:00 web1`;
    return minutes.map((minute) => `${stamp(minute)} ${messages[below(messages.length)]?.()}\n`).join("");
  }

  /** A run on a state directory. `ends`: whether it is ended from outside after its first commit. */
  async function run(
    name: string,
    { storeEveryBytes = 2 ** 26, ends = false, isDry = false } = {},
  ): Promise<Ran> {
    const config = parseConfig(
      // A run that was ended has no way back to what stood around its alarms.
      `[report]\ndigest = "hourly"\ncontext = false\n[rules]\ndirectories = ["."]\n[[source]]\nkind = "file"\npath = ${JSON.stringify(sources)}\nfirst_run = "all"\n`,
      join(home, "logwinnow.toml"),
      [],
    );
    const directory = join(home, "states", name);
    const controller = new AbortController();
    const ending = (store: Store): Store =>
      new Proxy(store, {
        get(target, property) {
          const value: unknown = Reflect.get(target, property, target);
          if (typeof value !== "function") return value;
          return (...args: unknown[]): unknown => {
            if (property === "commit" && ends) controller.abort();
            return Reflect.apply(value, target, args);
          };
        },
      });
    let text = "";
    const outcome = await runOnce(
      () => prepareCheck(config, () => now, undefined),
      {
        directory,
        open(at) {
          const opened = isDry ? readOnlyStore(directory, realDisk) : openStore(directory, realDisk, at);
          return { ...opened, store: ending(opened.store), release() {} };
        },
      },
      [{ ...mailVia(() => Promise.resolve({ outcome: "delivered" })), render: () => Promise.resolve([]) }],
      {
        clock: () => now,
        storeEveryBytes,
        signal: controller.signal,
        present: ({ outline }) => {
          text = unwrapped(textOf(outline));
        },
        tell: () => {},
      },
    );
    // First runs say so, and each commit has a report file of its own.
    const compared = text
      .replaceAll(/^This is the first run [^.]*(?:\.[^\n.]+)*\.\n/gm, "")
      .replace("NOTICES\n-------\n", "")
      .replaceAll(/^ .*\/full\/.*\n/gm, "")
      .replaceAll(/^ +and [0-9]+ more files? beside it\n/gm, "");
    return { outcome, text: compared };
  }

  async function untilDone(name: string, isDryBetween: boolean): Promise<Ran> {
    for (let runs = 0; runs < 20; runs++) {
      if (isDryBetween) await run(name, { isDry: true });
      const ran = await run(name, { storeEveryBytes: 1, ends: true });
      if (ran.outcome.kind === "done") return ran;
    }
    throw new Error("does not come to an end");
  }

  it("makes the report of one run, in parts, ended after each of them, and with dry runs between", async function () {
    this.timeout(isLong ? 3_600_000 : 60_000);
    for (let round = 0; round < (isLong ? 500 : 4); round++) {
      rmSync(join(home, "states"), { recursive: true, force: true });
      // Hours, so that the second ones come to a host that knows something.
      for (const hour of ["first", "second"]) {
        for (const source of sources) writeFileSync(join(home, source), randomLog(), { flag: "a" });
        const whole = await run("whole");
        expect(whole.outcome.kind).to.equal("done");
        const inParts = await run("parts", { storeEveryBytes: 1 });
        expect(inParts.text, `${hour}, in parts`).to.equal(whole.text);
        const ended = await untilDone("ended", round % 2 === 0);
        expect(ended.text, `${hour}, ended`).to.equal(whole.text);
      }
      for (const source of sources) rmSync(join(home, source));
    }
  });
});
