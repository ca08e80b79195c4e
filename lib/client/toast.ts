import type { ExternalToast } from "sonner";

type Kind = "success" | "error";

/** A short message that waits until the page can show it. */
export interface WaitingToast {
  kind: Kind;
  message: string;
  options: ExternalToast;
}

let waiting: WaitingToast[] = [];
const listeners = new Set<() => void>();

function add(toast: WaitingToast): void {
  waiting = [...waiting, toast];
  for (const listener of listeners) listener();
}

/** The messages that wait, for `useSyncExternalStore`. */
export const waitingToasts = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  get: () => waiting,
  /** Takes all of them. */
  take(): WaitingToast[] {
    const taken = waiting;
    waiting = [];
    return taken;
  },
};

/** Short messages at the page's edge. What draws them is loaded with the first one. */
export const toast = {
  success: (message: string, options: ExternalToast = {}) => add({ kind: "success", message, options }),
  error: (message: string, options: ExternalToast = {}) => add({ kind: "error", message, options }),
};
