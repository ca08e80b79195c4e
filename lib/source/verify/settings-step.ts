import { ExportError } from "../../errors";
import { queryRows, type Source } from "../client";
import { fixedSettings, readSettings } from "../settings";
import { profileStatement } from "./grants";
import { passed, type SourceStep } from "./step";

/** Sends every setting that runs send, to find out whether the profile allows them. */
export const settingsStep = (source: Source, signal: AbortSignal): SourceStep => ({
  name: "Settings",
  needs: ["Reach"],
  async run() {
    const sent = { ...fixedSettings, ...readSettings() };
    const [row] = await queryRows<{ readonly: string }>(source, "SELECT toString(getSetting('readonly')) AS readonly", {
      settings: sent,
      signal,
    });
    if (row?.readonly !== "2") throw readonlyDiffers(row?.readonly ?? "unknown");
    return passed(`The profile allows all ${Object.keys(sent).length} settings that Penstock sends with queries.`);
  },
  statement: (code) => (code === "source_readonly" || code === "source_setting" ? profileStatement() : null),
});

const readonlyDiffers = (found: string) =>
  new ExportError({
    code: "source_setting",
    message: `Queries run with readonly = ${found} instead of the requested 2.`,
    fix: "Allow readonly = 2 in the profile of Penstock's ClickHouse user; then retry the run.",
    retryable: false,
  });
