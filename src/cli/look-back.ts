/** Reads how far back a first run looks: "24h", "1MiB", "all" or "none". */
import type { LookBack } from "../sources/source.js";

const unitMilliseconds: Readonly<Record<string, number>> = {
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const unitBytes: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/** Undefined when the text is none of the forms. */
export function parseLookBack(text: string): LookBack | undefined {
  if (text === "all" || text === "none") return { kind: text };
  const match = /^(\d+) ?([A-Za-z]+)$/.exec(text);
  const [, digits = "", unit = ""] = match ?? [];
  const amount = Number(digits);
  if (!match || !Number.isSafeInteger(amount)) return undefined;
  const milliseconds = unitMilliseconds[unit];
  if (milliseconds !== undefined) return { kind: "duration", milliseconds: amount * milliseconds };
  const bytes = unitBytes[unit];
  return bytes === undefined ? undefined : { kind: "bytes", bytes: amount * bytes };
}
