import type { Preview, PreviewExport } from "@/lib/schemas/export";
import { loadProject } from "@/lib/services/auth/access";
import type { Actor } from "@/lib/services/auth/actor";
import { previewWindow } from "@/lib/source/preview";
import { windowEndingAt } from "@/lib/windows";

/** What an export that may not be saved yet would write for the newest whole window. */
export async function previewExport(actor: Actor, input: PreviewExport & { projectId: string }): Promise<Preview> {
  const { projectId, ...exportSpec } = input;
  const { sourceProjectId } = await loadProject(actor, projectId);
  return previewWindow({ sourceProjectId, exportSpec, window: windowEndingAt(exportSpec.schedule, new Date()) });
}
