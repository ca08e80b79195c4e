import type { Export } from "@/lib/schemas/export";
import type { Actor } from "@/lib/services/access";
import { patchExport } from "./patch";

/** Stops scheduled runs from starting; active runs continue. */
export const pauseExport = (actor: Actor, input: { id: string }): Promise<Export> =>
  patchExport(actor, { id: input.id, paused: true });
