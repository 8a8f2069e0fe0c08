/** The configuration cannot be used. The message is for the user and has one line per mistake. Exit status 78. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}
