/**
 * Knows where a sparse file has no data, so that nobody reads terabytes of nothing.
 * Promise: what it calls a hole reads as NUL bytes; what it cannot know it calls data.
 */
import { fstatSync } from "node:fs";

/** A stretch of data: from its first byte to the one after its last. */
type Extent = readonly [start: number, end: number];

/** After so many stretches of data the rest counts as data. */
const mostExtents = 100_000;

/** A file that lacks less than this has no hole worth looking for. */
const worthwhileBytes = 1024 * 1024;

/**
 * Node has no lseek(2), and reading is the only other way to tell. Perl is essential on Debian; where it is missing, holes
 * are read. It gets the open file as descriptor 3, and prints each stretch: SEEK_DATA is 3, SEEK_HOLE 4, ENXIO 6: no more.
 */
const script = `
  open(my $file, "<&=", 3) or exit 1;
  my $place = 0;
  for (1 .. $ARGV[0]) {
    my $data = sysseek($file, $place, 3);
    exit($! + 0 == 6 ? 0 : 1) if !defined $data;
    $place = sysseek($file, $data, 4);
    exit 1 if !defined $place;
    printf "%d %d\\n", $data, $place;
  }
  printf "%d %d\\n", $place, 9007199254740991;`;

export class Holes {
  private readonly descriptor: number;
  private readonly sizeBytes: number;
  private found: readonly Extent[] | "unknown" | undefined;

  /** Of an open file, as large as it was when it was opened. It is looked at when it is first asked. */
  constructor(descriptor: number, sizeBytes: number) {
    this.descriptor = descriptor;
    this.sizeBytes = sizeBytes;
  }

  /** The first place at or after `place` that may hold data; the file's end where none follows. */
  dataAfter(place: number): number {
    const extents = this.extents();
    if (extents === "unknown") return place;
    const next = extents[firstEndingAfter(extents, place)];
    return Math.max(place, Math.min(this.sizeBytes, next ? next[0] : this.sizeBytes));
  }

  /** The last place at or before `place` that data may end at; 0 where there is none before it. */
  dataBefore(place: number): number {
    const extents = this.extents();
    if (extents === "unknown") return place;
    const at = firstEndingAfter(extents, place - 1);
    const reaching = extents[at];
    if (reaching && reaching[0] < place) return Math.min(place, reaching[1]);
    return extents[at - 1]?.[1] ?? 0;
  }

  private extents(): readonly Extent[] | "unknown" {
    return (this.found ??= this.isSparse() ? extentsOf(this.descriptor) : "unknown");
  }

  private isSparse(): boolean {
    const { blocks, size } = fstatSync(this.descriptor);
    return blocks * 512 + worthwhileBytes < size;
  }
}

/** The index of the first stretch that ends after a place; the count of all where none does. */
function firstEndingAfter(extents: readonly Extent[], place: number): number {
  let [low, high] = [0, extents.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    // Below `high` there is one.
    if (extents[middle]![1] > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

function extentsOf(descriptor: number): readonly Extent[] | "unknown" {
  // Loaded only for a sparse file: it takes milliseconds of each start.
  const { spawnSync } = process.getBuiltinModule("node:child_process");
  const { status, stdout } = spawnSync("perl", ["-e", script, String(mostExtents)], {
    stdio: ["ignore", "pipe", "ignore", descriptor],
    maxBuffer: 64 * mostExtents,
  });
  if (status !== 0) return "unknown";
  const lines = stdout.toString("latin1").split("\n").slice(0, -1);
  return lines.map((line): Extent => {
    const [start, end] = line.split(" ");
    return [Number(start), Number(end)];
  });
}
