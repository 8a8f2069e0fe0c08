/** What `-` among the files of a command line becomes: yargs drops a lone dash. */
export const standardInput = "/dev/stdin";
