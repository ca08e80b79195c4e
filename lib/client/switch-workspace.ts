import type { QueryClient } from "@tanstack/react-query";
import type { Switch } from "@/lib/schemas/me";
import { ask, workIn } from "./api";
import { meQuery } from "./queries";

/** Switches to another organization or project; further requests are meant for it. */
export async function switchWorkspace(body: Switch) {
  const me = await ask("switchPlace", { body });
  workIn(me.organization.id);
  return me;
}

/** Resets all queries of the previous place. */
export function showWorkspace(queries: QueryClient, me: Awaited<ReturnType<typeof switchWorkspace>>): Promise<void> {
  const { queryKey } = meQuery();
  queries.setQueryData(queryKey, me);
  return queries.resetQueries({ predicate: ({ queryKey: [id] }) => id !== queryKey[0] });
}
