import dynamic from "next/dynamic";
import type { DestinationType } from "@/lib/destinations/outlines";
import type { DestinationParts } from "../parts";
import { cleanedForm, emptyForm, labelOf, openPart, storedForm } from "./form";
import { DeclaredSettingFields } from "./setting-fields";

const DeclaredConnectionFields = dynamic(() => import("./connection-fields").then((it) => it.DeclaredConnectionFields));
const ScriptPanel = dynamic(() => import("./script-panel").then((it) => it.ScriptPanel), { loading: () => null });

/** The parts derived from a destination's declared fields. */
export const declared: DestinationParts<DestinationType> = {
  emptyForm,
  storedForm: ({ type, config }) => storedForm(type, config),
  cleanedForm,
  labelOf,
  ConnectionFields: DeclaredConnectionFields,
  Setup: ScriptPanel,
  setupConfig: (type, values) => openPart(type, cleanedForm(type, { ...values })),
  SettingFields: DeclaredSettingFields,
};
