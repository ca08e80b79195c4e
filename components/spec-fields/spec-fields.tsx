"use client";

import { useFormContext } from "react-hook-form";
import type { FieldSpec } from "@/lib/destinations/fields";
import { SpecField } from "./spec-field";
import { isVisible } from "./visible";

interface SpecFieldsProps {
  /** The part of the form that holds the fields. */
  path: "config" | "destination";
  fields: readonly FieldSpec[];
  /** Overrides the hint below a field. */
  hintOf?: (spec: FieldSpec) => string | undefined;
}

/** Declared fields as form controls, each shown only while it applies. */
export function SpecFields({ path, fields, hintOf }: SpecFieldsProps) {
  const values = useFormContext<Record<string, Record<string, unknown>>>().watch(path) ?? {};
  return fields
    .filter((spec) => isVisible(spec, values))
    .map((spec) => <SpecField key={spec.name} path={path} spec={spec} hint={hintOf?.(spec) ?? spec.hint} />);
}
