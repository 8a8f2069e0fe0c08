/**
 * Decides, when there is no room for another state, whether to begin anew or to leave the states as they are and to
 * simulate what they lack.
 * Promise: on any input the time spent on building states that are not used again stays in proportion to that of
 * simulating everything; and states are built again once the input has changed.
 *
 * As in RE2 and in Rust's regex-automata the measure is how many bytes were walked for each state that was built
 * (both take 10). It is the right one because both costs grow alike with the nodes that are alive: whatever the
 * patterns, building a state takes about as long as simulating `bytesWorthOneState` bytes. They give up for the rest
 * of a search; a log has no end, so here giving up lasts as many simulated bytes as the filling was worth, and twice as
 * many each time that it was in vain again.
 */

/** Building takes 5 to 10 µs a state, simulating 0.3 to 0.5 µs a byte: Debian's rules, and `a.{50}c` on random text. */
const bytesWorthOneState = 20;
/** One filling in 16 times its worth of simulation is lost in the noise. */
const mostDoublings = 4;

/**
 * Random text gets a new state for nearly each byte: with so many states it is known, and their rows are not worth the
 * memory of more. A log made from all of Debian's rules has walked three bytes for each state by then, random text 1.7
 * where 64 pairs of letters are looked for.
 */
const earlyStates = 1 << 15;
const bytesWorthGrowing = 2;

export class CachePace {
  /** How many bytes had been walked when the states were last begun anew. */
  private begunAtBytes = 0;
  /** How many bytes are still to be simulated before states are built again. */
  private restBytes = 0;
  private vainFillings = 0;
  private isStunted = false;
  /** How many states a cache had, which cost nothing. */
  private foundStates = 0;

  /** Said before the first byte is walked: what an earlier scanner built tells nothing of this one's text. */
  found(states: number): void {
    this.foundStates = states;
  }

  /** Whether the text got a new state for nearly each byte: other text would not use them. */
  get areStatesVain(): boolean {
    return this.isStunted;
  }

  /** Asked when something is missing and there is room: whether another state may be built. */
  isWorthGrowing(walkedBytes: number, states: number): boolean {
    const built = states - this.foundStates;
    if (built === earlyStates && walkedBytes - this.begunAtBytes < bytesWorthGrowing * built)
      this.isStunted = true;
    return !this.isStunted;
  }

  /** Asked when something is missing and there is no room: true means to begin anew, false to simulate. */
  isWorthBeginningAnew(walkedBytes: number, states: number): boolean {
    if (this.restBytes > 0) return false;
    const isRested = this.restBytes < 0;
    const worthBytes = (states - this.foundStates) * bytesWorthOneState;
    if (!isRested && walkedBytes - this.begunAtBytes < worthBytes) {
      this.restBytes = worthBytes * 2 ** Math.min(this.vainFillings++, mostDoublings);
      return false;
    }
    if (!isRested) this.vainFillings = 0;
    this.restBytes = 0;
    this.isStunted = false;
    this.foundStates = 0;
    this.begunAtBytes = walkedBytes;
    return true;
  }

  simulated(bytes: number): void {
    // Never 0, which means that nothing was simulated since the states were begun.
    this.restBytes = this.restBytes > bytes ? this.restBytes - bytes : -1;
  }
}
