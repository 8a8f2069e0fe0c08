/**
 * Finds an ERE for what varies in lines of one kind.
 * Promise: it matches all the values that it was made of, no blank that none of them has, and reads the same in every grep.
 */
import { patternParser } from "../../ere/index.js";
import { escapedEre } from "../../rules/nearest/rule-changes.js";
import { freeTextIn } from "../../rules/free-text.js";
import type { ByteString } from "../../std/text/byte-string.js";

interface KnownForm {
  readonly isForm: RegExp;
  readonly ere: string;
}

/** What is asked first is the narrowest. */
const forms: readonly KnownForm[] = [
  { isForm: /^[0-9]+$/, ere: "[0-9]+" },
  { isForm: /^-?[0-9]+$/, ere: "-?[0-9]+" },
  { isForm: /^0x[0-9a-fA-F]+$/, ere: "0x[[:xdigit:]]+" },
  { isForm: /^-?[0-9]+(\.[0-9]+)?$/, ere: "-?[.0-9]+" },
  { isForm: /^(?=.*[0-9:])[0-9a-fA-F]*[.:][0-9a-fA-F.:]*$/, ere: "[.:[:xdigit:]]+" },
  { isForm: /^(?=.*[0-9])[0-9a-fA-F]{6,}$/, ere: "[[:xdigit:]]+" },
];

/** Names have these even where none of the values does. */
const usual = "-._";

/** More texts than that are no list that anybody reads. */
const [mostTexts, longestText] = [8, 120];

/**
 * In: values that stand in the same place. `isTight`: only the characters that they have, and instead of a class that
 * takes any text the few texts that were seen.
 */
export function valueClass(values: readonly ByteString[], isTight: boolean): ByteString {
  const wide = classOf(values, isTight);
  return isTight && takesAnyText(wide) ? (listOf(values) ?? wide) : wide;
}

/** Whether somebody else can write there whatever he wants to hide. */
function takesAnyText(ere: ByteString): boolean {
  const tree = patternParser("C")(Buffer.from(ere, "latin1"));
  return tree !== undefined && freeTextIn(tree).length > 0;
}

function listOf(values: readonly ByteString[]): ByteString | undefined {
  const texts = [...new Set(values)].sort();
  if (texts.length > mostTexts || texts.some(({ length }) => length > longestText)) return undefined;
  const [first = "", ...others] = texts.map(escapedEre);
  return others.length === 0 ? first : `(${[first, ...others].join("|")})`;
}

function classOf(values: readonly ByteString[], isTight: boolean): ByteString {
  const form = forms.find(({ isForm }) => values.every((value) => isForm.test(value)));
  if (form) return form.ere;
  const all = values.join("");
  // Bytes that are no ASCII are characters or not, as the locale has it.
  if (/[^\x20-\x7e\t]/.test(all)) return / /.test(all) ? "[^[:cntrl:]]+" : "[^[:space:]]+";
  if (values.every((value) => /^\/./.test(value)))
    return `/${bracket(values.map((value) => value.slice(1)).join("") + usual, "+")}`;
  const lacksLetters = /^[^A-Za-z]*$/.test(all);
  return bracket(isTight || lacksLetters ? all : all + usual, "+");
}

/** A bracket expression of the characters, letters and digits as classes. */
function bracket(characters: string, repeat: string): string {
  const marks = [...new Set(characters.replaceAll(/[A-Za-z0-9]/g, ""))].sort();
  const has = (mark: string): boolean => marks.includes(mark);
  const plain = marks.filter((mark) => !"]-[^".includes(mark)).join("");
  const letters = /[A-Za-z]/.test(characters) ? "[:alnum:]" : /[0-9]/.test(characters) ? "0-9" : "";
  // "]" must come first and "-" first or last; "[" begins a class before some marks; "^" may not come first.
  const first = has("]") ? "]" : has("-") ? "-" : "";
  const last = `${has("[") ? "[" : ""}${has("^") ? "^" : ""}${has("]") && has("-") ? "-" : ""}`;
  const isOnlyCaret = first + plain + letters === "" && last.startsWith("^");
  return isOnlyCaret ? `\\^${repeat}` : `[${first}${plain}${letters}${last}]${repeat}`;
}
