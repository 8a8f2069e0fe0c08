/**
 * Gives each kind of line a short name that stays the same from run to run.
 * Promise: the name follows from layer, rule and shape alone, so that a kind that comes back has the name it had, on any
 * day and whatever came before it; kinds of different layers never share one.
 */
import { createHash } from "node:crypto";
import type { Layer } from "../rules/layer.js";
import type { ByteString } from "../std/text/byte-string.js";

/** 48 bits: among 10,000 kinds two share a name once in five million reports. */
const idCharacters = 12;

/**
 * The id of a kind: twelve hexadecimal digits.
 * In: the layer, the text of the rule that decided, if one did (its place changes when lines are added to its file), and
 * the shape of the lines.
 */
export function kindId(layer: Layer, ruleText: ByteString | undefined, shape: ByteString): string {
  const text = `${layer}\n${ruleText ?? ""}\n${shape}`;
  return createHash("sha256").update(text, "latin1").digest("hex").slice(0, idCharacters);
}

/** Of shapes whose ids are remembered, in characters; each takes about twice as much memory with what is around it. */
const maxRememberedCharacters = 2 ** 22;
const maxRemembered = 10_000;

/** Remembers ids, since a digest takes longer than all else that is done for a line. Bounded: 10,000 kinds, 16 MiB. */
export class KindIds {
  private readonly ids = new Map<string, string>();
  private characters = 0;

  /** As `kindId`. */
  idOf(layer: Layer, ruleText: ByteString | undefined, shape: ByteString): string {
    const key = `${layer}\n${ruleText ?? ""}\n${shape}`;
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = kindId(layer, ruleText, shape);
    if (this.ids.size >= maxRemembered || this.characters + key.length > maxRememberedCharacters) {
      this.ids.clear();
      this.characters = 0;
    }
    // A slice would hold on to the line that it was cut from.
    this.ids.set(Buffer.from(key, "latin1").toString("latin1"), id);
    this.characters += key.length;
    return id;
  }
}
