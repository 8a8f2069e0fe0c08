/**
 * Collects the lines that no rule decides by kind, as a run with these rules would report them, and alarms beside them.
 * Promise: what a rule already ignores is no reason for a rule.
 */
import type { Classifier } from "../../rules/classify/classifier.js";
import type { LinesChunk } from "../../rules/classify/classified-lines.js";
import { createRuleClassifier, reportedLayers } from "../../rules/classify/rule-classifier.js";
import type { Verdict } from "../../rules/layer.js";
import type { RuleSet } from "../../rules/rule-set.js";
import { lineText } from "../../std/text/line-text.js";
import { Kinds, type Kind } from "./kinds.js";

export class KnownLines {
  private readonly classifier: Classifier<Verdict>;
  private readonly undecided = new Kinds();
  private readonly alarms = new Kinds();

  constructor(ruleSet: RuleSet) {
    this.classifier = createRuleClassifier(ruleSet, { selectedLayers: reportedLayers });
  }

  /** Where a reader puts the next lines. */
  get buffer(): Uint8Array {
    return this.classifier.buffer;
  }

  take(chunk: LinesChunk): void {
    const lines = this.classifier.classify(chunk);
    for (let index = 0; index < lines.selectedCount; index++) {
      const { layer } = lines.verdict(index);
      const readAs = lines.readAs(index);
      const kinds = layer === "remainder" ? this.undecided : this.alarms;
      kinds.add(layer, lineText(lines.line(index)), readAs && lineText(readAs));
    }
  }

  /** Those that no rule decides, in the order in which they came. */
  get kinds(): readonly Kind[] {
    return [...this.undecided.kinds.values()];
  }

  /** Those that raise an alarm. */
  get alarmKinds(): readonly Kind[] {
    return [...this.alarms.kinds.values()];
  }
}
