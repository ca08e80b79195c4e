import { type DestinationType, destinations } from "@/lib/destinations/catalog";
import type { DestinationParts } from "../parts";
import { DeclaredConnectionFields } from "./connection-fields";
import { lookOf, settingFacts, signInWords } from "./facts";
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
  kindWords: ({ type }) => destinations[type].form.label,
  signInWords,
  look: lookOf,
  SettingFields: DeclaredSettingFields,
  settingFacts,
};
