import type { S3Client } from "@aws-sdk/client-s3";
import { ExportError } from "../../errors";
import type { Owner, Stored } from "../upload-types";
import { type Condition, conditionFailed, conditionUnknown, FREE, outcomeUnknown } from "./conditions";
import { storedEncryption } from "./encryption";
import { type Inspected, inspect, isOwned, MARKS } from "./inspect";

/** How many times the key's object may change during a write before the write gives up. */
const ROUNDS = 4;

export interface Writing {
  key: string;
  /** Names the attempt: an object with it was written by an earlier request of that attempt. */
  mark: string;
  /** The owner to replace; null if the key must be free. */
  replaces: Owner | null;
  /** The ETag of the expected object; null if the key is expected to be free. */
  expected: string | null;
  /** Whether the key may be overwritten if its object can't be inspected. */
  blind: boolean;
  /** Called before an object that was looked at is replaced. Throws if this write has been overtaken. */
  confirm?(): Promise<void>;
  /** The ETag that the object will have, if the storage derives it from the bytes. */
  etag(): Promise<string>;
  /** Sends the request; null means no condition. */
  send(condition: Condition | null): Promise<Stored>;
  /** Discards what was sent, if an earlier request of the same attempt has stored the object. */
  abandon(): Promise<void>;
}

/**
 * Stores an object on the condition that nobody else's is there. A request whose answer was lost is recognized by its
 * mark, instead of being sent again over a later object. Throws SDK errors, or an `ExportError` `key_taken`.
 */
export async function store(client: S3Client, bucket: string, writing: Writing): Promise<Stored> {
  let condition: Condition = writing.expected === null ? FREE : { IfMatch: `"${writing.expected}"` };
  for (let round = 0; round < ROUNDS; round += 1) {
    try {
      return await writing.send(condition);
    } catch (error) {
      if (conditionUnknown(error, condition)) return writing.send(null);
      const failed = conditionFailed(error, condition);
      if (!failed && !outcomeUnknown(error)) throw error;
      const seen = await inspect(client, bucket, writing.key).catch(() => "forbidden" as const);
      if (seen && seen !== "forbidden" && (await isSame(seen, writing))) {
        await writing.abandon();
        return storedAs(seen);
      }
      if (!failed) throw error;
      if (seen === "forbidden" && writing.blind) return writing.send(null);
      condition = seen === null ? FREE : { IfMatch: `"${replaceable(seen, writing).etag}"` };
      if (seen !== null) await writing.confirm?.();
    }
  }
  throw taken(writing.key);
}

async function isSame({ metadata, etag }: Inspected, writing: Writing): Promise<boolean> {
  return metadata ? metadata[MARKS.mark] === writing.mark : etag === (await writing.etag());
}

function replaceable(seen: Inspected | "forbidden", { key, replaces, blind }: Writing): Inspected {
  // A file whose name can change gets another one on its next attempt.
  if (replaces === null) throw taken(key, true);
  if (seen === "forbidden") throw taken(key);
  if (seen.metadata ? isOwned(seen.metadata, replaces) : blind) return seen;
  throw taken(key);
}

const storedAs = ({ etag, encrypted }: Inspected): Stored => ({ etag, encryption: storedEncryption(encrypted) });

const taken = (key: string, retryable = false) =>
  new ExportError({
    code: "key_taken",
    message: `The bucket has an object under ${key} that this window's runs didn't write.`,
    fix: "Move or delete that object, or give the export another prefix; then retry the run.",
    retryable,
  });
