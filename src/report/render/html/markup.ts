/**
 * HTML as a type of its own, and the only way to make it.
 * Promise: whatever is in a text, it stays text: no tag, no attribute, no comment comes out but those that are written
 * here, and all of it is printable ASCII.
 */

declare const content: unique symbol;

/** HTML, whole: every element that it begins, it ends. */
export type Markup = string & { readonly [content]: "markup" };

/** What stands in an element: strings are texts, and are escaped. */
export type Child = Markup | readonly Child[] | undefined;

/** Attributes in the order in which they are written. Undefined: left out. True: without a value. */
export type Attributes = Readonly<Record<string, string | number | true | undefined>>;

const none = markupOf("");

/** For text that is known to be markup: our own templates alone. */
export function markupOf(html: string): Markup {
  // The one place where a string becomes markup.
  return html as Markup;
}

/** One after the other. */
export function joined(children: readonly Child[]): Markup {
  return markupOf(
    children
      .map((child) =>
        child === undefined ? none : typeof child === "string" ? child : joined(child as readonly Child[]),
      )
      .join(""),
  );
}

/** An element. Elements that have no end tag get none. */
export function element(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): Markup {
  const start = `<${tag}${attributesText(attributes)}>`;
  return markupOf(withoutEnd.has(tag) ? start : `${start}${joined(children)}</${tag}>`);
}

const withoutEnd: ReadonlySet<string> = new Set(["br", "col", "hr", "input", "meta", "wbr"]);

function attributesText(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${characters(String(value))}"`))
    .join("");
}

/**
 * A printable text, as `escaped` and `escapedText` (room `std`) give it: what is no plain ASCII becomes a character
 * reference. What is invisible all the same, and what is no character at all, is shown as its number.
 */
export function text(printable: string): Markup {
  return markupOf(characters(printable));
}

/** Nearly every text of a report. */
const plain = /^[ !#-%'-;=?-~]*$/;

function characters(printable: string): string {
  if (plain.test(printable)) return printable;
  return printable.replace(/[^ !#-%'-;=?-~]/gu, (character) => reference(character));
}

const named: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  // All attributes stand between double quotes.
  '"': "&quot;",
};

function reference(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  if (named[character] !== undefined) return named[character];
  return isShown(character) ? `&#x${code};` : `\\u{${code}}`;
}

/** No control, no format character, no half of a surrogate pair, nothing that no version of Unicode has or will have. */
function isShown(character: string): boolean {
  return /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]$/u.test(character);
}
