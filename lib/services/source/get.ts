import type { Source } from "@/lib/schemas/source";
import type { Actor } from "@/lib/services/access";
import { loadSource } from "./settings";
import { toSource } from "./to-source";

/** Returns the source's settings and its last verification. */
export async function getSource(_: Actor): Promise<Source> {
  return toSource(await loadSource());
}
