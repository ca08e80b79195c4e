import { expect, it } from "vitest";
import { DESTINATION_TYPES } from "../destinations/catalog";
import { HISTORIC_WORKFLOW, isExportWorkflow, RECONCILE_WORKFLOW, workflowTypeOf } from "./contract";

it.each([...DESTINATION_TYPES.map(workflowTypeOf), "a-later-destination-export"])("%s exports a window", (type) => {
  expect(isExportWorkflow(type)).toBe(true);
});

it.each([HISTORIC_WORKFLOW, RECONCILE_WORKFLOW])("%s exports no window itself", (type) => {
  expect(isExportWorkflow(type)).toBe(false);
});
