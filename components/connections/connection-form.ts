import type { FieldValues as AnyValues, Resolver } from "react-hook-form";
import type { ZodType } from "zod";
import { partsOf } from "@/components/destinations/by-type";
import type { FieldValues } from "@/components/destinations/parts";
import { type Draft, draftOf, hasFieldsOf } from "@/lib/client/drafts";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { DESTINATION_TYPES, type DestinationType, outlines } from "@/lib/destinations/outlines";
import type { Connection, CreateConnection, PatchConnection } from "@/lib/schemas/connection";

/** Form values of a connection of any type. */
export interface ConnectionForm {
  type: DestinationType;
  name: string;
  config: FieldValues;
}

/** The form's relevant values, as the API takes them. */
export function cleaned({ type, name, config }: ConnectionForm) {
  return { type, name, config: partsOf(type).cleanedForm(type, config) } as unknown as CreateConnection;
}

/** Validates the output of `cleaned` against a schema. */
function resolverOf<Output>(load: () => Promise<ZodType<unknown, AnyValues>>) {
  const resolve = lazyResolver(load) as unknown as Resolver<ConnectionForm, unknown, Output>;
  const resolver: typeof resolve = (values, context, options) =>
    resolve(cleaned(values) as ConnectionForm, context, options);
  return resolver;
}

export const createResolver = resolverOf<CreateConnection>(() =>
  import("@/lib/schemas/connection").then((it) => it.createConnectionSchema),
);

export const patchResolver = (type: DestinationType) =>
  resolverOf<PatchConnection>(() => import("./patch-schema").then((it) => it.patchSchemaOf(type)));

/** Initial form values. `name` carries over to another type. */
export const emptyConnection = (type: DestinationType, name = ""): ConnectionForm => ({
  type,
  name,
  config: partsOf(type).emptyForm(type),
});

/** Form values without secrets, to keep. */
export function withoutSecrets({ type, name, config }: ConnectionForm): ConnectionForm {
  const secrets: readonly string[] = outlines[type].secrets;
  const open = Object.entries(config).filter(([field]) => !secrets.includes(field));
  return { type, name, config: Object.fromEntries(open) };
}

/** The draft of a new connection: part of that of an export, whose name it has. */
export const connectionDraft = (name: readonly string[]): Draft<ConnectionForm> =>
  draftOf(["connection", ...name], isConnectionDraft);

function isConnectionDraft(value: unknown): value is ConnectionForm {
  if (!hasFieldsOf({ type: "", name: "", config: {} }, value)) return false;
  const type = DESTINATION_TYPES.find((known) => known === value.type);
  return type !== undefined && hasFieldsOf(withoutSecrets(emptyConnection(type)).config, value.config);
}

/** Kept form values, with empty secrets. */
export const fromDraft = ({ type, name, config }: ConnectionForm): ConnectionForm => ({
  type,
  name,
  config: { ...emptyConnection(type).config, ...config },
});

export const asForm = (connection: Connection): ConnectionForm => ({
  type: connection.type,
  name: connection.name,
  config: partsOf(connection.type).storedForm(connection),
});
