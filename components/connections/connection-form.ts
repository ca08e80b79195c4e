import { zodResolver } from "@hookform/resolvers/zod";
import type { FieldValues as AnyValues, Resolver } from "react-hook-form";
import type { ZodType } from "zod";
import { type DestinationType, destinations, isWarehouse } from "@/lib/destinations/catalog";
import {
  type Connection,
  type CreateConnection,
  createConnectionSchema,
  type PatchConnection,
  patchConnectionSchema,
} from "@/lib/schemas/connection";
import { issueMessage } from "@/lib/schemas/issue-message";
import { cleanedS3, emptyS3, type S3Form, s3AsForm } from "./s3-form";
import { cleanedWarehouse, emptyWarehouse, type FieldValues, warehouseAsForm } from "./warehouse-form";

/** A connection of any kind as the form holds it. */
export interface ConnectionForm {
  type: DestinationType;
  name: string;
  config: S3Form["config"] | FieldValues;
}

/** What of the form counts, as the API takes it. */
export function cleaned({ type, name, config }: ConnectionForm) {
  const counted = isWarehouse(type) ? cleanedWarehouse(type, { ...config }) : cleanedS3(config as S3Form["config"]);
  return { type, name, config: counted } as unknown as CreateConnection;
}

/** Holds what `cleaned` leaves against a schema. */
function resolverOf<Output>(schema: ZodType<unknown, AnyValues>) {
  const resolve = zodResolver(schema, { error: issueMessage }) as unknown as Resolver<ConnectionForm, unknown, Output>;
  const resolver: typeof resolve = (values, context, options) =>
    resolve(cleaned(values) as ConnectionForm, context, options);
  return resolver;
}

export const createResolver = resolverOf<CreateConnection>(createConnectionSchema);

export const patchResolver = (type: DestinationType) =>
  resolverOf<PatchConnection>(patchConnectionSchema.extend({ config: destinations[type].patch }));

const emptyConfig = (type: DestinationType) => (isWarehouse(type) ? emptyWarehouse(type) : emptyS3());

/** The fields of a new connection; what every kind has stays as it is when another kind is chosen. */
export const emptyConnection = (type: DestinationType, name = ""): ConnectionForm => ({
  type,
  name,
  config: emptyConfig(type),
});

export const asForm = (connection: Connection): ConnectionForm => ({
  type: connection.type,
  name: connection.name,
  config: connection.type === "s3" ? s3AsForm(connection.config) : warehouseAsForm(connection.type, connection.config),
});
