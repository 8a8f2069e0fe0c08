/**
 * The text of a mail.
 * Promise: our words are ASCII and break at 40 columns, text of logs at 72 and from column 5 on, so that no line of a log
 * can pass for a heading.
 */
import type { SizedForm } from "../outline/fit.js";
import type { Outline } from "../outline/outline.js";
import { pageOf } from "./outline-page.js";
import { quotedPrintableBytes } from "./quoted-printable.js";
import { setPage, type Style } from "./set-page.js";

const style: Style = {
  wordColumns: 40,
  logColumns: 72,
  heading: (words) => words,
  paint: (text) => text,
};

/** Unicode, lines by "\n". */
export function textOf(outline: Outline): string {
  return setPage(pageOf(outline), style);
}

/** Sizes are those of quoted-printable, which is more than a text of ASCII alone takes. */
export function textForm(maxBytes: number): SizedForm {
  return { maxBytes, size: (outline) => quotedPrintableBytes(textOf(outline)) };
}
