/**
 * Small questions about the shape of parsed JSON.
 * Promise: a value that answers yes can be used as its type says, however the document came to be.
 */

/** What a value must be. */
export type Shape<Value> = (value: unknown) => value is Value;

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const isString: Shape<string> = (value) => typeof value === "string";

export const isBoolean: Shape<boolean> = (value) => typeof value === "boolean";

/** A count or a size: a whole number from 0. */
export const isCount: Shape<number> = (value): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

/** A moment as `toISOString` gives it. */
export const isInstant: Shape<string> = (value): value is string =>
  typeof value === "string" && !Number.isNaN(Date.parse(value));

export function isListOf<Item>(isItem: Shape<Item>): Shape<readonly Item[]> {
  return (value): value is readonly Item[] => Array.isArray(value) && value.every((item) => isItem(item));
}

/** An object in which every value is of one shape. */
export function isRecordOf<Item>(isItem: Shape<Item>): Shape<Readonly<Record<string, Item>>> {
  return (value): value is Readonly<Record<string, Item>> =>
    isObject(value) && Object.values(value).every((item) => isItem(item));
}

/** Left out, or of the shape. */
export function isOptional<Value>(isValue: Shape<Value>): Shape<Value | undefined> {
  return (value): value is Value | undefined => value === undefined || isValue(value);
}

/** An object with at least these fields; those that are optional may be missing. */
export function hasFields<Fields extends object>(shapes: {
  readonly [Name in keyof Fields]-?: (value: unknown) => boolean;
}): Shape<Fields> {
  const entries = Object.entries(shapes) as [string, (value: unknown) => boolean][];
  return (value): value is Fields => isObject(value) && entries.every(([name, isFit]) => isFit(value[name]));
}

/** The value of a JSON text, or undefined where it is none. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}
