/**
 * Runs the dialogue: keys in, rows out, and what the effects ask for in between.
 * Promise: one event after the other; it ends by the effect "end", or once all is written.
 */
import { begin, reduce, type Effect, type TriageEvent } from "./reduce.js";
import type { Row } from "./rows.js";
import {
  weighty,
  type Advice,
  type Decisions,
  type Size,
  type TriageKind,
  type TriageState,
} from "./state.js";
import { view } from "./view.js";

/** What the dialogue is held on. */
export interface Screen {
  readonly size: Size;
  show(rows: readonly Row[]): void;
  /** The next key, or the size that the terminal has now. */
  next(): Promise<Extract<TriageEvent, { readonly name: "key" | "resized" }>>;
  /** Whether one waits. */
  hasNext(): Promise<boolean>;
}

/** What the effects are done by. Each throws an error whose message can be shown where it cannot be done. */
export interface Doors {
  advise(kind: TriageKind): Advice;
  compare(kind: TriageKind, advice: Advice): readonly string[];
  /** Undefined: nothing was changed. */
  edit(kind: TriageKind, advice: Advice): Advice | undefined;
  plan(decisions: Decisions): Promise<readonly string[]>;
  write(decisions: Decisions): void;
}

export type DialogueOutcome = "written" | "nothing decided" | "dropped";

export async function runDialogue(
  first: TriageState,
  screen: Screen,
  doors: Doors,
): Promise<DialogueOutcome> {
  let { state, effects } = begin(first);
  for (;;) {
    screen.show(view(state));
    const [effect, ...later] = effects;
    if (effect === undefined) ({ state, effects } = reduce(state, await screen.next()));
    else if (effect.name === "end") return weighty(state.decisions) > 0 ? "dropped" : "nothing decided";
    else if (isForLater(effect) && (await screen.hasNext())) effects = later;
    else {
      const event = await answered(effect, state, doors);
      if (event === "written") return event;
      const step = event === undefined ? { state, effects: [] } : reduce(state, event);
      const again =
        effect.name === "advise for" && event?.name === "advised" ? reduce(step.state, effect.key) : step;
      state = again.state;
      effects = [...again.effects, ...later];
    }
  }
}

function isForLater({ name }: Effect): boolean {
  return name === "advise" || name === "compare";
}

async function answered(
  effect: Exclude<Effect, { readonly name: "end" }>,
  { advice, decisions }: TriageState,
  doors: Doors,
): Promise<TriageEvent | "written" | undefined> {
  try {
    switch (effect.name) {
      case "advise":
      case "advise for":
        return { name: "advised", id: effect.kind.id, advice: doors.advise(effect.kind) };
      case "compare": {
        const made = advice.get(effect.kind.id);
        return made && { name: "compared", id: effect.kind.id, similar: doors.compare(effect.kind, made) };
      }
      case "edit": {
        const judged = doors.edit(effect.kind, effect.advice);
        return judged && { name: "advised", id: effect.kind.id, advice: judged };
      }
      case "plan":
        return { name: "planned", lines: await doors.plan(decisions) };
      case "write":
        doors.write(decisions);
        return "written";
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { name: "failed", message: error.message };
  }
}
