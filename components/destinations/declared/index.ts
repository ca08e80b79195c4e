import type { DestinationType } from "@/lib/destinations/catalog";
import type { DestinationParts } from "../parts";
import { DeclaredConnectionFields } from "./connection-fields";
import { cleanedForm, emptyForm, openPart, storedForm } from "./form";
import { ScriptPanel } from "./script-panel";
import { DeclaredSettingFields } from "./setting-fields";

/** The parts derived from a destination's declared fields. */
export const declared: DestinationParts<DestinationType> = {
  emptyForm,
  storedForm: ({ type, config }) => storedForm(type, config),
  cleanedForm,
  ConnectionFields: DeclaredConnectionFields,
  Setup: ScriptPanel,
  setupConfig: (type, values) => openPart(type, cleanedForm(type, { ...values })),
  SettingFields: DeclaredSettingFields,
};
