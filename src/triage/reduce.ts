/**
 * What each key and each answer does to the dialogue.
 * Promise: a function of its arguments; a decision is kept until it is undone, and nothing is written but by the effect
 * "write", which only a yes to the changes that are shown gives.
 */
import { changesLayer } from "../workshop/outcome.js";
import type { WrittenList } from "../workshop/local/rule-changes.js";
import { actOf, type Act } from "./keys.js";
import {
  inOrder,
  weighty,
  type Advice,
  type Decision,
  type RuleAction,
  type Size,
  type TriageKind,
  type TriageState,
} from "./state.js";
import { changesRows, changesShown } from "./view.js";

export type TriageEvent =
  | { readonly name: "key"; readonly key: string }
  | { readonly name: "resized"; readonly size: Size }
  | { readonly name: "advised"; readonly id: string; readonly advice: Advice }
  /** Which rules come near the lines of the kind. */
  | { readonly name: "compared"; readonly id: string; readonly similar: readonly string[] }
  /** What would be written. */
  | { readonly name: "planned"; readonly lines: readonly string[] }
  /** What was asked for could not be done. */
  | { readonly name: "failed"; readonly message: string };

export type Effect =
  /** Both may be left for later where another key waits. */
  | { readonly name: "advise"; readonly kind: TriageKind }
  | { readonly name: "compare"; readonly kind: TriageKind }
  /** First the advice, which the key needs, and then the key once more. */
  | { readonly name: "advise for"; readonly kind: TriageKind; readonly key: TriageEvent }
  | { readonly name: "edit"; readonly kind: TriageKind; readonly advice: Advice }
  | { readonly name: "plan" }
  | { readonly name: "write" }
  | { readonly name: "end" };

export interface Step {
  readonly state: TriageState;
  readonly effects: readonly Effect[];
}

/** Which list a rule of the action is for. */
export const listOf: Readonly<Record<RuleAction, WrittenList>> = {
  ignore: "ignored",
  raise: "violation",
  alarm: "never",
};

export function reduce(state: TriageState, event: TriageEvent): Step {
  switch (event.name) {
    case "resized":
      return still({ ...state, size: event.size });
    case "advised":
      return still({ ...state, advice: new Map(state.advice).set(event.id, event.advice) });
    case "compared": {
      const advice = state.advice.get(event.id);
      if (advice === undefined) return still(state);
      return still({
        ...state,
        advice: new Map(state.advice).set(event.id, { ...advice, similar: event.similar }),
      });
    }
    case "planned":
      return still({ ...state, mode: { name: "changes", lines: event.lines, top: 0 }, message: "" });
    case "failed":
      return still({ ...state, message: event.message });
    case "key": {
      const act = actOf(state.mode.name, event.key);
      return act === undefined ? still(state) : onAct({ ...state, message: "" }, act, event);
    }
  }
}

/** What the dialogue begins with. */
export function begin(state: TriageState): Step {
  return shown(state);
}

function still(state: TriageState): Step {
  return { state, effects: [] };
}

function say(state: TriageState, message: string): Step {
  return still({ ...state, message });
}

function onAct(state: TriageState, act: Act, key: TriageEvent): Step {
  const kind = state.kinds[state.at];
  switch (act) {
    case "next":
      return shown({ ...state, at: Math.min(state.at + 1, state.kinds.length - 1) });
    case "back":
      return shown({ ...state, at: Math.max(state.at - 1, 0) });
    case "order":
      return reordered(state, kind);
    case "undo":
      return undone(state);
    case "changes":
      return planned(state);
    case "kinds":
      return shown({ ...state, mode: { name: "kinds" } });
    case "leave":
      return weighty(state.decisions) === 0
        ? { state, effects: [{ name: "end" }] }
        : still({ ...state, mode: { name: "leaving" } });
    case "drop":
      return { state, effects: [{ name: "end" }] };
    case "write":
      return { state: { ...state, message: "writing" }, effects: [{ name: "write" }] };
    case "down":
    case "up":
    case "page":
    case "page back":
      return scrolled(state, act);
    case "ignore":
    case "edit":
    case "raise":
    case "alarm":
    case "acknowledge":
    case "skip":
      return kind === undefined ? still(state) : onKind(state, kind, act, key);
  }
}

type KindAct = RuleAction | "edit" | "acknowledge" | "skip";

function onKind(state: TriageState, kind: TriageKind, act: KindAct, key: TriageEvent): Step {
  const advice = state.advice.get(kind.id);
  if (act === "skip") return decided(state, kind, { action: "skip" });
  if (act === "acknowledge")
    return kind.isRemembered
      ? decided(state, kind, { action: "acknowledge" })
      : say(state, "no report told of this kind: it cannot be acknowledged");
  if (advice === undefined) return { state, effects: [{ name: "advise for", kind, key }] };
  if (act === "edit") return { state, effects: [{ name: "edit", kind, advice }] };
  if (!changesLayer(listOf[act], kind.layer))
    return say(
      state,
      act === "ignore" ? "raises an alarm: a rule that ignores it would not hide it" : "is raised already",
    );
  const made = act === "ignore" ? advice.ignore : advice.raise;
  if ("refused" in made) return say(state, "no rule can be made of it by itself: e edits one");
  return decided(state, kind, { action: act, ...(advice.own ?? { rule: made.rule }) });
}

/** Goes on to the next kind that nothing was decided about, or to the changes where there is none. */
function decided(state: TriageState, { id }: TriageKind, decision: Decision): Step {
  const after: TriageState = {
    ...state,
    decisions: new Map(state.decisions).set(id, decision),
    past: [...state.past, { id, before: state.decisions.get(id) }],
  };
  const { kinds, at, decisions } = after;
  const places = [...kinds.keys()].map((place) => (at + 1 + place) % kinds.length);
  const next = places.find((place) => !decisions.has(kinds[place]?.id ?? ""));
  if (next !== undefined) return shown({ ...after, at: next });
  return weighty(decisions) > 0 ? planned(after) : say(after, "all are skipped: q quits");
}

function undone(state: TriageState): Step {
  const last = state.past.at(-1);
  if (last === undefined) return say(state, "nothing to undo");
  const decisions = new Map(state.decisions);
  if (last.before === undefined) decisions.delete(last.id);
  else decisions.set(last.id, last.before);
  const at = state.kinds.findIndex(({ id }) => id === last.id);
  return shown({ ...state, decisions, past: state.past.slice(0, -1), at, message: "undone" });
}

function reordered(state: TriageState, kind: TriageKind | undefined): Step {
  const order = state.order === "largest" ? "newest" : "largest";
  const kinds = inOrder(state.kinds, order);
  return shown({
    ...state,
    order,
    kinds,
    at: Math.max(
      0,
      kinds.findIndex(({ id }) => id === kind?.id),
    ),
  });
}

function planned(state: TriageState): Step {
  if (weighty(state.decisions) === 0) return say(state, "nothing is decided that could be written");
  return { state: { ...state, message: "looking at the logs" }, effects: [{ name: "plan" }] };
}

function scrolled(state: TriageState, act: "down" | "up" | "page" | "page back"): Step {
  if (state.mode.name !== "changes") return still(state);
  const shownRows = changesShown(state);
  const by = { down: 1, up: -1, page: shownRows, "page back": -shownRows }[act];
  const last = Math.max(0, changesRows(state.mode.lines, state.size.columns).length - shownRows);
  const top = Math.min(Math.max(state.mode.top + by, 0), last);
  return still({ ...state, mode: { ...state.mode, top } });
}

/** Asks for what is to be shown of the kind. */
function shown(state: TriageState): Step {
  const kind = state.kinds[state.at];
  if (kind === undefined) return still(state);
  const advice = state.advice.get(kind.id);
  const effects: Effect[] = [];
  if (advice === undefined) effects.push({ name: "advise", kind });
  if (advice?.similar === undefined) effects.push({ name: "compare", kind });
  return { state, effects };
}
