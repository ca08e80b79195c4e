import { isVisible } from "@/components/spec-fields/visible";
import type { ConnectionConfig } from "@/lib/destinations/connection";
import type { FieldSpec } from "@/lib/destinations/fields";
import { type DestinationType, outlines } from "@/lib/destinations/outlines";
import type { FieldValues } from "../parts";

/** Whether a field can't be read back. */
export const isSecret = (type: DestinationType, { name }: Pick<FieldSpec, "name">): boolean =>
  (outlines[type].secrets as readonly string[]).includes(name);

/**
 * The part of a form that the API takes, without hidden fields. An empty secret keeps its stored value, because sending
 * a secret makes a connection unverified; a new secret replaces the old one entirely.
 */
export function cleanedForm(type: DestinationType, values: FieldValues): FieldValues {
  const specs = outlines[type].form.connection;
  const replaced = specs.some((spec) => isSecret(type, spec) && isVisible(spec, values) && values[spec.name] !== "");
  const entries = specs.flatMap((spec): [string, unknown][] => {
    const value = values[spec.name];
    const visible = isVisible(spec, values);
    if (visible && value !== "") return [[spec.name, value]];
    const none = spec.optional || !visible;
    if (isSecret(type, spec)) return replaced && none ? [[spec.name, null]] : [];
    return [[spec.name, none ? null : value]];
  });
  return Object.fromEntries(entries);
}

export const labelOf = (type: DestinationType, field: string): string | undefined =>
  outlines[type].form.connection.find(({ name }) => name === field)?.label;

/** Initial values: the schema's defaults. */
export const emptyForm = (type: DestinationType): FieldValues =>
  Object.fromEntries(outlines[type].form.connection.map(({ name, initial }) => [name, initial ?? ""]));

/** Stored settings as form values, without secrets. */
export function storedForm(type: DestinationType, config: ConnectionConfig): FieldValues {
  const stored: FieldValues = { ...config };
  return Object.fromEntries(outlines[type].form.connection.map(({ name }) => [name, stored[name] ?? ""]));
}

/** The non-secret settings, which are all that a script needs. */
export const openPart = (type: DestinationType, config: object): FieldValues =>
  Object.fromEntries(Object.entries(config).filter(([name]) => !isSecret(type, { name })));
