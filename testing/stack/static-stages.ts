import { check, type Stage } from "./stage";
import { vitestStage } from "./vitest-stage";

/** The stages that need no running service, slowest first. `reports` is a folder for their files. */
export function staticStages(reports: string, args: string[] = []): Record<string, Stage> {
  return {
    types: check("Types (tsc)", "tsc", ["--noEmit"]),
    unit: vitestStage({ name: "Unit tests", project: "unit", reports, args }),
    lint: check("Lint and format (biome)", "biome", ["ci", "--colors=off"]),
    imports: check("Import rules (dependency-cruiser)", "depcruise", ["--config", ".dependency-cruiser.cjs", "."]),
    unused: check("Dead code (knip)", "knip", ["--no-progress"]),
  };
}
