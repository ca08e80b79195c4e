import type { AlertFacts } from "./facts";

export interface AlertLinks {
  export: string;
  run: string | null;
  retry: string | null;
  /** What checks of the export found. */
  checks: string;
}

/** An alert's links. Each names the organization, to switch a user who works in another one. */
export function alertLinks(
  { organization, export: exported, run }: Pick<AlertFacts, "organization" | "export" | "run">,
  appUrl: string,
): AlertLinks {
  const home = `${appUrl.replace(/\/$/, "")}/open/${organization.id}/exports/${exported.id}`;
  const shown = run && `${home}?run=${run.id}`;
  return { export: home, run: shown, retry: shown && `${shown}&retry=1`, checks: `${home}?tab=checks` };
}
