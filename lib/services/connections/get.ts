import type { Connection } from "@/lib/schemas/connection";
import type { Actor } from "@/lib/services/access";
import { describeConnection } from "./describe";
import { loadConnection } from "./load";

/** One connection with the exports that use it. */
export const getConnection = async (actor: Actor, input: { id: string }): Promise<Connection> =>
  describeConnection(await loadConnection(actor, input.id));
