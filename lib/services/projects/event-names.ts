import type { List } from "@/lib/fields/common";
import type { EventName } from "@/lib/fields/event-name";
import { type Actor, loadProject } from "@/lib/services/access";
import { getSource } from "@/lib/source/client";
import { eventNames } from "@/lib/source/event-names";

/** Lists the source's event names for a project. */
export async function listEventNames(actor: Actor, input: { projectId: string }): Promise<List<EventName>> {
  const { sourceProjectId } = await loadProject(actor, input.projectId);
  return { items: await eventNames(getSource(), sourceProjectId), nextCursor: null };
}
