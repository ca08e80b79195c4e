import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether the page runs in the browser: false on the server, and in the first render there, which has to equal it. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
