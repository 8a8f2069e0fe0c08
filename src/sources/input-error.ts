/**
 * Tells what goes wrong with an input from what goes wrong in the program.
 * Promise: only what opening and reading throw becomes an InputError; a broken promise of the program stays one.
 */
import { reasonOf } from "./bytes/open.js";

/** An input could not be opened or read on. The message says why, without the input's name. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** What an input gives. Throws an InputError for what it throws. */
export async function fromInput<Result>(opening: Promise<Result>): Promise<Result> {
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof Error) || error.message.startsWith("bug:")) throw error;
    throw new InputError(reasonOf(error), { cause: error });
  }
}
