import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { members, user } from "@/lib/db/schema";
import { idSchema, type List } from "@/lib/fields/common";
import type { Member } from "@/lib/schemas/organization";
import type { Actor } from "@/lib/services/access";
import { decodeCursor, page } from "@/lib/services/paging";
import { selectMembers, toMember } from "./load";

interface Input {
  limit: number;
  cursor?: string | undefined;
}

const keySchema = z.tuple([z.string(), idSchema]);
const byName = sql`lower(${user.name})`;

/** Lists the actor's organization's members by name. */
export async function listMembers(actor: Actor, { limit, cursor }: Input): Promise<List<Member>> {
  const rows = await selectMembers()
    .where(and(eq(members.organizationId, actor.organizationId), after(cursor)))
    .orderBy(byName, members.id)
    .limit(limit + 1);
  return page(rows, limit, toMember, ({ name, id }) => [name, id]);
}

function after(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const [name, id] = decodeCursor(keySchema, cursor);
  return sql`(${byName}, ${members.id}) > (lower(${name}), ${id}::uuid)`;
}
