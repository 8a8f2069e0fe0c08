/** What the program's exit says. From 64 on the numbers are those of sysexits.h. */
export const exitStatus = {
  ok: 0,
  /** filter: no line remains (as grep); status: the last success is too old. */
  nothing: 1,
  /** filter and explain: trouble of any kind (as grep). */
  trouble: 2,
  usage: 64,
  internal: 70,
  io: 74,
  /** Locked by another run, or mail deferred: try again. */
  tryAgain: 75,
  configuration: 78,
} as const;
