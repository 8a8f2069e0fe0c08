/**
 * The systemd journal as a source, through `journalctl -o export` and without any filter.
 * Promise: entries follow one another from cursor to cursor; where that cannot be shown, a gap is reported.
 */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import type { Notice } from "../../std/notice.js";
import { entriesOf, type JournalEntry } from "./journal-entry.js";
import { linesOf } from "../bytes/lines.js";
import { longLineLimitBytes } from "../bytes/long-line.js";
import type { Chunk } from "../../std/chunk.js";
import {
  unknownPosition,
  type LookBack,
  type Position,
  type ResumableReader,
  type Source,
  type SourceContext,
  type SourceSettings,
} from "../source.js";
import { cursorIn, positionOf } from "./position.js";

export interface JournalSettings extends SourceSettings {
  readonly kind: "journal";
  /** Extra arguments that choose a journal, such as ["--file", PATH] or ["--directory", PATH]; never filters. */
  readonly journalctlArguments: readonly string[];
}

/** As reports and the state file call it. */
const journalName = "journal";

/** A look back in bytes counts an entry as so many. */
const usualEntryBytes = 256;

export function journalSource(settings: JournalSettings, context: SourceContext): Source {
  const start = (seek: readonly string[]) =>
    JournalExport.start([...settings.journalctlArguments, ...seek], context.hostname);
  return {
    kind: "journal",
    name: journalName,
    async open(from) {
      if (from === undefined) return firstRun(start, settings.firstRun, context.now, []);
      const cursor = cursorIn(from);
      if (cursor === undefined)
        return firstRun(start, { kind: "all" }, context.now, [unknownPosition(journalName)]);
      if (cursor === "") return new JournalReader(start([]), [], "", undefined);
      return resume(start, cursor, settings.firstRun, context.now);
    },
  };
}

type Start = (seek: readonly string[]) => JournalExport;

/** Reads on after the entry with the cursor, which the export begins with if the journal still holds it. */
async function resume(start: Start, cursor: string, lookBack: LookBack, now: Date): Promise<ResumableReader> {
  const entries = start([`--cursor=${cursor}`]);
  const first = await entries.next().catch((error: unknown) => {
    if (error instanceof MissingJournalctlError) throw error;
    return undefined;
  });
  if (first?.cursor === cursor) return new JournalReader(entries, [], cursor, undefined);
  if (first) {
    const done = "reading on from the next entry that is there; entries may be missing before it";
    return new JournalReader(entries, [gap(done)], cursor, first);
  }
  await entries.close();
  return firstRun(start, lookBack, now, [gap("reading the look back of a first run again")]);
}

function gap(done: string): Notice {
  return {
    where: journalName,
    what: "the entry that was read last is not in it any more",
    done,
    isEvent: true,
  };
}

async function firstRun(
  start: Start,
  lookBack: LookBack,
  now: Date,
  before: readonly Notice[],
): Promise<ResumableReader> {
  const { seek, extent } = seekOf(lookBack, now);
  const notices = [...before, { where: journalName, what: "first run", done: `reading ${extent}` }];
  const entries = start(seek);
  if (lookBack.kind !== "none") return new JournalReader(entries, notices, "", undefined);
  const newest = await entries.next();
  return new JournalReader(entries, notices, newest?.cursor ?? "", undefined);
}

function seekOf(
  lookBack: LookBack,
  now: Date,
): { readonly seek: readonly string[]; readonly extent: string } {
  switch (lookBack.kind) {
    case "all":
      return { seek: [], extent: "all of it" };
    case "none":
      return { seek: ["--lines=1"], extent: "nothing of it" };
    case "bytes": {
      const entryCount = Math.ceil(lookBack.bytes / usualEntryBytes);
      return { seek: [`--lines=${entryCount}`], extent: `its last ${entryCount} entries` };
    }
    case "duration": {
      const since = Math.floor((now.getTime() - lookBack.milliseconds) / 1000);
      return { seek: [`--since=@${since}`], extent: `the last ${lookBack.milliseconds / 3_600_000}h` };
    }
  }
}

class JournalReader implements ResumableReader {
  private readonly entries: JournalExport;
  private readonly noticed: readonly Notice[];
  private cursor: string;
  private pending: JournalEntry | undefined;
  private failure: unknown;

  constructor(
    entries: JournalExport,
    notices: readonly Notice[],
    cursor: string,
    pending: JournalEntry | undefined,
  ) {
    this.entries = entries;
    this.noticed = notices;
    this.cursor = cursor;
    this.pending = pending;
  }

  async read(into: Uint8Array): Promise<Chunk> {
    const buffer = Buffer.from(into.buffer, into.byteOffset, into.byteLength);
    let lengthBytes = 0;
    for (;;) {
      const entry = (this.pending ??= await this.nextUnless(lengthBytes > 0));
      const isLong = entry && (entry.line.length > into.length || entry.trueLengthBytes > entry.line.length);
      if (lengthBytes > 0 && (!entry || isLong || lengthBytes + entry.line.length > into.length))
        return { kind: "lines", lengthBytes };
      if (!entry) return { kind: "end" };
      this.cursor = entry.cursor;
      this.pending = undefined;
      if (isLong)
        return {
          kind: "long line",
          bytes: Buffer.from(entry.line, "latin1"),
          trueLengthBytes: entry.trueLengthBytes,
        };
      lengthBytes += buffer.write(entry.line, lengthBytes, "latin1");
    }
  }

  position(): Position {
    return positionOf(this.cursor);
  }

  /** The next entry. A failure is held back while lines wait to be given: the position is after them already. */
  private async nextUnless(hasLines: boolean): Promise<JournalEntry | undefined> {
    try {
      if (this.failure !== undefined) throw this.failure;
      return await this.entries.next();
    } catch (error) {
      if (!hasLines) throw error;
      this.failure = error;
      return undefined;
    }
  }

  notices(): readonly Notice[] {
    return this.noticed;
  }

  close(): Promise<void> {
    return this.entries.close();
  }
}

class MissingJournalctlError extends Error {}

/** A running journalctl and the entries that it gives. */
class JournalExport {
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private readonly entries: AsyncIterator<JournalEntry>;
  private readonly ended: Promise<void>;

  private constructor(child: ChildProcessByStdio<null, Readable, Readable>, hostname: string) {
    this.child = child;
    this.entries = entriesOf(linesOf(child.stdout, longLineLimitBytes), hostname);
    let complaint = "";
    child.stderr.on("data", (text: Buffer) => {
      if (complaint.length < 200) complaint += text.toString("latin1");
    });
    this.ended = new Promise((resolve, reject) => {
      child.on("error", (error) => {
        const isMissing = "code" in error && error.code === "ENOENT";
        reject(
          isMissing ? new MissingJournalctlError('"journalctl" is not installed (package systemd)') : error,
        );
      });
      child.on("close", (code, signal) => {
        if (code === 0) resolve();
        else reject(new Error(`journalctl failed: ${complaint.trim().split("\n")[0] || (signal ?? code)}`));
      });
    });
    // Whoever reads to the end learns of it; whoever closes before does not want to know.
    this.ended.catch(() => {});
  }

  static start(journalctlArguments: readonly string[], hostname: string): JournalExport {
    const child = spawn("journalctl", ["--output=export", "--quiet", ...journalctlArguments], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new JournalExport(child, hostname);
  }

  /** The next entry, or undefined after the last one. Throws when journalctl fails. */
  async next(): Promise<JournalEntry | undefined> {
    const next = await this.entries.next();
    if (next.done !== true) return next.value;
    await this.ended;
    return undefined;
  }

  async close(): Promise<void> {
    this.child.kill("SIGKILL");
    this.child.stdout.destroy();
    await this.ended.catch(() => {});
  }
}
