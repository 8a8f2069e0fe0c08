/** The program's exit statuses. From 64 up they are those of sysexits.h. */
export const exitStatus = {
  ok: 0,
  /** filter: no line remains (as in grep); status: something is wrong with the job. */
  nothing: 1,
  /** filter and explain: any error (as in grep). */
  trouble: 2,
  usage: 64,
  internal: 70,
  io: 74,
  /** Locked by another run, or mail deferred: try again. */
  tryAgain: 75,
  configuration: 78,
} as const;
