/** The dialogue without a terminal: what each key does to it, and what it looks like at any size. */
import { expect } from "chai";
import fc from "fast-check";
import { begin, reduce, type Effect } from "../../src/triage/reduce.js";
import { runDialogue, type Doors, type Screen } from "../../src/triage/dialogue.js";
import { initialState, type Advice, type TriageKind, type TriageState } from "../../src/triage/state.js";
import { view } from "../../src/triage/view.js";
import { shownText } from "../../src/triage/terminal/shown-text.js";
import { columnsOf } from "../../src/std/text/columns.js";

const size = { columns: 80, rows: 24 };
const kind = (id: string, count: number, more: Partial<TriageKind> = {}): TriageKind => ({
  id,
  layer: "remainder",
  shape: `app: ${id} *`,
  lines: [`Nov 22 00:41:26 web1 app[7]: ${id} 1`],
  count,
  isRemembered: false,
  ...more,
});
const rule = (id: string): Advice => ({
  ignore: { rule: `^${id} [0-9]+$`, others: [] },
  raise: { rule: `^${id} [0-9]+`, others: [] },
  similar: [],
});
const kinds = [
  kind("few", 2, { firstMs: 3 }),
  kind("many", 40, { firstMs: 1 }),
  kind("alarm", 7, { firstMs: 2, layer: "violation", rule: "/x/y:1" }),
];

/** Does what effects ask for, as far as it needs no door. */
function pressed(
  keys: string,
  start: TriageState = initialState(kinds, "largest", size),
): TriageState & { asked: string[] } {
  const asked: string[] = [];
  let { state, effects } = begin(start);
  const settle = (): void => {
    for (let effect = effects[0]; effect !== undefined; effect = effects[0]) {
      asked.push(effect.name);
      const step = answer(effect, state);
      state = step.state;
      effects = [...step.effects, ...effects.slice(1)];
    }
  };
  settle();
  for (const key of keys) {
    ({ state, effects } = reduce(state, { name: "key", key }));
    settle();
  }
  return { ...state, asked };
}
function answer(effect: Effect, state: TriageState): ReturnType<typeof reduce> {
  if (effect.name === "advise" || effect.name === "advise for") {
    const { id } = effect.kind;
    const step = reduce(state, { name: "advised", id, advice: rule(id) });
    return effect.name === "advise for" ? reduce(step.state, effect.key) : step;
  }
  if (effect.name === "plan") return reduce(state, { name: "planned", lines: ["changes"] });
  return { state, effects: [] };
}
const decisions = (state: TriageState): unknown => Object.fromEntries(state.decisions);

describe("the dialogue of triage", () => {
  it("goes from the largest kind to the smallest, or from the newest to the oldest, and stays on its kind", () => {
    const ids = (state: TriageState): string[] => state.kinds.map(({ id }) => id);
    expect(ids(pressed(""))).to.deep.equal(["many", "alarm", "few"]);
    const newest = pressed("o");
    expect(ids(newest)).to.deep.equal(["few", "alarm", "many"]);
    expect(newest.kinds[newest.at]?.id).to.equal("many");
    expect(pressed("nnnn").at).to.equal(2);
    expect(pressed("nnp").at).to.equal(1);
    expect(pressed("pp").at).to.equal(0);
  });

  it("keeps decisions with the rule that was shown, and goes on to what is undecided", () => {
    const state = pressed("iRs");
    expect(decisions(state)).to.deep.equal({
      many: { action: "ignore", rule: "^many [0-9]+$" },
      alarm: { action: "alarm", rule: "^alarm [0-9]+" },
      few: { action: "skip" },
    });
    expect(state.asked.slice(-1)).to.deep.equal(["plan"]);
    expect(state.mode.name).to.equal("changes");
    expect(pressed("ni").at, "an alarm is not ignored").to.equal(1);
    expect(pressed("ni").message).to.include("would not hide it");
    expect(pressed("nr").message).to.equal("is raised already");
  });

  it("undoes one decision after the other, a changed one to what it was before", () => {
    expect(decisions(pressed("iu"))).to.deep.equal({});
    expect(decisions(pressed("iprprpuu"))).to.have.nested.property("many.action", "ignore");
    expect(pressed("iu").at).to.equal(0);
    expect(pressed("uu").message).to.equal("nothing to undo");
  });

  it("writes after a yes to the changes alone", () => {
    for (const keys of ["y", "iy", "iqy", "iwn", "iwny", "iwq", "iwqd", "sss", "ssw", "iuw"])
      expect(pressed(keys).asked, keys).to.not.include("write");
    expect(pressed("iwy").asked).to.include("write");
    expect(pressed("iqwy").asked).to.include("write");
    expect(pressed("ssw").message).to.include("nothing is decided");
  });

  it("asks before decisions are dropped", () => {
    expect(pressed("q").asked).to.include("end");
    expect(pressed("iq").asked).to.not.include("end");
    expect(pressed("iq").mode.name).to.equal("leaving");
    expect(pressed("iqd").asked).to.include("end");
  });

  it("does each key once its advice is there, and leaves advice that nobody waits for", async () => {
    const keys = ["n", "i", "q", "d"];
    const advised: string[] = [];
    const screen: Screen = {
      size,
      show: () => undefined,
      next: () => Promise.resolve({ name: "key" as const, key: keys.shift() ?? "q" }),
      hasNext: () => Promise.resolve(keys.length > 0),
    };
    const doors: Doors = {
      advise: ({ id }) => {
        advised.push(id);
        return rule(id);
      },
      compare: () => [],
      edit: () => undefined,
      plan: () => Promise.resolve([]),
      write: () => undefined,
    };
    const plain = [kind("a", 3), kind("b", 2), kind("c", 1)];
    expect(await runDialogue(initialState(plain, "largest", size), screen, doors)).to.equal("dropped");
    expect(advised).to.deep.equal(["b"]);
  });

  it("says what could not be done, and goes on", async () => {
    const keys = ["i", "w", "y", "n", "q", "d"];
    const shown: string[] = [];
    const screen: Screen = {
      size,
      show: (rows) => shown.push(rows.map(({ text }) => text).join("\n")),
      next: () => Promise.resolve({ name: "key" as const, key: keys.shift() ?? "q" }),
      hasNext: () => Promise.resolve(false),
    };
    const doors: Doors = {
      advise: ({ id }) => rule(id),
      compare: () => [],
      edit: () => undefined,
      plan: () => Promise.resolve(["changes"]),
      write: () => {
        throw new Error("no space left on device");
      },
    };
    expect(await runDialogue(initialState(kinds, "largest", size), screen, doors)).to.equal("dropped");
    expect(shown.join("\n")).to.include("no space left on device");
  });

  it("looks like a terminal's rows at any size, whatever the lines are, and its keys are there", () => {
    const piece = fc.constantFrom(
      "\x1b[2J",
      "\r",
      "a word ",
      "caf\xc3\xa9",
      "\xe6\x97\xa5",
      "\xff",
      "\xcc\x81",
      "\xe2\x80\xae",
      "\\",
      "^[a-z]+",
    );
    const bytes = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
    const anyKind = fc.record({ shape: bytes, line: bytes, count: fc.nat() });
    fc.assert(
      fc.property(
        fc.array(anyKind, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 140 }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom("", "i", "iw", "iwjj ", "iq", "s", "a"),
        (given, columns, rows, keys) => {
          const made = given.map(({ shape, line, count }, index) =>
            kind(`k${index}`, count, { shape, lines: [line] }),
          );
          const state = pressed(keys, initialState(made, "largest", { columns, rows }));
          const shown = view(state);
          expect(shown).to.have.length(rows);
          const tooWide = shown.filter(({ text }) => columnsOf(text) > Math.max(columns, 2));
          const unprintable = shown.filter(({ text }) => shownText(text, true) !== text);
          expect({ tooWide, unprintable }).to.deep.equal({ tooWide: [], unprintable: [] });
          const text = shown.map((row) => row.text).join("\n");
          if (columns >= 20 && rows >= 8) expect(text).to.match(/i ignore|y yes, write|w look and write/);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("lets no control through its last gate, and nothing but ASCII to a terminal without UTF-8", () => {
    const odd = "a\x1b[2J\x07\x9b\x7f\r\n\u00e9";
    expect(shownText(odd, true)).to.equal("a?[2J?????\u00e9");
    expect(shownText(odd, false)).to.equal("a?[2J??????");
  });
});
