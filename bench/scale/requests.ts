import type { Actor } from "@/lib/services/access/actor";
import { exportRequests } from "./export-requests";
import { projectRequests } from "./project-requests";
import { runRequests } from "./run-requests";
import { subjectsOf } from "./subjects";

/** By what it is called: what a list or a page asks, answered by the service that the API's route calls. */
export type Requests = Record<string, () => Promise<unknown>>;

/** Every list and page of the API, asked of a filled ledger. */
export async function listRequests(actor: Actor): Promise<Requests> {
  const subjects = await subjectsOf(actor);
  return { ...exportRequests(actor, subjects), ...runRequests(actor, subjects), ...projectRequests(actor, subjects) };
}
