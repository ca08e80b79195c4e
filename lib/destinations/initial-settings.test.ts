import { expect, it } from "vitest";
import { DEFAULT_CHECKS } from "../fields/check-names";
import { newChecksSchema } from "../fields/checks";
import { initialSettings } from "./initial-settings";
import { DESTINATION_TYPES } from "./outlines";
import { settingsSchema } from "./settings";

it.each(DESTINATION_TYPES)("the settings of a new export to %s are the schema's defaults", (type) => {
  expect(initialSettings(type)).toEqual(settingsSchema.parse({ type }));
});

it("the checks of a new export are the schema's defaults", () => {
  expect(newChecksSchema.parse({})).toEqual(DEFAULT_CHECKS);
});
