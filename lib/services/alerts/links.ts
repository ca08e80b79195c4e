import type { AlertFacts } from "./facts";

export interface AlertLinks {
  export: string;
  run: string | null;
  retry: string | null;
}

/** Where an alert leads to. Each address names the organization, so that whoever works in another one is taken there. */
export function alertLinks(
  { organization, export: exported, run }: Pick<AlertFacts, "organization" | "export" | "run">,
  appUrl: string,
): AlertLinks {
  const home = `${appUrl.replace(/\/$/, "")}/open/${organization.id}/exports/${exported.id}`;
  const shown = run && `${home}?run=${run.id}`;
  return { export: home, run: shown, retry: shown && `${shown}&retry=1` };
}
