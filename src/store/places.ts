/** Where state and cache live, by the environment. */
import { statSync } from "node:fs";
import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where packaging puts the state of the system's job. */
export const systemStateDirectory = "/var/lib/logwinnow";

/** The first of a colon-separated list, as systemd.exec(5) sets it. */
function first(list: string | undefined): string | undefined {
  return list?.split(":", 1)[0] || undefined;
}

/** Whether a directory of the system is this user's: packaging gives them to the user that the hourly job runs as. */
function isOf(userId: number, path: string): boolean {
  return userId === 0 || statSync(path, { throwIfNoEntry: false })?.uid === userId;
}

/**
 * $STATE_DIRECTORY, the system's for root and for its owner, else the user's XDG state directory.
 * Throws where there is no home.
 */
export function stateDirectory(
  environment: Environment,
  userId: number,
  systems = systemStateDirectory,
): string {
  const given = first(environment.STATE_DIRECTORY);
  if (given !== undefined) return given;
  if (isOf(userId, systems)) return systems;
  if (environment.XDG_STATE_HOME) return join(environment.XDG_STATE_HOME, "logwinnow");
  if (environment.HOME) return join(environment.HOME, ".local/state/logwinnow");
  throw new Error("neither STATE_DIRECTORY, XDG_STATE_HOME nor HOME is set: name a directory with --state");
}

/** $CACHE_DIRECTORY, the system's for root and for its owner, else the user's XDG cache directory; undefined where there is none. */
export function cacheDirectory(
  environment: Environment,
  userId: number,
  systems = "/var/cache/logwinnow",
): string | undefined {
  const given = first(environment.CACHE_DIRECTORY);
  if (given !== undefined) return given;
  if (isOf(userId, systems)) return systems;
  if (environment.XDG_CACHE_HOME) return join(environment.XDG_CACHE_HOME, "logwinnow");
  return environment.HOME ? join(environment.HOME, ".cache/logwinnow") : undefined;
}

/** The state directory of whoever runs this. */
export function ownStateDirectory(): string {
  return stateDirectory(process.env, process.geteuid?.() ?? -1);
}
