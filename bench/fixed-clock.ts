/** Preloaded into the program (`node --import`): it is the time that LOGWINNOW_BENCH_NOW says, on the host of the made-up logs. */
import { createRequire, syncBuiltinESMExports } from "node:module";

const os = createRequire(import.meta.url)("node:os") as { hostname: () => string };
os.hostname = () => "web1.example.org";
syncBuiltinESMExports();

const now = Date.parse(process.env.LOGWINNOW_BENCH_NOW ?? "");
const Real = Date;

globalThis.Date = class extends Real {
  constructor(...given: readonly (number | string | Date)[]) {
    // Without an argument a Date is the time that it is; with several, they are year, month and so on.
    super(...((given.length === 0 ? [now] : given) as [number]));
  }

  static override now(): number {
    return now;
  }
} as DateConstructor;
