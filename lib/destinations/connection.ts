import type { z } from "zod";
import { type DestinationType, destinations } from "./catalog";
import type { Declaration } from "./declaration";

/** The readable part of any connection. */
export type ConnectionConfig = z.infer<(typeof destinations)[DestinationType]["readable"]>["config"];
/** The secret of any connection. */
export type ConnectionSecret = z.infer<(typeof destinations)[DestinationType]["secret"]>;

interface Leading {
  type: DestinationType;
  config: ConnectionConfig;
}

// Each declaration is given what was saved under its own type.
const declared = (type: DestinationType) => destinations[type] as unknown as Declaration<ConnectionConfig, unknown>;

/** Where a connection leads, in a word: a bucket, a database with its schema, a dataset. */
export const placeOf = ({ type, config }: Leading): string => declared(type).place(config);

/** The same in full, as tools write it. */
export const addressOf = ({ type, config }: Leading): string => declared(type).address(config);

/** Where a connection's secret is sent, in one spelling. */
export const secretGoesTo = ({ type, config }: Leading): string => declared(type).secretGoesTo(config);
