/**
 * Throws a `TimeoutError` if `work` takes longer than `ms`, and aborts its signal, so that questions to a service that
 * is away don't pile up.
 */
export async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(ms);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([work(signal), late]);
}
