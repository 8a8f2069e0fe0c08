/**
 * What the program says about its own work: a bad rule, an unreadable log, a mail that waits.
 * Promise: each notice says where, what is wrong and what was done, in one line.
 */

export interface Notice {
  /** File, file:line:column, host:port or source name. */
  readonly where: string;
  readonly what: string;
  readonly done: string;
  /** Something that happened once: if it happens again, it is news again, even in the same words. */
  readonly isEvent?: true;
}

/** One line, without a newline. */
export function formatNotice(notice: Notice): string {
  return `${notice.where}: ${notice.what}: ${notice.done}`;
}
