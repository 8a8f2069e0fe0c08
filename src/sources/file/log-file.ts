/**
 * A log file as a source: its rotated segments first, then the file itself, each from where it was left.
 * Promise: reading on from a position neither skips a line nor gives one again, whatever rotation did in between.
 */
import type { Notice } from "../../std/notice.js";
import { ArchiveReader } from "./archive-reader.js";
import { closeContent } from "../rotation/content.js";
import { reasonOf } from "../bytes/open.js";
import type { FirstRun } from "./first-run.js";
import { firstSight } from "./first-sight.js";
import type { PartReader } from "./part-reader.js";
import { PlainReader } from "./plain-reader.js";
import type { Log } from "../rotation/log.js";
import type { Part } from "../rotation/part.js";
import { findSegments, type Whereabouts } from "../rotation/rotation.js";
import type { Chunk } from "../../std/chunk.js";
import type { Segment } from "../rotation/segment.js";
import { isUntouched } from "../rotation/untouched.js";
import {
  unknownPosition,
  type LookBack,
  type Position,
  type ResumableReader,
  type Source,
} from "../source.js";
import type { LineDigests } from "../rotation/known/line-digests.js";
import { digestsIn, positionOf, segmentsIn } from "./position.js";
import { RecentLines } from "./recent-lines.js";

export interface LogFileSettings extends Omit<Log, "path"> {
  readonly firstRun: LookBack;
  /** How far back a log is read that was born then, in ms since the epoch. Left out: as `firstRun` says. */
  readonly firstRunOf?: (bornMs: number) => FirstRun;
  /** How many of the lines that were read last a position knows. */
  readonly mostDigests?: number;
}

/** The source of one log, by its absolute path. */
export function logFile(path: string, settings: LogFileSettings): Source {
  const log: Log = { ...settings, path };
  return {
    kind: "file",
    name: path,
    async open(from) {
      const known = from && segmentsIn(from);
      try {
        if (known) {
          const digests = digestsIn(from);
          if (digests && isUntouched(log, known)) return untouchedReader(from);
          return new LogFileReader(await findSegments(log, known, digests), settings, digests);
        }
        // A first run's bound would lose lines where there was a position.
        const { firstRun, firstRunOf = () => ({ lookBack: firstRun, isNew: false }) } = settings;
        const { notices, ...whereabouts } = await firstSight(
          log,
          from ? () => ({ lookBack: { kind: "all" }, isNew: false }) : firstRunOf,
        );
        const lost = from ? [unknownPosition(path)] : [];
        return new LogFileReader({ ...whereabouts, notices: [...lost, ...notices] }, settings);
      } catch (error) {
        throw new Error(reasonOf(error), { cause: error });
      }
    },
  };
}

/** Of a log that nobody has written to. */
function untouchedReader(from: Position): ResumableReader {
  return {
    read: async () => ({ kind: "end" }),
    position: () => from,
    unreadBytes: () => 0,
    notices: () => [],
    close: async () => {},
  };
}

interface Entry {
  segment: Segment;
}

class LogFileReader implements ResumableReader {
  private readonly settings: LogFileSettings;
  private readonly parts: Part[];
  private readonly noticed: Notice[];
  private readonly copies: Segment[];
  private readonly recent: RecentLines;
  private readonly digests: LineDigests | undefined;
  /** Newest first. */
  private readonly entries: Entry[];
  /** Of the file that bears the log's name, if it was read before. */
  private readonly currentEntry: Entry | undefined;
  private active: { readonly reader: PartReader; readonly part: Part; entry: Entry | undefined } | undefined;

  constructor(whereabouts: Whereabouts, settings: LogFileSettings, digests?: LineDigests) {
    this.settings = settings;
    this.parts = [...whereabouts.parts];
    this.noticed = [...whereabouts.notices];
    this.copies = [...whereabouts.copies];
    this.entries = whereabouts.segments.map((segment) => ({ segment }));
    const current = whereabouts.parts.find((part) => part.isCurrent);
    this.currentEntry = this.entries.find((entry) => entry.segment === current?.segment);
    this.digests = digests;
    this.recent = new RecentLines(digests, settings.framing, settings.mostDigests);
    // Nothing is remembered yet: what stands there was read, or is older than the first run looks back.
    if (!digests && current?.segment && current.content.compression === undefined)
      this.recent.addBefore(current.content.file.descriptor, current.segment.offsetBytes);
  }

  async read(into: Uint8Array): Promise<Chunk> {
    for (;;) {
      const active = (this.active ??= await this.begin());
      if (!active) {
        // What was read to its end leaves nothing new in its copies.
        this.entries.push(...this.copies.splice(0).map((segment) => ({ segment })));
        return { kind: "end" };
      }
      const chunk = await active.reader.read(into);
      this.remember(active);
      this.recent.add(chunk, into);
      if (chunk.kind !== "end") return chunk;
      if (active.reader.isDisturbed()) this.copies.length = 0;
      await this.endPart();
    }
  }

  position(): Position {
    return positionOf(
      this.entries.map((entry) => entry.segment),
      this.recent.stored(),
    );
  }

  unreadBytes(): number {
    const ofParts = this.parts.map(({ content, segment }) =>
      Math.max(0, content.file.sizeBytes - (segment?.offsetBytes ?? 0)),
    );
    return ofParts.reduce((sum, bytes) => sum + bytes, this.active?.reader.unreadBytes?.() ?? 0);
  }

  notices(): readonly Notice[] {
    return this.active ? [...this.noticed, ...this.active.reader.notices()] : this.noticed;
  }

  async close(): Promise<void> {
    if (this.active) await this.endPart();
    for (const part of this.parts.splice(0)) closeContent(part.content);
  }

  private async begin() {
    const part = await this.nextPart();
    if (!part) return undefined;
    const reader =
      part.content.compression === undefined
        ? new PlainReader(part, this.settings, () => this.recent.stored())
        : new ArchiveReader(part, this.settings);
    this.parts.shift();
    return { reader, part, entry: this.entries.find((entry) => entry.segment === part.segment) };
  }

  /** Of a log that was edited, what its copy has just given is known too. */
  private async nextPart(): Promise<Part | undefined> {
    const [part] = this.parts;
    const digests = this.recent.stored();
    if (!part?.known || digests === this.digests) return part;
    return { ...part, known: await part.known.find(digests, part.segment?.offsetBytes ?? 0) };
  }

  /** A file that was never read before joins the position, as the newest but for the log itself, once it is read. */
  private remember(active: NonNullable<typeof this.active>): void {
    const segment = active.reader.segment();
    if (active.entry) active.entry.segment = segment;
    else {
      active.entry = { segment };
      const isAfterCurrent = !active.part.isCurrent && this.entries[0] === this.currentEntry;
      this.entries.splice(isAfterCurrent ? 1 : 0, 0, active.entry);
    }
  }

  private async endPart(): Promise<void> {
    if (!this.active) return;
    const { reader, part } = this.active;
    this.active = undefined;
    this.noticed.push(...reader.notices());
    await reader.close();
    closeContent(part.content);
  }
}
