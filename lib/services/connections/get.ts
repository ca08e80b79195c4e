import type { Connection } from "@/lib/schemas/connection";
import type { Actor } from "@/lib/services/access";
import { loadConnection } from "./load";
import { describeConnection } from "./to-wire";

/** One connection with the exports that use it. */
export const getConnection = async (actor: Actor, input: { id: string }): Promise<Connection> =>
  describeConnection(await loadConnection(actor, input.id));
