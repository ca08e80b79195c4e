import { pathIn } from "@/lib/workspace-path";
import type { AlertFacts } from "./facts";

export interface AlertLinks {
  export: string;
  run: string | null;
  retry: string | null;
  /** What checks of the export found. */
  checks: string;
}

/** An alert's links. Each names the workspace, and opens there whichever the user works in. */
export function alertLinks(
  { organization, project, export: exported, run }: Pick<AlertFacts, "organization" | "project" | "export" | "run">,
  appUrl: string,
): AlertLinks {
  const workspace = { organizationId: organization.id, projectId: project.id };
  const home = appUrl.replace(/\/$/, "") + pathIn(workspace, `/exports/${exported.id}`);
  const shown = run && `${home}?run=${run.id}`;
  return { export: home, run: shown, retry: shown && `${shown}&retry=1`, checks: `${home}?tab=checks` };
}
