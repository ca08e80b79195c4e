import type { Source } from "@/lib/schemas/source";
import type { Actor } from "@/lib/services/access";
import { loadSource } from "./settings";
import { toSource } from "./to-source";

/** How the source is read, and what its last verification found. */
export async function getSource(_: Actor): Promise<Source> {
  return toSource(await loadSource());
}
