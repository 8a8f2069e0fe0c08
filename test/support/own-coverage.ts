/**
 * Loaded by mocha before the tests, also in each of its workers. Promise: coverage is that of the processes that run the
 * tests. Node read the variable when it started; the programs that tests start run the bundle, which has no map to src.
 * Mocha itself keeps the variable, for its workers get it from there.
 */
if (process.env.MOCHA_WORKER_ID !== undefined) delete process.env.NODE_V8_COVERAGE;
