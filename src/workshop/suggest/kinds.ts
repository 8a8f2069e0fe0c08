/**
 * Collects lines by kind, as a run does, for whoever makes rules of them.
 * Promise: bounded memory; the first lines of a kind are kept, and all are counted.
 */
import { readEntryOf } from "../../entry/header.js";
import { KindIds } from "../../group/kind.js";
import { shapeOf } from "../../group/shape.js";
import type { Layer, Verdict } from "../../rules/layer.js";
import { placeOf } from "../../rules/rule.js";
import type { ByteString, Text } from "../../std/text/byte-string.js";

export interface Kind {
  /** As a report has it. */
  readonly id: string;
  readonly layer: Layer;
  /** Where the rule stands that decided, if one did. */
  readonly rule?: Text;
  readonly shape: ByteString;
  /** As rules read them, without newlines; each once. */
  readonly lines: ByteString[];
  /** All, with those that are not kept. */
  count: number;
  /** The earliest time that its lines state, in ms since the epoch. */
  firstMs?: number;
}

const [mostLines, mostKinds, mostBytes] = [1000, 20_000, 1 << 26];

export class Kinds {
  /** By id, in the order in which they came. */
  readonly kinds = new Map<string, Kind>();
  private readonly known = new Set<ByteString>();
  private readonly ids = new KindIds();
  private readonly now = new Date();
  private bytes = 0;

  /** In: a line without its newline, and what it reads as in another form. Out: the id of its kind. */
  add({ layer, rule }: Verdict, line: ByteString, readAs: ByteString | undefined): string {
    const entry = readEntryOf(line, readAs, this.now);
    const shape = shapeOf(entry);
    const id = this.ids.idOf(layer, rule?.text, shape);
    let kind = this.kinds.get(id);
    if (kind === undefined) {
      if (this.kinds.size >= mostKinds) return id;
      kind = { id, layer, ...(rule && { rule: placeOf(rule) }), shape, lines: [], count: 0 };
      this.kinds.set(id, kind);
    }
    kind.count++;
    if (entry.timestampMs !== undefined && !(entry.timestampMs >= (kind.firstMs ?? Infinity)))
      kind.firstMs = entry.timestampMs;
    const text = readAs ?? line;
    if (kind.lines.length >= mostLines || this.bytes > mostBytes || this.known.has(text)) return kind.id;
    this.known.add(text);
    this.bytes += text.length;
    kind.lines.push(text);
    return kind.id;
  }
}
