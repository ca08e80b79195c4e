"use client";

import { SpecFields } from "@/components/spec-fields/spec-fields";
import { settingFields } from "@/lib/destinations/outlines";
import type { SettingFieldsProps } from "../parts";

/** The settings that a destination declares. Requires the export's form as context. */
export const DeclaredSettingFields = ({ type, model }: SettingFieldsProps) => (
  <SpecFields path="destination" fields={settingFields(type, model)} />
);
