/** Sources, a classifier and a product that tests can look through. */
import { compilePatternSet } from "../../src/ere/index.js";
import { createClassifier, type Classifier } from "../../src/rules/classify/classifier.js";
import type { Collector, Ending, Pass, Prepared, Progress } from "../../src/run/product.js";
import type { ResumableReader, Source } from "../../src/sources/source.js";
import type { Chunk } from "../../src/std/chunk.js";
import type { Notice } from "../../src/std/notice.js";

export interface Oddity {
  readonly isOdd: boolean;
}

/** Selects every line that begins with "odd"; the others are ignored. */
export function oddClassifier(): Classifier<Oddity> {
  const { set } = compilePatternSet([Buffer.from("^odd")], { locale: "C", trimsTrailingSpace: true });
  const [odd, even] = [{ isOdd: true }, { isOdd: false }];
  return createClassifier<Oddity>(set, {
    verdictOf: (matches) => (matches.length > 0 ? odd : even),
    isSelected: ({ isOdd }) => isOdd,
    isIgnored: ({ isOdd }) => !isOdd,
  });
}

/** Gives the chunks one by one; an Error among them is thrown. Its position is the count of chunks given. */
export function scripted(
  name: string,
  script: readonly (string | Error)[],
  noticed: readonly Notice[] = [],
): Source {
  return {
    kind: "scripted",
    name,
    async open(from) {
      let next = from && "count" in from ? Number(from.count) : 0;
      const reader: ResumableReader = {
        async read(into): Promise<Chunk> {
          const step = script[next];
          if (step === undefined) return { kind: "end" };
          if (step instanceof Error) throw step;
          next += 1;
          return { kind: "lines", lengthBytes: Buffer.from(into.buffer, into.byteOffset).write(step) };
        },
        position: () => positionAfter(next),
        notices: () => noticed,
        close: async () => {},
      };
      return reader;
    },
  };
}

export function positionAfter(count: number): { readonly kind: string; readonly count: number } {
  return { kind: "scripted", count };
}

/** What `linesProduct` reports. */
export interface LinesReport {
  readonly lines: readonly string[];
  readonly notices: readonly Notice[];
  readonly ledger: Progress<Oddity>["ledger"];
}

/** A product whose report is the odd lines, in their order. `seen` hears of the collector's calls. */
export function linesProduct(
  sources: () => readonly Source[],
  seen: { readonly ending?: (ending: Ending) => void; readonly begin?: () => void } = {},
): () => Promise<Prepared<Oddity, LinesReport>> {
  return async () => ({
    classifier: oddClassifier(),
    async begin({ store }): Promise<Pass<Oddity, LinesReport>> {
      seen.begin?.();
      const lines = [...((store.openReport()?.data ?? []) as readonly string[])];
      const collector: Collector<Oddity, LinesReport> = {
        accept({ bytes }) {
          lines.push(Buffer.from(bytes).toString().trimEnd());
          return "reported";
        },
        checkpoint: () => ({ kind: "lines", version: 1, data: [...lines] }),
        finish({ ledger, notices }, ending) {
          seen.ending?.(ending);
          const told = [...ending.notices, ...notices];
          const report = { lines, notices: told, ledger };
          return { ...(lines.length > 0 && { report }), told, counted: [] };
        },
      };
      return { sources: sources(), collector };
    },
  });
}
