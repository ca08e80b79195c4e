import type { QueryClient } from "@tanstack/react-query";
import type { Switch } from "@/lib/schemas/me";
import { ask, workIn } from "./api";
import { meQuery } from "./queries";

/** Goes on in another organization or project, whose requests are meant for it from then on. */
export async function switchPlace(body: Switch) {
  const me = await ask("switchPlace", { body });
  workIn(me.organization.id);
  return me;
}

/** Shows nothing more of the place that one has left. */
export function showPlace(queries: QueryClient, me: Awaited<ReturnType<typeof switchPlace>>): Promise<void> {
  const { queryKey } = meQuery();
  queries.setQueryData(queryKey, me);
  return queries.resetQueries({ predicate: ({ queryKey: [id] }) => id !== queryKey[0] });
}
