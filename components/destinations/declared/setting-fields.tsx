"use client";

import { SpecFields } from "@/components/spec-fields/spec-fields";
import { settingFields } from "@/lib/destinations/catalog";
import type { SettingFieldsProps } from "../parts";

/** The settings that a destination declares; needs the export's form around it. */
export const DeclaredSettingFields = ({ type, model }: SettingFieldsProps) => (
  <SpecFields path="destination" fields={settingFields(type, model)} />
);
