/**
 * `logwinnow filter`: triage by hand.
 * Promise: prints the lines that remain as soon as they come, and loses none.
 */
import type { RuleOptions } from "../config/config.js";
import { circumstanceMarkers } from "../conditions/circumstances.js";
import { conditionalClassifier } from "../conditions/conditional-classifier.js";
import { Conditions } from "../conditions/conditions.js";
import { stateOfOneRun } from "../conditions/state.js";
import type { PrinterOptions } from "../filter/rich-printers.js";
import type { Layer } from "../rules/layer.js";
import { fromInput, InputError } from "../sources/input-error.js";
import { inputInItsForm } from "../sources/forms/input-forms.js";
import { openInput } from "../sources/input.js";
import type { LineReader } from "../sources/source.js";
import { isTerminal } from "../std/terminal.js";
import { openCache } from "../store/caches/open-cache.js";
import { countPrinter, mostWrittenNulBytes, plainPrinter, type LinePrinter } from "../filter/printers.js";
import { loadRuleSet } from "../rules/load-rule-set.js";
import type { RuleSettings } from "../rules/rule-settings.js";
import type { RuleTitles } from "../rules/titles/rule-titles.js";
import { standardInput } from "../std/standard-input.js";
import { sayNotices } from "../std/standard-error.js";

export interface FilterOptions extends RuleOptions, PrinterOptions {
  /** Paths; "/dev/stdin" for standard input. Empty: standard input. */
  readonly files: readonly string[];
  readonly layers: readonly Layer[];
  readonly count: boolean;
  readonly cache: boolean;
}

export type FilterOutcome = "remain" | "none" | "trouble";

export async function filter(options: FilterOptions, settings: RuleSettings): Promise<FilterOutcome> {
  const cache = options.cache ? openCache() : undefined;
  const { ruleSet, titles, notices } = loadRuleSet(settings, cache, circumstanceMarkers);
  sayNotices(notices);
  const selectedLayers: ReadonlySet<Layer> = new Set(options.layers);
  const conditions = new Conditions(ruleSet, {
    lowersAtOnce: true,
    isTold: ({ layer }) => selectedLayers.has(layer),
  });
  conditions.begin(stateOfOneRun(conditions, new Date(), settings.origins));
  const classifier = conditionalClassifier(ruleSet, conditions, { selectedLayers, handsOutEarlier: true });
  const printer = await openPrinter(options, titles);
  let remainCount = 0;
  let isTroubled = false;

  const print = async (name: string, reader: LineReader): Promise<void> => {
    for (;;) {
      const chunk = await fromInput(reader.read(classifier.buffer));
      if (chunk.kind === "end") return;
      const lines = classifier.classify(chunk, name);
      if (lines.selectedCount === 0) continue;
      remainCount += lines.selectedCount;
      if (chunk.kind === "long line" && chunk.trueLengthBytes > chunk.bytes.length) {
        const what = `a line of ${chunk.trueLengthBytes} bytes`;
        sayNotices([{ where: name, what, done: `cut to ${chunk.bytes.length} bytes` }]);
      }
      if (chunk.kind === "long line" && (chunk.leadingNulBytes ?? 0) > mostWrittenNulBytes) {
        const what = `a line after ${chunk.leadingNulBytes} NUL bytes`;
        sayNotices([{ where: name, what, done: `no more than ${mostWrittenNulBytes} of them are printed` }]);
      }
      printer.print(name, lines);
    }
  };

  for (const file of options.files.length > 0 ? options.files : [standardInput]) {
    try {
      const reader = inputInItsForm(await fromInput(openInput(file === standardInput ? "-" : file)), file);
      try {
        await print(file, reader);
      } finally {
        sayNotices(reader.notices());
        await reader.close();
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      isTroubled = true;
      sayNotices([{ where: file, what: error.message, done: "not read further" }]);
    }
  }
  printer.end();
  sayNotices(conditions.notices());
  classifier.keepStates();
  if (isTroubled) return "trouble";
  return remainCount > 0 ? "remain" : "none";
}

/** Everything but the plain printer is loaded only when it is needed. */
async function openPrinter(options: FilterOptions, titles: RuleTitles): Promise<LinePrinter> {
  if (options.count) return countPrinter();
  const isSeen = isTerminal();
  if (!options.group && !options.json && !options.explain && !isSeen && options.color !== true)
    return plainPrinter();
  const { richPrinter } = await import("../filter/rich-printers.js");
  return richPrinter(options, titles, isSeen);
}
