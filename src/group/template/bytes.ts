/** The bytes that the readers of messages look for, by their names. */
export const space = 0x20;
export const doubleQuote = 0x22;
export const percent = 0x25;
export const apostrophe = 0x27;
export const leftParenthesis = 0x28;
export const rightParenthesis = 0x29;
export const comma = 0x2c;
export const dash = 0x2d;
export const dot = 0x2e;
export const slash = 0x2f;
export const colon = 0x3a;
export const semicolon = 0x3b;
export const less = 0x3c;
export const equals = 0x3d;
export const more = 0x3e;
export const question = 0x3f;
export const at = 0x40;
export const leftBracket = 0x5b;
export const backslash = 0x5c;
export const rightBracket = 0x5d;
export const backtick = 0x60;
const leftBrace = 0x7b;
export const bar = 0x7c;
const rightBrace = 0x7d;
export const tilde = 0x7e;

export function isOpener(byte: number): boolean {
  return byte === leftParenthesis || byte === leftBracket || byte === leftBrace;
}

export function isCloser(byte: number): boolean {
  return byte === rightParenthesis || byte === rightBracket || byte === rightBrace;
}
