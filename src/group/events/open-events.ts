/**
 * Remembers which events are open, and says of each line whether it continues one.
 * Promise: a line that rules raise never disappears in an event of another kind; bounded, whatever is interleaved.
 */
import { layers, type Layer } from "../../rules/layer.js";
import type { Finding } from "../group.js";
import { stackTraces } from "./frames.js";
import { kernelBlocks } from "./kernel-blocks.js";
import type { Family, Reading } from "./role.js";
import { continuedCommands } from "./sudo-commands.js";
import { StreamNames } from "./streams.js";
import { tellsOfStart, unitFailures, unitOf } from "./unit-failures.js";

/** At least half as many are open, the newest ones. */
const maxOpen = 512;
const maxLines = 500;
/** Lines that rules raise, within one event. Those past it stand alone. */
const maxRaised = 20;

/** An event that may go on. */
export interface OpenEvent<Place> {
  /** Where its first line, or the one that leads it, was put. */
  place: Place;
  layer: Layer;
  state: number;
  lastMs: number | undefined;
  lines: number;
  raised: number;
}

export type Joint<Place> =
  | { readonly kind: "stands" }
  | { readonly kind: "continues"; readonly event: OpenEvent<Place> }
  | { readonly kind: "leads"; readonly event: OpenEvent<Place> };

const stands = { kind: "stands" } as const;

export class OpenEvents<Place> {
  /** The newest, and those before them. */
  private open = new Map<string, OpenEvent<Place>>();
  private older = new Map<string, OpenEvent<Place>>();
  private readonly streams = new StreamNames();
  /** What `settle` is told the place of. */
  private pending:
    | {
        readonly key: string;
        readonly event: OpenEvent<Place> | undefined;
        readonly finding: Finding;
        readonly state: number;
      }
    | undefined;
  /** The unit that each instance of systemd spoke of last. */
  private lastUnit = "";

  /** In: each finding in its order. Where it does not continue an event, `settle` is to be told where it was put. */
  judge(finding: Finding): Joint<Place> {
    this.pending = undefined;
    const { layer } = finding.verdict;
    if (layer === "ignored") return stands;
    const { key, family } = this.streamOf(finding);
    const event = this.stillOpen(key, family, finding);
    const reading = family.read(finding.continued ?? finding.entry.message, event?.state);
    const kind = kindOf(reading, event, layer, family);
    if (kind === "stands" && reading.role === "stands") return stands;
    if (kind === "stands" || event === undefined) {
      this.pending = { key, event: undefined, finding, state: reading.state };
      return stands;
    }
    event.state = reading.state;
    event.lastMs = finding.entry.timestampMs ?? event.lastMs;
    event.lines += 1;
    if (layer !== "remainder") event.raised += 1;
    if (kind === "leads") this.pending = { key, event, finding, state: reading.state };
    return { kind, event };
  }

  /** Where the finding was put that `judge` was asked about last, unless it continues an event. */
  settle(place: Place): void {
    const { pending } = this;
    if (pending === undefined) return;
    const { key, event, finding, state } = pending;
    const { layer } = finding.verdict;
    if (event) {
      event.place = place;
      event.layer = layer;
      return;
    }
    this.open.set(key, { place, layer, state, lastMs: finding.entry.timestampMs, lines: 1, raised: 0 });
    if (this.open.size < maxOpen / 2) return;
    // To take out the oldest one by one took twice as long.
    this.older = this.open;
    this.open = new Map();
  }

  private stillOpen(key: string, { longestGapMs }: Family, { entry }: Finding): OpenEvent<Place> | undefined {
    const event = this.open.get(key) ?? this.older.get(key);
    if (event === undefined || event.lines >= maxLines) return undefined;
    const { timestampMs } = entry;
    if (timestampMs === undefined || event.lastMs === undefined) return event;
    return Math.abs(timestampMs - event.lastMs) <= longestGapMs ? event : undefined;
  }

  /** Lines of one stream may make an event: of a process, of systemd about a unit, of the kernel. */
  private streamOf({ source, entry }: Finding): { readonly key: string; readonly family: Family } {
    const { hostname = "", appName = "", procId = "", message } = entry;
    const start = this.streams.nameOf(source, hostname, appName);
    switch (appName) {
      case "kernel":
        return { key: start, family: kernelBlocks };
      case "sudo":
        return {
          key: `${start}${procId}\0${message.trimStart().split(" ", 1)[0] ?? ""}`,
          family: continuedCommands,
        };
      case "systemd": {
        const unit = unitOf(message);
        const manager = `${start}${procId}\0`;
        if (unit !== undefined) this.lastUnit = `${manager}${unit}`;
        const isOfLast = unit === undefined && tellsOfStart(message) && this.lastUnit.startsWith(manager);
        return { key: isOfLast ? this.lastUnit : `${manager}${unit ?? ""}`, family: unitFailures };
      }
      default:
        return { key: start + procId, family: stackTraces };
    }
  }
}

/** What rules raise is worse than what they do not know: it leads an event, or stands alone where it has no place in one. */
function kindOf<Place>(
  { role }: Reading,
  event: OpenEvent<Place> | undefined,
  layer: Layer,
  { holdsAlarms }: Family,
): Joint<Place>["kind"] {
  if (event === undefined || role === "opens" || role === "stands") return "stands";
  const isRaised = layer !== "remainder";
  if (isRaised && (!holdsAlarms || event.raised >= maxRaised)) return "stands";
  if (rankOf(layer) < rankOf(event.layer)) return "leads";
  return role === "leads" && rankOf(layer) === rankOf(event.layer) ? "leads" : "continues";
}

function rankOf(layer: Layer): number {
  return layers.indexOf(layer);
}
