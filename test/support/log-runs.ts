/**
 * Hourly runs over the logs of a directory, without rules and reports.
 * Promise: sources are found, opened and remembered as the transaction does it, and the state goes through JSON.
 */
import { discoverSources } from "../../src/sources/discover.js";
import type { FileSettings } from "../../src/sources/file/file-settings.js";
import { remembered } from "../../src/sources/remembered.js";
import type { LookBack, Position } from "../../src/sources/source.js";
import { formatNotice } from "../../src/std/notice.js";
import { isoTimestampOf, run } from "../sources/reading.js";

export interface HourlyRun {
  /** All lines that were given, in the order of the sources, without their newlines. */
  readonly lines: readonly string[];
  readonly notices: readonly string[];
  readonly failed: readonly string[];
  readonly names: readonly string[];
}

interface Kept {
  positions: Record<string, Position>;
  settings: Record<string, string>;
  failedSources: string[];
  lastSuccess?: string;
}

export class LogRuns {
  readonly #settings: FileSettings;
  #kept: Kept = { positions: {}, settings: {}, failedSources: [] };

  constructor(paths: readonly string[], options: Partial<FileSettings> & { firstRun?: LookBack } = {}) {
    this.#settings = { kind: "file", firstRun: { kind: "all" }, followLinks: false, ...options, paths };
  }

  get positions(): Readonly<Record<string, Position>> {
    return this.#kept.positions;
  }

  /** As a state from before settings were kept. */
  forgetSettings(): void {
    this.#kept.settings = {};
  }

  async run(now = new Date(), paths = this.#settings.paths): Promise<HourlyRun> {
    const kept = JSON.parse(JSON.stringify(this.#kept)) as Kept;
    const known = new Set(Object.keys(kept.positions));
    const context = { now, hostname: "web1", timestampOf: isoTimestampOf, earlier: kept };
    const found = await discoverSources([{ ...this.#settings, paths } as FileSettings], known, context);
    const notices = found.notices.map(formatNotice);
    const positions = { ...kept.positions };
    const lines: string[] = [];
    const failed: string[] = [];
    for (const source of found.sources) {
      try {
        const given = await run(source, positions[source.name]);
        positions[source.name] = given.position;
        lines.push(...given.lines.map((line) => line.replace(/\n$/, "")));
        notices.push(...given.notices);
      } catch (error) {
        failed.push(source.name);
        notices.push(`${source.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    const names = found.sources.map(({ name }) => name);
    this.#kept = {
      positions: remembered(positions, new Set(names), now),
      settings: {
        ...Object.fromEntries((found.settings ?? []).map((key) => [key, now.toISOString()])),
        ...kept.settings,
      },
      failedSources: failed,
      lastSuccess: now.toISOString(),
    };
    return { lines, notices, failed, names };
  }
}
