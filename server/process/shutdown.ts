import { endHeld } from "./leash";

export interface Shutdown {
  /** Adds a step for the end; the last added runs first. */
  before(stop: () => Promise<void> | void): void;
  /** Whether the shutdown has begun. */
  begun(): boolean;
  /** Ends everything once, then this process, with this exit code. */
  end(code: number): Promise<never>;
}

const FORCE_AFTER_MS = 2000;

/**
 * Shuts this process down in order: on SIGINT, SIGTERM, or SIGHUP, when its parent is gone, or on request. A second
 * signal, over 2 s after the first, ends it at once.
 */
export function makeShutdown(said: (reason: string) => void, codeOf: (signal: string) => number = () => 0): Shutdown {
  const steps: (() => Promise<void> | void)[] = [];
  let ending: Promise<never> | undefined;
  let since = 0;

  const end = (code: number): Promise<never> => {
    ending ??= endAll(steps, code);
    return ending;
  };
  const onSignal = (signal: string) => {
    // npm forwards a Ctrl-C that this process already got from the terminal: the second is no second request.
    if (ending && Date.now() - since > FORCE_AFTER_MS) process.exit(1);
    if (ending) return;
    since = Date.now();
    said(signal);
    void end(codeOf(signal));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => onSignal(signal));
  process.on("disconnect", () => onSignal("the end of the process that started this one"));
  // Listening alone would keep this process alive.
  process.channel?.unref();
  return { before: (stop) => steps.push(stop), begun: () => ending !== undefined, end };
}

async function endAll(steps: (() => Promise<void> | void)[], code: number): Promise<never> {
  for (const stop of steps.reverse()) {
    try {
      await stop();
    } catch (error) {
      console.error(error);
    }
  }
  // Anything still starting has no step yet.
  await endHeld();
  process.exit(code);
}
