/** The default of WORKER_SHUTDOWN_GRACE_SECONDS. */
export const SHUTDOWN_GRACE_SECONDS = 300;

/** Time in ms that a worker with this environment may take to end: its grace, and some seconds to put files away. */
export function shutdownMs(env: Record<string, string | undefined>): number {
  const seconds = Number(env.WORKER_SHUTDOWN_GRACE_SECONDS || SHUTDOWN_GRACE_SECONDS);
  return ((Number.isNaN(seconds) ? SHUTDOWN_GRACE_SECONDS : seconds) + 30) * 1000;
}
