import type { Actor } from "@/lib/services/access/actor";
import { exportRequests } from "./export-requests";
import { projectRequests } from "./project-requests";
import { runRequests } from "./run-requests";
import { subjectsOf } from "./subjects";

/** Lists and pages by name, served by the service behind the API's route. */
export type Requests = Record<string, () => Promise<unknown>>;

/** Every list and page of the API, for a filled ledger. */
export async function listRequests(actor: Actor): Promise<Requests> {
  const subjects = await subjectsOf(actor);
  return { ...exportRequests(actor, subjects), ...runRequests(actor, subjects), ...projectRequests(actor, subjects) };
}
