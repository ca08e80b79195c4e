import { TooManyRequests } from "@/lib/errors";
import type { Actor } from "@/lib/services/access";

/** Streams that a person or key, and an organization, may have open with one web process. */
const [OF_ONE, OF_ORGANIZATION] = [10, 100];
/** When to try again, in seconds. */
const LATER = 60;

const holder = globalThis as typeof globalThis & { penstockSeats?: Map<string, number> };

/** Counts an open stream until the returned function is called. Throws a 429 above the limits. */
export function takeSeat({ userId, keyId, organizationId }: Actor): () => void {
  holder.penstockSeats ??= new Map();
  const seats = holder.penstockSeats;
  const limits = [
    [`one ${keyId ?? userId}`, OF_ONE],
    [`organization ${organizationId}`, OF_ORGANIZATION],
  ] as const;
  if (limits.some(([name, most]) => (seats.get(name) ?? 0) >= most))
    throw new TooManyRequests(`Too many streams are open. Close some, or try again in ${LATER} seconds.`, LATER);
  for (const [name] of limits) seats.set(name, (seats.get(name) ?? 0) + 1);
  return () => {
    for (const [name] of limits) {
      const left = (seats.get(name) ?? 1) - 1;
      if (left > 0) seats.set(name, left);
      else seats.delete(name);
    }
  };
}
