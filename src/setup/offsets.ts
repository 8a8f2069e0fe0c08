/**
 * Takes over how far logcheck has read each log.
 * Promise: only where the job has no state yet; what logcheck reported is not reported again, and nothing is left out.
 */
import { statSync } from "node:fs";
import type { CheckSettings } from "../check/settings.js";
import { logcheckPosition } from "../logcheck/sources.js";
import { discoverSources } from "../sources/discover.js";
import { usualLookBack } from "../sources/look-back.js";
import type { Position, Source } from "../sources/source.js";
import { usualLogs } from "../sources/usual-logs.js";
import { realDisk } from "../std/disk.js";
import { layoutOf } from "../store/layout.js";
import { takeLock } from "../store/lock.js";
import { openStore } from "../store/store.js";
import type { Change } from "./change.js";
import { SetupError } from "./host.js";

const logcheckState = "/var/lib/logcheck";

/** What would be read: of the settings, or of the usual logs. */
export async function sourcesOf(settings: CheckSettings["sources"], now: Date): Promise<readonly Source[]> {
  const context = { now, hostname: "", timestampOf: () => undefined };
  return (await discoverSources(settings ?? usualLogs(usualLookBack), new Set(), context)).sources;
}

/** Of the logs that the configuration names, or the usual ones. */
export async function logcheckPositions(
  { sources }: CheckSettings,
  now: Date,
): Promise<Readonly<Record<string, Position>>> {
  const positions = (await sourcesOf(sources, now))
    .filter(({ kind }) => kind === "file")
    .map(({ name }) => [name, logcheckPosition(name, logcheckState)] as const);
  return Object.fromEntries(
    positions.filter((entry): entry is readonly [string, Position] => entry[1] !== undefined),
  );
}

/** Undefined where there is nothing to take over, or a state already. */
export function offsetsChange(
  positions: Readonly<Record<string, Position>>,
  stateDirectory: string,
  now: Date,
): Change | undefined {
  const names = Object.keys(positions);
  if (names.length === 0 || realDisk.read(layoutOf(stateDirectory).state) !== undefined) return undefined;
  return {
    title: "what logcheck has read is not reported again",
    shown: names.map((name) => `+ ${name}`),
    make: () =>
      asOwner(stateDirectory, () => {
        const lock = takeLock(stateDirectory);
        if (lock.outcome === "locked")
          throw new SetupError(
            `${stateDirectory}: a run holds the lock: logcheck's positions not taken over`,
          );
        try {
          const { store, origin } = openStore(stateDirectory, realDisk, now);
          if (origin === "new") store.commit({ positions, payloads: [], toldNotices: {} }, now);
        } finally {
          lock.release();
        }
      }),
  };
}

/** What root does for the job is the job's own. */
function asOwner(directory: string, work: () => void): void {
  const { uid, gid } = statSync(directory);
  const [ownUser, ownGroup] = [process.geteuid?.() ?? uid, process.getegid?.() ?? gid];
  process.setegid?.(gid);
  process.seteuid?.(uid);
  try {
    work();
  } finally {
    process.seteuid?.(ownUser);
    process.setegid?.(ownGroup);
  }
}
