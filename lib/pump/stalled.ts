import { ExportError } from "../errors";
import { KIB, MIB, MINUTE } from "../units";

/** Check interval, and how long a destination may take next to nothing of what waits for it, in ms. */
const LOOK = 10_000;
const PATIENCE = 5 * MINUTE;
/** Bytes that it must take in that time. */
const LEAST = MIB;

export interface Flow {
  /** Whether bytes wait for the destination: while the source has none to give, the destination isn't slow. */
  isWaiting(): boolean;
  /** Bytes that the destination has taken so far. */
  taken(): number;
}

/**
 * Calls `end` once a destination takes too little of what waits for it: its file yields to others and is retried.
 * Returns a function that ends the watch.
 */
export function watchFlow({ isWaiting, taken }: Flow, end: (error: ExportError) => void): () => void {
  let since = Date.now();
  let from = taken();
  const timer = setInterval(() => {
    if (!isWaiting() || taken() - from >= LEAST) {
      since = Date.now();
      from = taken();
    } else if (Date.now() - since >= PATIENCE) {
      clearInterval(timer);
      end(stalled());
    }
  }, LOOK);
  timer.unref();
  return () => clearInterval(timer);
}

const stalled = () =>
  new ExportError({
    code: "destination_stalled",
    message: `The destination accepted less than ${LEAST / KIB} KiB in ${PATIENCE / MINUTE} minutes while more data was waiting.`,
    fix: null,
    retryable: true,
  });
