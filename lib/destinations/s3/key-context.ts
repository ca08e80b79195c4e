import { codecSuffix, formats } from "../../formats/registry";
import { layoutOf } from "../../layouts/registry";
import type { KeyContext } from "../../layouts/types";
import type { Keyed } from "../writing-types";
import { codecOf } from "./codec";
import type { S3Destination } from "./settings";

/** What the layout makes a run's keys of a table from. */
export function contextOf(keyed: Keyed<S3Destination>, tableName: string): KeyContext {
  const { destination, window, requestId, revision, runAt, sourceProjectId } = keyed;
  const { format, layout, prefix, partitionByEvent } = destination;
  const extension = layoutOf(layout).extensions?.[format] ?? formats[format].extension;
  return {
    prefix,
    tableName,
    window,
    extension: extension + codecSuffix[codecOf(destination)],
    requestId,
    revision,
    runAt,
    databaseId: sourceProjectId,
    orgId: destination.orgId ?? sourceProjectId,
    partitionByEvent,
  };
}
