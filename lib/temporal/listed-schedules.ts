import type { Client } from "@temporalio/client";
import { defaultPayloadConverter, type Payload } from "@temporalio/common";
import type proto from "@temporalio/proto";
import { getEnv } from "../env";
import { dataConverter } from "./connection";
import { isExportWorkflow } from "./contract";

/** The field of a schedule's memo with the hash of everything it was made from. */
export const MADE_FROM = "madeFrom";

type Memo = proto.temporal.api.common.v1.IMemo | null | undefined;

/** The hash in a schedule's memo; null if it has none, or none that this installation's keys can open. */
export async function madeFrom(memo: Memo): Promise<string | null> {
  const field = memo?.fields?.[MADE_FROM];
  if (!field) return null;
  try {
    const payloads: Payload[] = [field];
    const [codec] = dataConverter(getEnv()).payloadCodecs ?? [];
    const [open] = codec ? await codec.decode(payloads) : payloads;
    return defaultPayloadConverter.fromPayload<string>(open!);
  } catch {
    return null;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a schedule looks like an export's: its id is the export's. */
export const isExportSchedule = ({ id, workflowType }: Pick<ListedSchedule, "id" | "workflowType">): boolean =>
  UUID.test(id) && isExportWorkflow(workflowType);

interface ListedSchedule {
  id: string;
  workflowType: string;
  paused: boolean;
  note: string;
  madeFrom: string | null;
}

/**
 * Every schedule in the namespace, slightly out of date. The SDK's own list fails at the first memo that was encrypted
 * under someone else's key.
 */
export async function* listSchedules(temporal: Client): AsyncGenerator<ListedSchedule> {
  const namespace = getEnv().TEMPORAL_NAMESPACE;
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const page = await temporal.workflowService.listSchedules({ namespace, maximumPageSize: 1000, nextPageToken });
    for (const { scheduleId, info, memo } of page.schedules ?? [])
      yield {
        id: scheduleId ?? "",
        workflowType: info?.workflowType?.name ?? "",
        paused: info?.paused === true,
        note: info?.notes ?? "",
        madeFrom: await madeFrom(memo),
      };
    nextPageToken = page.nextPageToken ?? new Uint8Array();
  } while (nextPageToken.length > 0);
}
