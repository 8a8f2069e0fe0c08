/**
 * Numbers, dates and counts as a report words them.
 * Promise: ASCII only, the same in every locale; times are local.
 */
import type { Condition } from "../../rules/layer.js";
import type { Text, Words } from "../../std/text/byte-string.js";
import { escapedText } from "../../std/text/escape.js";
import type { VolumeRow } from "../outline/outline.js";

/** "12,345". */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** "1 line", "12,345 lines". */
export function countOf(count: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** "9,874 up to 04:02:00, at most 260 before". */
export function volumeWords({ lines, most, at }: Pick<VolumeRow, "lines" | "most" | "at">): Words {
  const before = most === 0 ? "none" : `at most ${formatCount(most)}`;
  return `${formatCount(lines)} up to ${at}, ${before} before`;
}

/** "2026-11-22". */
export function formatDay(date: Date): string {
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** "00:41:26". */
export function formatTime(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":");
}

/** "00:41". */
export function formatMinute(date: Date): string {
  return formatTime(date).slice(0, -3);
}

/** "2026-11-22 00:41:26". */
export function formatDayAndTime(date: Date): string {
  return `${formatDay(date)} ${formatTime(date)}`;
}

/** "+0100". */
export function formatOffset(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${twoDigits(Math.floor(size / 60))}${twoDigits(size % 60)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

/** A name or a message made printable, with the middle left out where it has more than `maxCharacters`: the end of a path tells as much as its start. */
export function printableName(text: Text, maxCharacters: number): string {
  const shown = escapedText(text);
  if (shown.length <= maxCharacters) return shown;
  const characters = Array.from(shown);
  if (characters.length <= maxCharacters) return shown;
  const left = maxCharacters - leftOut.length;
  const tail = Math.floor(left / 3);
  return (
    characters.slice(0, left - tail).join("") + leftOut + characters.slice(characters.length - tail).join("")
  );
}

const leftOut = "[...]";

const conditionTexts: Readonly<Record<Condition, string>> = {
  "first seen": "first seen",
  "no room": "not seen before, as far as is known: there is no room to remember more",
  "too many": "more than its rule allows",
  suspect: "sent by a suspect",
  boot: "expected while the machine boots",
  shutdown: "expected while the machine shuts down",
  suspend: "expected while the machine is suspended",
  packages: "expected while packages are installed",
};

/** Why a line's layer is not the one of its rule's list. */
export function conditionText(condition: Condition): string {
  // What a later version stored may be another one.
  return Object.hasOwn(conditionTexts, condition) ? conditionTexts[condition] : String(condition);
}
