/** A configuration that cannot be used. The message is meant for the user, a line a mistake; the exit status is 78. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}
