export const PING = "ping";
export const PONG = "pong";

/**
 * Answers the pings of the process that started this one, if it sends any: with `npm start`, a process that no longer
 * answers is replaced. Does not keep this process alive.
 */
export function answerPings(): void {
  process.on("message", (message) => {
    if (message === PING) process.send?.(PONG, undefined, undefined, () => {});
  });
  // Listening alone would.
  process.channel?.unref();
}
