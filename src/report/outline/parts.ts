/** What the rows of an outline are made of: quoted text, and a kind with its facts. */
import type { Band, Shown } from "../../rules/files/directive-values.js";
import type { Layer } from "../../rules/layer.js";
import type { Words } from "../../std/text/byte-string.js";

/** Text of a log, a path or a rule file: printable, in one line, with escapes for what is not. A form escapes it once more for itself. */
export interface Quoted {
  readonly quoted: string;
}

/** Words and quoted text in their order, with no blank between them but their own. */
export type Phrase = readonly (Words | Quoted)[];

/** A kind of line as headings and rows tell of it. */
export interface OutlineKind {
  /** The first four digits of its whole id; more where two kinds of the report would share them. */
  readonly id: Words;
  /** Twelve digits; empty where an earlier version stored the kind without. */
  readonly wholeId: Words;
  readonly layer: Layer;
  readonly band: Band;
  /** Left out: its rule has none, or no rule told of it. */
  readonly title?: Words;
  /** The title; "rule ssh:4", whose file's name is quoted; of a kind that no rule decided, its program. */
  readonly name: Phrase;
  /** Values of `#@ key=`, at most two. */
  readonly values: readonly KeyValue[];
  /** What its lines have in common, with "*" for what varies. */
  readonly shape: Quoted;
  /** "first seen: cron-command: root, backup --all": said where the lines are told, not in rows. */
  readonly note?: Phrase;
  /** "203.0.113.200: scan.example.net, NL, Example Hosting": said where the lines are told. Left out: nothing is known. */
  readonly whose?: readonly Phrase[];
  readonly novelty: Novelty;
  /** Events: what "x55" says. */
  readonly count: number;
  /** Lines, those included that belong to its events. */
  readonly lines: number;
  readonly firstMs?: number;
  readonly lastMs?: number;
  /** The hosts that wrote them, as far as the lines name them. */
  readonly hosts: readonly Quoted[];
  /** Whether further hosts wrote them. */
  readonly hasMoreHosts: boolean;
  /** To be joined by ", ": "violation", "known since 20 Nov", "14 reports", "00:04:19 to 00:58:40", "38 addresses". */
  readonly facts: readonly Fact[];
}

/** Whether earlier reports told of it. "unknown": nothing is remembered of kinds. */
export type Novelty = "new" | "known" | "back" | "acked" | "unknown";

export interface Fact {
  /** What it is about: forms give marks a colour. */
  readonly about: "layer" | "novelty" | "package" | "count" | "time" | "value" | "usual" | "condition";
  readonly words: Words;
}

export interface KeyValue {
  readonly by: Shown;
  /** "203.0.113.200"; "38 addresses" where there are several. */
  readonly words: Words;
  /** Of an address that packets were sent to. Left out: they, or whatever it was, came from there. */
  readonly isTarget?: true;
  /** How many different values there are; at least so many where `isAtLeast`. */
  readonly distinct: number;
}
