/** Preloaded into the program (`node --import`): it is the time that LOGWINNOW_BENCH_NOW says. */
const now = Date.parse(process.env.LOGWINNOW_BENCH_NOW ?? "");
const Real = Date;

globalThis.Date = class extends Real {
  constructor(...given: readonly [] | readonly [number | string | Date]) {
    // Without an argument a Date is the time that it is.
    super(given[0] ?? now);
  }

  static override now(): number {
    return now;
  }
} as DateConstructor;
