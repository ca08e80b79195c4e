import { answeredOf, statusOf } from "./answered";

/** What has to hold for an object to be stored: that its key is free, or that the object with this ETag is still there. */
export type Condition = { IfNoneMatch: "*" } | { IfMatch: string };

export const FREE: Condition = { IfNoneMatch: "*" };

/** Whether the storage refused a write because its condition doesn't hold: 412, or 404 where the expected object is gone. */
export const conditionFailed = (error: unknown, condition: Condition): boolean =>
  statusOf(error) === 412 || ("IfMatch" in condition && statusOf(error) === 404 && nameOf(error) === "NoSuchKey");

const nameOf = (error: unknown) => answeredOf(error).name;

/**
 * Whether the storage can't do the write under a condition at all: it knows none, or the credentials lack the permission to
 * read that `If-Match` needs. The same write without a condition may pass.
 */
export const conditionUnknown = (error: unknown, condition: Condition): boolean =>
  statusOf(error) === 501 || ("IfMatch" in condition && statusOf(error) === 403);

/** Whether the object may have been stored although this was thrown: the answer was lost, or a repeated request found no upload. */
export const outcomeUnknown = (error: unknown): boolean => {
  const status = statusOf(error);
  return status === undefined || status === 409 || status === 408 || status >= 500 || nameOf(error) === "NoSuchUpload";
};
