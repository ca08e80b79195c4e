export interface Size {
  exports: number;
  runs: number;
  /** Consecutive hourly runs of the first export, at most a quarter of all runs. */
  hours: number;
  /** Files per run of the second export, as its receipts and its newest run's file rows list them. */
  bigFiles: number;
}

/** Full size: BENCH_EXPORTS=12000 and BENCH_RUNS=1000000. */
export const sizeFrom = (env: NodeJS.ProcessEnv): Size => ({
  exports: Number(env.BENCH_EXPORTS ?? 1200),
  runs: Number(env.BENCH_RUNS ?? 100_000),
  hours: 8760,
  bigFiles: 10_000,
});
