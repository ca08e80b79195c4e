import { zodResolver } from "@hookform/resolvers/zod";
import type { FieldValues, Resolver } from "react-hook-form";
import {
  type Connection,
  type CreateConnection,
  createConnectionSchema,
  type PatchConnection,
  patchConnectionSchema,
  type S3Config,
} from "@/lib/schemas/connection";

/** A connection as the form holds it: the fields of every way of authentication, of which one counts. */
export interface ConnectionForm {
  type: "s3";
  name: string;
  config: S3Config & { secretAccessKey: string };
}

/** What of the form the chosen way of authentication takes. A secret that is left empty keeps its stored value. */
export function cleaned({ config, ...rest }: ConnectionForm) {
  const keys = config.auth === "keys";
  const secret = keys && config.secretAccessKey !== "" ? { secretAccessKey: config.secretAccessKey } : {};
  const { secretAccessKey: _, ...open } = config;
  return {
    ...rest,
    config: {
      ...open,
      accessKeyId: keys ? open.accessKeyId : null,
      roleArn: open.auth === "role" ? open.roleArn : null,
      ...secret,
    },
  };
}

/** Holds what `cleaned` leaves against a schema. */
function resolverOf<Output extends FieldValues>(schema: typeof createConnectionSchema | typeof patchConnectionSchema) {
  const resolve = zodResolver(schema as typeof createConnectionSchema) as unknown as Resolver<
    ConnectionForm,
    unknown,
    Output
  >;
  const resolver: typeof resolve = (values, context, options) =>
    resolve(cleaned(values) as ConnectionForm, context, options);
  return resolver;
}

export const createResolver = resolverOf<CreateConnection>(createConnectionSchema);
export const patchResolver = resolverOf<PatchConnection>(patchConnectionSchema);

export const emptyConnection = (): ConnectionForm => ({
  type: "s3",
  name: "",
  config: {
    bucket: "",
    region: "us-east-1",
    endpoint: null,
    forcePathStyle: false,
    prefix: "",
    auth: "keys",
    accessKeyId: "",
    roleArn: "",
    secretAccessKey: "",
  },
});

export const asForm = ({ type, name, config }: Connection): ConnectionForm => ({
  type,
  name,
  config: {
    ...config,
    accessKeyId: config.accessKeyId ?? "",
    roleArn: config.roleArn ?? "",
    secretAccessKey: "",
  },
});
