/** Runs under `node --jitless`: scans the jobs of its standard input, and tries kept states. Promise: what it prints is what it found, without a judgement. */
import { readFileSync } from "node:fs";
import { webAssembly } from "../../../src/ere/dfa/web-assembly.js";
import { KeptStates } from "./kept-states.js";
import { compiledJob, scanAll, scannerOf, type ScanJob, type ScanOutcome } from "./scan-job.js";

export interface JitlessQuestion {
  readonly job: ScanJob;
  /** What a scanner with WebAssembly has kept, in base64. */
  readonly savedStates: string;
}

export interface JitlessAnswer {
  readonly hasWebAssembly: boolean;
  readonly fresh: ScanOutcome;
  readonly stateCount: number;
  /** Kept states with one bit wrong, of which there were so many, and so many were taken. */
  readonly damagedCount: number;
  readonly damagedTaken: number;
  readonly isRestored: boolean;
  readonly restored: ScanOutcome;
}

const damagedStates = 50;

function answer({ job, savedStates }: JitlessQuestion): JitlessAnswer {
  const saved = Buffer.from(savedStates, "base64");
  const scanner = scannerOf(job, new KeptStates());
  const fresh = scanAll(scanner, job);
  let damagedTaken = 0;
  for (let i = 0; i < damagedStates; i++) {
    const damaged = Uint8Array.from(saved);
    const place = Math.floor((i * saved.length) / damagedStates);
    damaged[place] = (damaged[place] ?? 0) ^ (1 << (i % 8));
    if (compiledJob(job, new KeptStates(damaged)).isKnown) damagedTaken++;
  }
  const { set, isKnown: isRestored } = compiledJob(job, new KeptStates(saved));
  return {
    hasWebAssembly: webAssembly !== undefined,
    fresh,
    stateCount: scanner.stateCount,
    damagedCount: damagedStates,
    damagedTaken,
    isRestored,
    restored: scanAll(set.scanner({ isSelected: () => true }), job),
  };
}

const questions = JSON.parse(readFileSync(0, "utf8")) as readonly JitlessQuestion[];
process.stdout.write(JSON.stringify(questions.map(answer)));
