/**
 * Collects lines by kind, as a run with these rules would report them: those that no rule decides, alarms, and ignored ones
 * where somebody asks for them.
 * Promise: what a rule already ignores is no reason for a rule that ignores it.
 */
import type { Classifier } from "../../rules/classify/classifier.js";
import type { LinesChunk } from "../../rules/classify/classified-lines.js";
import { createRuleClassifier, reportedLayers } from "../../rules/classify/rule-classifier.js";
import type { Layer, Verdict } from "../../rules/layer.js";
import type { RuleSet } from "../../rules/rule-set.js";
import type { ByteString } from "../../std/text/byte-string.js";
import { lineText } from "../../std/text/line-text.js";
import { Kinds, type Kind } from "./kinds.js";

export class KnownLines {
  private readonly classifier: Classifier<Verdict>;
  private readonly undecided = new Kinds();
  private readonly alarms = new Kinds();
  private readonly ignored = new Kinds();

  /** In: the rules, and the layers whose lines `take` keeps. */
  constructor(ruleSet: RuleSet, kept: ReadonlySet<Layer> = reportedLayers) {
    this.classifier = createRuleClassifier(ruleSet, { selectedLayers: kept });
  }

  /** Where a reader puts the next lines. */
  get buffer(): Uint8Array {
    return this.classifier.buffer;
  }

  /** In: a line without its newline, and what it reads as in another form. Out: the verdict, and the id of its kind. */
  add(line: ByteString, readAs: ByteString | undefined): { readonly verdict: Verdict; readonly id: string } {
    const verdict = this.classifier.verdictOn(Buffer.from(readAs ?? line, "latin1"));
    return { verdict, id: this.kindsFor(verdict).add(verdict, line, readAs) };
  }

  take(chunk: LinesChunk): void {
    const lines = this.classifier.classify(chunk);
    for (let index = 0; index < lines.selectedCount; index++) {
      const verdict = lines.verdict(index);
      const readAs = lines.readAs(index);
      this.kindsFor(verdict).add(verdict, lineText(lines.line(index)), readAs && lineText(readAs));
    }
  }

  private kindsFor({ layer }: Verdict): Kinds {
    if (layer === "ignored") return this.ignored;
    return layer === "remainder" ? this.undecided : this.alarms;
  }

  /** Those that no rule decides, in the order in which they came. */
  get kinds(): readonly Kind[] {
    return [...this.undecided.kinds.values()];
  }

  /** Those that raise an alarm. */
  get alarmKinds(): readonly Kind[] {
    return [...this.alarms.kinds.values()];
  }

  /** Those that a rule ignores. */
  get ignoredKinds(): readonly Kind[] {
    return [...this.ignored.kinds.values()];
  }
}
