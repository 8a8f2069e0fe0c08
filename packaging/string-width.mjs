/**
 * Replaces the package string-width in the bundle: yargs measures only its help texts with it, and those are ASCII.
 * The package's tables of wide characters cost every start 37 ms.
 */
export default function stringWidth(text) {
  return text.length;
}
