import type { Export } from "@/lib/schemas/export";
import type { Actor } from "@/lib/services/access";
import { patchExport } from "./patch";

/** Lets scheduled runs start again from the end of the current period. */
export const resumeExport = (actor: Actor, input: { id: string }): Promise<Export> =>
  patchExport(actor, { id: input.id, paused: false });
