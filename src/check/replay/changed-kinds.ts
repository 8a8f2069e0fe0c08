/**
 * Compares the groups of two reports, kind by kind.
 * Promise: what one has more of a kind than the other is told, and nothing else; alarms before violations before the rest.
 */
import { linesOf, type Group } from "../../group/group.js";
import { layers, type Layer } from "../../rules/layer.js";
import type { ByteString, Text, Words } from "../../std/text/byte-string.js";

type ToldLayer = Exclude<Layer, "ignored">;

/** Lines that are told, by layer. */
export type LayerCounts = Readonly<Record<ToldLayer, number>>;

const toldLayers = layers.filter((layer) => layer !== "ignored");

/** Lines that read alike, and are told otherwise. */
export interface ChangedKind {
  readonly shape: ByteString;
  readonly before: LayerCounts;
  readonly after: LayerCounts;
  /** What the rules that raise them call them, if one gives them a name. */
  readonly title?: Words;
  /** The ids that a report gives them, and the rules that decide, as file:line; of the worst layer each. */
  readonly ids: readonly string[];
  readonly ruleBefore?: Text;
  readonly ruleAfter?: Text;
  /** Some lines that are told otherwise, or of the kind. */
  readonly samples: readonly ByteString[];
}

/** By which lines of two runs are of one kind: other rules may decide them. */
export function keyOf({ layer, shape }: { readonly layer: Layer; readonly shape: ByteString }): string {
  return `${layer}\n${shape}`;
}

export function countLayers(groups: readonly Group[]): LayerCounts {
  const counts = { never: 0, violation: 0, remainder: 0 };
  for (const group of groups) if (group.layer !== "ignored") counts[group.layer] += linesOf(group);
  return counts;
}

/** In: the groups before and after, and lines that were told otherwise, by `keyOf`. Out: the worst change first, then the largest. */
export function changedKinds(
  before: readonly Group[],
  after: readonly Group[],
  samples: ReadonlyMap<string, readonly ByteString[]>,
): readonly ChangedKind[] {
  const [byShapeBefore, byShapeAfter] = [byShape(before), byShape(after)];
  const shapes = new Set([...byShapeBefore.keys(), ...byShapeAfter.keys()]);
  const changes = [...shapes].flatMap((shape): ChangedKind[] => {
    const [one, other] = [byShapeBefore.get(shape) ?? [], byShapeAfter.get(shape) ?? []];
    const kind = { shape, before: countLayers(one), after: countLayers(other) };
    if (toldLayers.every((layer) => kind.before[layer] === kind.after[layer])) return [];
    const changed = [...one, ...other].filter(({ layer }) => layer !== "ignored" && differs(kind, layer));
    const told = [...new Set(changed.flatMap((group) => samples.get(keyOf(group)) ?? []))];
    const any = changed.flatMap((group) => group.samples.map(({ line }) => line));
    const title = changed.find((group) => group.title !== undefined)?.title;
    const [ruleBefore, ruleAfter] = [ruleOf(one), ruleOf(other)];
    return [
      {
        ...kind,
        ...(title !== undefined && { title }),
        ids: [...new Set(changed.flatMap((group) => group.kind ?? []))],
        ...(ruleBefore !== undefined && { ruleBefore }),
        ...(ruleAfter !== undefined && { ruleAfter }),
        samples: (told.length > 0 ? told : any).slice(0, mostSamples),
      },
    ];
  });
  return changes.toSorted(
    (one, other) =>
      places.indexOf(placeOf(one)) - places.indexOf(placeOf(other)) || sizeOf(other) - sizeOf(one),
  );
}

const mostSamples = 3;

function byShape(groups: readonly Group[]): ReadonlyMap<ByteString, readonly Group[]> {
  const shapes = new Map<ByteString, Group[]>();
  for (const group of groups) {
    const ofShape = shapes.get(group.shape);
    if (ofShape) ofShape.push(group);
    else shapes.set(group.shape, [group]);
  }
  return shapes;
}

function ruleOf(groups: readonly Group[]): Text | undefined {
  return toldLayers
    .flatMap((layer) => groups.filter((group) => group.layer === layer))
    .find(({ rule }) => rule !== undefined)?.rule;
}

function differs({ before, after }: Pick<ChangedKind, "before" | "after">, layer: ToldLayer): boolean {
  return before[layer] !== after[layer];
}

/** What a change is, by the worst layer that has other lines after it. In the order in which they are told. */
export const places = [
  "alarms lost",
  "alarms gained",
  "violations lost",
  "violations gained",
  "hidden",
  "shown",
] as const;
export type Place = (typeof places)[number];

export function placeOf({ before, after }: Pick<ChangedKind, "before" | "after">): Place {
  if (after.never !== before.never) return after.never < before.never ? "alarms lost" : "alarms gained";
  if (after.violation !== before.violation)
    return after.violation < before.violation ? "violations lost" : "violations gained";
  return after.remainder < before.remainder ? "hidden" : "shown";
}

/** How many lines of the place are told otherwise. */
export function sizeOf(kind: Pick<ChangedKind, "before" | "after">): number {
  const layer = toldLayers.find((each) => differs(kind, each)) ?? "remainder";
  return Math.abs(kind.after[layer] - kind.before[layer]);
}
