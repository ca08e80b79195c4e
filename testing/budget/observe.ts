/** What a page observes of itself, in milliseconds after its navigation began. */
export interface Observed {
  largestPaint: number;
  shift: number;
  /** When its own content first showed in place of a skeleton; null if it never did. */
  contentAt: number | null;
}

declare global {
  interface Window {
    observed: Observed;
  }
}

/**
 * Runs in the page before its own scripts. Its own content is there once a heading shows and nothing is marked as
 * loading: a frame with a skeleton is not what a person came for.
 */
export function observe(): void {
  const observed: Observed = { largestPaint: Number.NaN, shift: 0, contentAt: null };
  window.observed = observed;
  const watch = (type: string, note: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch("largest-contentful-paint", ({ startTime }) => {
    observed.largestPaint = startTime;
  });
  watch("layout-shift", (entry) => {
    const { hadRecentInput, value } = entry as PerformanceEntry & { hadRecentInput: boolean; value: number };
    if (!hadRecentInput) observed.shift += value;
  });
  const isThere = () =>
    document.querySelector("main h1, main h2") !== null &&
    document.querySelector("main [role=status][aria-label^=Loading]") === null;
  const look = () => {
    if (observed.contentAt === null && isThere()) observed.contentAt = performance.now();
    if (observed.contentAt === null) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
