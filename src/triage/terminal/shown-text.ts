/**
 * The last gate before the terminal.
 * Promise: no control and no sequence passes, whoever forgot to escape it, and a terminal that is not of UTF-8 gets ASCII.
 */

export function shownText(text: string, isUtf8: boolean): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const printable = text.replace(/\p{Cc}/gu, "?");
  return isUtf8 ? printable : printable.replace(/[^\x20-\x7e]/gu, "?");
}
