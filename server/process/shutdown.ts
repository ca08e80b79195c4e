import { endHeld } from "./leash";

export interface Shutdown {
  /** Adds what to do at the end; the last added is done first. */
  before(stop: () => Promise<void> | void): void;
  /** Whether the end has begun. */
  begun(): boolean;
  /** Ends everything once and then this process, with this exit code. */
  end(code: number): Promise<never>;
}

const FORCE_AFTER_MS = 2000;

/**
 * Ends this process in order: on SIGINT, SIGTERM or SIGHUP, when the process that started it is gone, or when asked.
 * A second signal, some seconds after the first, ends it at once.
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
    // npm passes on a Ctrl-C that this process got from the terminal as well: the second is no second wish.
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
  // What was still starting has no step yet.
  await endHeld();
  process.exit(code);
}
