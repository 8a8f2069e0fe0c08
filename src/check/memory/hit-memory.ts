/**
 * Counts for the hourly job which rules decided its lines.
 * Promise: what is counted is of the same commit as the positions after the lines; nothing is done for a single line.
 */
import {
  decodeRuleHits,
  emptyHits,
  encodeRuleHits,
  ruleHitsName,
  ruleKey,
  withRun,
  type RuleHits,
} from "../../memory/rule-hits.js";
import type { Verdict } from "../../rules/layer.js";
import type { RuleSet } from "../../rules/rule-set.js";
import type { Rule } from "../../rules/rule.js";
import type { Memory, Progress } from "../../run/product.js";
import type { Stored } from "../../store/stored.js";

/** By rule: of those that cancelled what would have raised a line, too. */
function hitsByRule(counts: ReadonlyMap<Verdict, number>): ReadonlyMap<Rule, number> {
  const hits = new Map<Rule, number>();
  const add = (rule: Rule, lines: number): void => void hits.set(rule, (hits.get(rule) ?? 0) + lines);
  for (const [{ rule, cancelledBy = [] }, lines] of counts) {
    if (rule) add(rule, lines);
    for (const canceller of cancelledBy) add(canceller, lines);
  }
  return hits;
}

export class HitMemory {
  private readonly memory: Memory;
  private readonly ruleSet: RuleSet;
  private readonly now: Date;
  /** As it was when the run began: parts of a run are stored while it goes on. */
  private known: RuleHits | undefined;
  private readonly joined = new Map<Verdict, number>();
  private progress: Pick<Progress<Verdict>, "counts" | "ledger"> | undefined;

  constructor(memory: Memory, ruleSet: RuleSet, now: Date) {
    this.memory = memory;
    this.ruleSet = ruleSet;
    this.now = now;
  }

  /** Counts a line whose verdict is that of several lines together: no classifier counted it. */
  addJoined(verdict: Verdict): void {
    this.joined.set(verdict, (this.joined.get(verdict) ?? 0) + 1);
  }

  /** What has been read since the run began. */
  note({ counts, ledger }: Pick<Progress<Verdict>, "counts" | "ledger">): void {
    this.progress = { counts, ledger };
  }

  toRemember(): Readonly<Record<string, Stored>> {
    if (this.progress === undefined) return {};
    const { counts, ledger } = this.progress;
    this.known ??= decodeRuleHits(this.memory.store.memory(ruleHitsName)) ?? emptyHits(this.now);
    const hits = new Map<string, number>();
    for (const [rule, lines] of [...hitsByRule(counts), ...hitsByRule(this.joined)]) {
      const key = ruleKey(rule);
      hits.set(key, (hits.get(key) ?? 0) + lines);
    }
    const lines = ledger.reduce((sum, { read }) => sum + read, 0);
    const { rules, patterns } = this.ruleSet;
    const on = { key: patterns.key, keys: () => new Set(rules.map(ruleKey)) };
    return { [ruleHitsName]: encodeRuleHits(withRun(this.known, on, { hits, lines, now: this.now })) };
  }
}
