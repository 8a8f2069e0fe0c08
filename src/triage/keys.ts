/** The keys of the dialogue, and what is said of them: one table for both, so that the help is never wrong. */
import type { Mode } from "./state.js";

export type Act =
  | "ignore"
  | "edit"
  | "raise"
  | "alarm"
  | "acknowledge"
  | "skip"
  | "undo"
  | "next"
  | "back"
  | "order"
  | "changes"
  | "write"
  | "kinds"
  | "down"
  | "up"
  | "page"
  | "page back"
  | "leave"
  | "drop";

interface Binding {
  readonly act: Act;
  /** The first is the one that the help names. */
  readonly keys: readonly string[];
  /** Left out: the help does not name it. */
  readonly help?: string;
}

const bindings: Readonly<Record<Mode["name"], readonly Binding[]>> = {
  kinds: [
    { act: "ignore", keys: ["i"], help: "ignore" },
    { act: "edit", keys: ["e"], help: "edit" },
    { act: "raise", keys: ["r"], help: "raise" },
    { act: "alarm", keys: ["R"], help: "alarm" },
    { act: "acknowledge", keys: ["a"], help: "ack" },
    { act: "skip", keys: ["s", "space"], help: "skip" },
    { act: "undo", keys: ["u", "backspace"], help: "undo" },
    { act: "next", keys: ["n", "j", "down", "right"], help: "next" },
    { act: "back", keys: ["p", "k", "up", "left"], help: "previous" },
    { act: "order", keys: ["o"], help: "order" },
    { act: "changes", keys: ["w"], help: "write" },
    { act: "leave", keys: ["q"], help: "quit" },
  ],
  changes: [
    { act: "write", keys: ["y"], help: "yes, write" },
    { act: "kinds", keys: ["n", "escape"], help: "no, back" },
    { act: "down", keys: ["j", "down", "return"], help: "down" },
    { act: "up", keys: ["k", "up"], help: "up" },
    { act: "page", keys: ["space", "pagedown"], help: "page" },
    { act: "page back", keys: ["b", "pageup"], help: "page back" },
    { act: "leave", keys: ["q"], help: "quit" },
  ],
  leaving: [
    { act: "changes", keys: ["w"], help: "look and write" },
    { act: "drop", keys: ["d"], help: "drop and quit" },
    { act: "kinds", keys: ["n", "escape"], help: "no, back" },
  ],
};

/** What a key does, if it does something. In: "i", "R", "space", "down". */
export function actOf(mode: Mode["name"], key: string): Act | undefined {
  return bindings[mode].find(({ keys }) => keys.includes(key))?.act;
}

/** "i ignore", "e edit". */
export function helpOf(mode: Mode["name"]): readonly string[] {
  return bindings[mode].flatMap(({ keys, help }) => (help === undefined ? [] : [`${keys[0]} ${help}`]));
}
