/**
 * What the program says about its own work: a bad rule, an unreadable log, a mail that waits.
 * Promise: each notice says where, what is wrong and what was done, in one line.
 */
import { hasFields, isString } from "./json-shape.js";
import type { Text } from "./text/byte-string.js";

export interface Notice {
  /** File, file:line:column, host:port or source name. */
  readonly where: Text;
  readonly what: Text;
  readonly done: Text;
  /** Something that happened once: if it happens again, it is news again, even in the same words. */
  readonly isEvent?: true;
  /** What it is counted as where there is room for a number only. Left out: something that was not seen. */
  readonly about?: NoticeAbout;
}

export const noticeAbouts = [
  "silent source",
  "unread source",
  "lost lines",
  "bad rule",
  "ended rule",
] as const;
export type NoticeAbout = (typeof noticeAbouts)[number];

/** Whether a stored value can be told as a notice. */
export const isNotice = hasFields<Notice>({
  where: isString,
  what: isString,
  done: isString,
  isEvent: (value) => value === undefined || value === true,
  about: (value) => value === undefined || noticeAbouts.some((about) => about === value),
});

/** One line, without a newline. */
export function formatNotice(notice: Notice): Text {
  return `${notice.where}: ${notice.what}: ${notice.done}`;
}
