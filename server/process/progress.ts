/** Reports the progress of a start: one line per change, with the elapsed seconds. */
export interface Progress {
  /** Prints a line about a part. */
  say(part: string, text: string): void;
  /** Prints a line every 15 s until the returned function is called; `text` gets the seconds waited so far. */
  wait(part: string, text: (seconds: number) => string): () => void;
}

const EVERY_MS = 15_000;

/** Prints progress to standard output or `write`. */
export function makeProgress(write: (line: string) => void = console.log): Progress {
  const started = Date.now();
  const say = (part: string, text: string) => {
    write(`${elapsed(started).padStart(7)}  ${part.padEnd(13)} ${text}`);
  };
  return {
    say,
    wait(part, text) {
      const since = Date.now();
      const timer = setInterval(() => say(part, text(Math.round((Date.now() - since) / 1000))), EVERY_MS);
      return () => clearInterval(timer);
    },
  };
}

function elapsed(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
