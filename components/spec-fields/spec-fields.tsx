"use client";

import { useFormContext } from "react-hook-form";
import type { FieldSpec } from "@/lib/destinations/fields";
import { SpecField } from "./spec-field";
import { isVisible } from "./visible";

interface SpecFieldsProps {
  /** The part of the form that the fields lie in. */
  path: "config" | "destination";
  fields: readonly FieldSpec[];
  /** What is to be said below a field in place of its own hint. */
  hintOf?: (spec: FieldSpec) => string | undefined;
}

/** Declared fields as a form has them, each only while it is asked for. */
export function SpecFields({ path, fields, hintOf }: SpecFieldsProps) {
  const values = useFormContext<Record<string, Record<string, unknown>>>().watch(path) ?? {};
  return fields
    .filter((spec) => isVisible(spec, values))
    .map((spec) => <SpecField key={spec.name} path={path} spec={spec} hint={hintOf?.(spec) ?? spec.hint} />);
}
