/** Preloaded into the program (`node --import`): its clock is an hour fast, as that of the next hourly run. */
const hourMs = 3_600_000;
const Now = Date;

globalThis.Date = class extends Now {
  constructor(...given: readonly [] | readonly [number | string | Date]) {
    // Without an argument a Date is the time that it is.
    super(given[0] ?? Now.now() + hourMs);
  }

  static override now(): number {
    return Now.now() + hourMs;
  }
} as DateConstructor;
