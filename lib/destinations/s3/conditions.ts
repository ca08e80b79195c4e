import { answeredOf, statusOf } from "./answered";

/** A condition for storing an object: its key is free, or still holds the object with this ETag. */
export type Condition = { IfNoneMatch: "*" } | { IfMatch: string };

export const FREE: Condition = { IfNoneMatch: "*" };

/** Whether the storage refused a write on its condition: 412, or 404 if the expected object is gone. */
export const conditionFailed = (error: unknown, condition: Condition): boolean =>
  statusOf(error) === 412 || ("IfMatch" in condition && statusOf(error) === 404 && nameOf(error) === "NoSuchKey");

const nameOf = (error: unknown) => answeredOf(error).name;

/**
 * Whether the storage can't do a conditional write at all: it knows no conditions, or the credentials lack the read
 * permission that `If-Match` needs. The same write without a condition may pass.
 */
export const conditionUnknown = (error: unknown, condition: Condition): boolean =>
  statusOf(error) === 501 || ("IfMatch" in condition && statusOf(error) === 403);

/**
 * Whether the object may have been stored despite this error: the response was lost, or a repeated request found no
 * upload.
 */
export const outcomeUnknown = (error: unknown): boolean => {
  const status = statusOf(error);
  return status === undefined || status === 409 || status === 408 || status >= 500 || nameOf(error) === "NoSuchUpload";
};
