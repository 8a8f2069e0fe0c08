/** What a line can be to the event that is open in its stream. */

/**
 * "stands": it is an event of its own, and no other line continues it. "opens": the same, and others may continue it.
 * "continues": it belongs to the open event. "leads": it belongs to it, and says best what happened.
 */
export type Role = "stands" | "opens" | "continues" | "leads";

/** How far an event has come; each family of events has its own states. */
export interface Reading {
  readonly role: Role;
  readonly state: number;
}

/** Reads lines of one family of events. */
export interface Family {
  /** ms between two lines of an event. */
  readonly longestGapMs: number;
  /**
   * Whether a line that rules raise may be a part of an event all the same: only where its wording says so, as in the
   * kernel's account of who ran out of memory. It stays visible.
   */
  readonly holdsAlarms: boolean;
  /** In: the message, and the state of the open event; undefined: there is none. */
  read(message: string, state: number | undefined): Reading;
}
