import { afterAll, beforeAll, describe } from "vitest";
import { openProject, type TestProject } from "../project";
import { accessContract } from "./access";
import { auditsContract } from "./audits";
import { deathsContract } from "./deaths";
import { fencesContract } from "./fences";
import type { Harness } from "./harness";
import { identitiesContract } from "./identities";
import { killsContract } from "./kills";
import { rowsContract } from "./rows";
import { makeSuite } from "./suite";
import { tablesContract } from "./tables";
import { windowsContract } from "./windows";

/**
 * The suite that every destination passes. Each has every case, under the same title; cases that it can't show are
 * skipped, and their titles say why.
 */
export function destinationContract(harness: Harness): void {
  describe(`the contract of destinations: ${harness.name}`, () => {
    let project: TestProject;
    beforeAll(async () => {
      await harness.open();
      project = await openProject();
    }, 300_000);
    afterAll(async () => {
      await project?.close();
      await harness.close();
    });
    const suite = makeSuite(harness, () => project);
    rowsContract(suite);
    windowsContract(suite);
    deathsContract(suite);
    killsContract(suite);
    fencesContract(suite);
    tablesContract(suite);
    identitiesContract(suite);
    accessContract(suite);
    auditsContract(suite);
  });
}
