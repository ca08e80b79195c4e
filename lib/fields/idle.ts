/** Whether nothing of an export runs, by its progress. The server ends a stream then, and pages stop following. */
export const isIdle = (progress: { activeRuns: number; historicExports: readonly unknown[] }): boolean =>
  progress.activeRuns === 0 && progress.historicExports.length === 0;
