/**
 * A host in miniature that can be put back to its start as often as a test wants to break it.
 * Promise: what it says of lost and repeated lines comes from the mails that a receiver would have.
 */
import { expect } from "chai";
import { statusOf, type Command } from "./processes.js";

export interface World {
  /** The program under test, as one run on this host. */
  readonly command: Command;
  /** Where it keeps its state. */
  readonly stateDirectory: string;
  /** Puts state, logs and mailbox back to the start: a host that has run before, with mail waiting and new lines. */
  startAgain(): void;
  /** Every mail as it was received, byte for byte, in no order. */
  received(): readonly string[];
  /** The lines that a mail carries. */
  linesOf(mail: string): readonly string[];
  /** All lines that must be in the mailbox in the end, sorted. */
  readonly expectedLines: readonly string[];
  remove(): void;
}

/** Runs the program once more, undisturbed, and expects each line exactly once. Out: how many mails came again. */
export async function expectRecovery(world: World, what: string): Promise<number> {
  expect(await statusOf(world.command), `the run after ${what}`).to.equal(0);
  const mails = world.received();
  const different = [...new Set(mails)];
  const told = different.flatMap((mail) => world.linesOf(mail));
  expect(told.toSorted(), what).to.deep.equal(world.expectedLines);
  expect(mails.length - different.length, `${what}: resends`).to.be.at.most(1);
  return mails.length - different.length;
}
