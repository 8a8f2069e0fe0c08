/**
 * The contract of a kind of source: its keys in the configuration, how its sources are found, what its positions say.
 * Promise: nothing outside a kind knows what it is made of; another one is a file with this contract and a line in the
 * registry.
 */
import type { Discovery, LookBack, Position, SourceContext, SourceSettings } from "./source.js";

/** What a key of a `[[source]]` table may hold. */
interface KeyValues {
  /** Absolute: relative ones start at the configuration file's directory. */
  readonly path: string;
  /** One in the file, or a list of them. */
  readonly paths: readonly string[];
  /** Names or globs of names, one or a list. */
  readonly names: readonly string[];
  readonly "look back": LookBack;
  readonly boolean: boolean;
}

export type KeyType = keyof KeyValues;

export interface SourceKey {
  readonly type: KeyType;
  /** Left out: the key may be missing. */
  readonly isRequired?: true;
}

/** The keys of a `[[source]]` table but for `kind`, by their names in the file. */
export type SourceKeys = Readonly<Record<string, SourceKey>>;

/** The values of a table that has such keys. */
export type ValuesOf<Keys extends SourceKeys> = {
  readonly [Name in keyof Keys]:
    KeyValues[Keys[Name]["type"]] | (Keys[Name] extends { readonly isRequired: true } ? never : undefined);
};

/**
 * What reads these settings is loaded by `discover` and no sooner: a run that has no source of a kind does not pay
 * for it.
 */
export interface SourceKind<
  Settings extends SourceSettings = SourceSettings,
  Keys extends SourceKeys = SourceKeys,
> {
  /** As `kind =` in the configuration names it. */
  readonly kind: string;
  readonly keys: Keys;
  /** The settings of a table that was checked against the keys. */
  settingsFrom(values: ValuesOf<Keys>): Settings;
  /** The settings that `--source ARGUMENT` stands for, if it is one of this kind. */
  settingsFromArgument(argument: string, firstRun: LookBack): Settings | undefined;
  /**
   * What a server usually has of this kind, if it is there, for a run without configuration. `found` is what the kinds
   * before it in the registry have found.
   */
  usualSettings(
    firstRun: LookBack,
    exists: (path: string) => boolean,
    found: readonly SourceSettings[],
  ): Settings | undefined;
  /**
   * The sources of the settings, in their order, each name once. `known` holds the names that the state file has
   * positions for: a log that is gone may live on under a rotated name. Does not throw for what is wrong with one path.
   */
  discover(settings: Settings, known: ReadonlySet<string>, context: SourceContext): Promise<Discovery>;
  /** A position of this kind in words, such as "120 bytes"; undefined for a position of another kind. */
  describe(position: Position): string | undefined;
}
