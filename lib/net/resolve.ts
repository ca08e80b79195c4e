import { isIP } from "node:net";
import { addressRefused, type Guarding, guardOf, refusal } from "./guard";

/**
 * Resolves a host that a user set, once, for a driver that connects by itself: pass it the address, and the name only
 * for its certificate. Throws an `ExportError` if any address is refused, and passes on DNS errors.
 */
export async function resolveGuarded(host: string, port: number, guarding: Guarding): Promise<string> {
  const guard = guardOf(guarding);
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  const addresses = isIP(bare) ? [bare] : (await guard.resolve(bare)).map(({ address }) => address);
  const problem = refusal(guard, bare, port, addresses);
  if (problem) throw addressRefused(problem);
  return addresses[0] ?? bare;
}
