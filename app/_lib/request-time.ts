import { cache } from "react";

/** When the request was first asked for its time, in milliseconds: the same for all of its document. */
export const requestTime = cache((): number => Date.now());
