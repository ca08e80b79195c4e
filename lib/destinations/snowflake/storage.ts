import type { Readable } from "node:stream";
import { ExportError } from "../../errors";
import type { guardedAgents } from "../../net/agents";
import type { Got } from "./request";
import type { FilePlace } from "./upload-target";

/** One file to upload to a storage. */
export interface Upload {
  place: FilePlace;
  body: Readable;
  agents: ReturnType<typeof guardedAgents>;
  signal: AbortSignal;
  /** Whether to accept addresses without TLS: only if Snowflake's own is one. */
  plain: boolean;
}

/** Splits a storage's path at the first slash, and adds the file's name to the rest. */
export function split({ info: { location }, name }: FilePlace): { container: string; key: string } {
  const [, container = "", folder = ""] = /^([^/]*)\/?(.*?)\/?$/.exec(location) ?? [];
  return { container, key: folder ? `${folder}/${name}` : name };
}

/** A storage's address, with its path made safe. Throws if it has no TLS but must. */
export function checked(url: string, plain: boolean): URL {
  const { href, protocol } = new URL(/^https?:\/\//.test(url) ? url : `https://${url}`);
  if (protocol === "http:" && !plain)
    throw new ExportError({
      code: "warehouse_refused",
      message: "Snowflake returned a storage address without TLS.",
      fix: "Check the address in the connection: it must be Snowflake's own.",
      retryable: false,
    });
  return new URL(href);
}

export const pathOf = (...parts: string[]): string =>
  parts
    .flatMap((part) => part.split("/"))
    .map(encodeURIComponent)
    .join("/");

/** Throws unless the storage took the file. Omits what it says: addresses of storages hold signatures. */
export function mustBeTaken(storage: string, { status, etag }: Got): string {
  if (status >= 200 && status < 300) return etag;
  const passes = status === 408 || status === 429 || status >= 500 || status === 401 || status === 403;
  throw new ExportError({
    code: passes ? "warehouse_busy" : "stage_refused",
    message: `${storage}, where Snowflake stores its stage, responded with status ${status}.`,
    fix: passes ? null : "Verify the connection, and check that no network policy blocks Penstock from the stage.",
    retryable: passes,
  });
}
