import { codecOf } from "../formats/codec";
import { codecSuffix, formats } from "../formats/registry";
import type { ModelName } from "../models/registry";
import type { Model } from "../models/types";
import type { S3Destination } from "../schemas/destination";
import type { Window } from "../windows/types";
import { layoutOf } from "./registry";
import type { FilePart, KeyContext } from "./types";

/** What keys are made from, besides each file's own part. */
export interface Keyed {
  model: ModelName;
  destination: S3Destination;
  window: Window;
  requestId: string;
  /** When the run was asked for. */
  runAt: Date;
  sourceProjectId: number;
}

function contextOf({ destination, window, requestId, runAt, sourceProjectId }: Keyed, tableName: string): KeyContext {
  const { format, layout, prefix, partitionByEvent } = destination;
  const extension = layoutOf(layout).extensions?.[format] ?? formats[format].extension;
  return {
    prefix,
    tableName,
    window,
    extension: extension + codecSuffix[codecOf(destination)],
    requestId,
    runAt,
    databaseId: sourceProjectId,
    orgId: destination.orgId ?? sourceProjectId,
    partitionByEvent,
  };
}

/** The key of one file of a window. */
export const fileKey = (keyed: Keyed, { table }: Pick<Model, "table">, part: FilePart): string =>
  layoutOf(keyed.destination.layout).fileKey(contextOf(keyed, table), part);

/** The key of a window's manifest: it is there if and only if the window is committed. */
export const manifestKey = (keyed: Keyed): string =>
  layoutOf(keyed.destination.layout).manifestKey(contextOf(keyed, keyed.model));

/** The keys of the empty objects that follow the manifest, to tell readers which folders are complete. */
export const markerKeys = (keyed: Keyed, fileKeys: readonly string[]): string[] =>
  layoutOf(keyed.destination.layout).markerKeys?.(contextOf(keyed, keyed.model), fileKeys) ?? [];
