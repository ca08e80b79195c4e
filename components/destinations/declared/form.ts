import { isVisible } from "@/components/spec-fields/visible";
import { type DestinationType, destinations } from "@/lib/destinations/catalog";
import type { ConnectionConfig } from "@/lib/destinations/connection";
import type { FieldSpec } from "@/lib/destinations/fields";
import type { FieldValues } from "../parts";

/** Whether a field is never read back. */
export const isSecret = (type: DestinationType, { name }: Pick<FieldSpec, "name">): boolean =>
  name in destinations[type].secret.shape;

/**
 * The part of a form that the API takes: nothing of fields that aren't asked for. A secret of which nothing is typed keeps its
 * stored value, because a secret that is sent makes a connection unverified; one that is typed replaces it whole.
 */
export function cleanedForm(type: DestinationType, values: FieldValues): FieldValues {
  const specs = destinations[type].form.connection;
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

/** What a field begins with: what the schema fills in where nothing is given. */
export function emptyForm(type: DestinationType): FieldValues {
  const shape = destinations[type].full.shape as Record<string, { safeParse(value: undefined): { data?: unknown } }>;
  return Object.fromEntries(
    destinations[type].form.connection.map(({ name }) => [name, shape[name]?.safeParse(undefined).data ?? ""]),
  );
}

/** Stored settings as the form holds them: no secret among them. */
export function storedForm(type: DestinationType, config: ConnectionConfig): FieldValues {
  const stored: FieldValues = { ...config };
  return Object.fromEntries(destinations[type].form.connection.map(({ name }) => [name, stored[name] ?? ""]));
}

/** What of it isn't secret: a script needs nothing else. */
export const openPart = (type: DestinationType, config: object): FieldValues =>
  Object.fromEntries(Object.entries(config).filter(([name]) => !isSecret(type, { name })));
