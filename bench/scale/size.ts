/** How big a ledger is. */
export interface Size {
  exports: number;
  runs: number;
  /** How many of the first export's runs are a row of hours. */
  hours: number;
  /** How many files each of the second export's runs has, as its receipts and its newest run's files have them. */
  bigFiles: number;
}

/** Full size is BENCH_EXPORTS=12000 and BENCH_RUNS=1000000. */
export const sizeFrom = (env: NodeJS.ProcessEnv): Size => ({
  exports: Number(env.BENCH_EXPORTS ?? 1200),
  runs: Number(env.BENCH_RUNS ?? 100_000),
  hours: 8760,
  bigFiles: 10_000,
});
