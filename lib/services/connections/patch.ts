import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import type { Connection, PatchConnection } from "@/lib/schemas/connection";
import type { Actor } from "@/lib/services/auth/actor";
import { getConnection } from "./get";
import { loadConnection } from "./load";
import { sealConnectionSecret } from "./secrets";

/** Changes a connection. Whatever changes where or as whom it writes makes it unverified. */
export async function patchConnection(actor: Actor, input: PatchConnection & { id: string }): Promise<Connection> {
  await getDb().transaction(async (tx) => {
    const row = await loadConnection(actor, input.id, { tx, lock: true });
    const { secretAccessKey, ...given } = input.config ?? {};
    const config = { ...row.config, ...given };
    const moved = secretAccessKey !== undefined || !sameConfig(config, row.config);
    await tx
      .update(connections)
      .set({
        name: input.name ?? row.name,
        config,
        secrets: secretAccessKey === undefined ? row.secrets : sealConnectionSecret(row.id, { secretAccessKey }),
        ...(moved && { verifiedAt: null, lastVerification: null }),
        updatedAt: new Date(),
      })
      .where(and(eq(connections.id, row.id), eq(connections.organizationId, actor.organizationId)));
  });
  return getConnection(actor, input);
}

function sameConfig<T extends object>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((key) => a[key] === b[key]);
}
