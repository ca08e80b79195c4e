import { defaultPayloadConverter, type Payload } from "@temporalio/common";
import type proto from "@temporalio/proto";
import { getEnv } from "../env";
import { getTemporal } from "./client";
import { dataConverter } from "./connection";

/** The field of a schedule's memo that holds the hash of all that it was made from. */
export const MADE_FROM = "madeFrom";

type Memo = proto.temporal.api.common.v1.IMemo | null | undefined;

/** What a schedule says that it was made from; null where it says nothing, or nothing that this installation's keys open. */
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

interface ListedSchedule {
  id: string;
  workflowType: string;
  paused: boolean;
  madeFrom: string | null;
}

/**
 * Every schedule in the namespace, a moment behind what it is. The SDK's own list ends with an error at the first memo that was
 * encrypted under someone else's key.
 */
export async function* listSchedules(): AsyncGenerator<ListedSchedule> {
  const namespace = getEnv().TEMPORAL_NAMESPACE;
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await getTemporal().workflowService.listSchedules({ namespace, maximumPageSize: 1000, nextPageToken });
    for (const { scheduleId, info, memo } of page.schedules ?? [])
      yield {
        id: scheduleId ?? "",
        workflowType: info?.workflowType?.name ?? "",
        paused: info?.paused === true,
        madeFrom: await madeFrom(memo),
      };
    nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
  } while (nextPageToken);
}
