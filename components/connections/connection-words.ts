import { type DestinationType, kindOf } from "@/lib/destinations/outlines";

const WORK = {
  files: "listing, writing, multipart uploads, reading back, and deleting",
  tables: "signing in, creating a table, loading a row, replacing it in a transaction, and deleting it",
};

export interface VerifyWords {
  /** Message while the verification runs. */
  trying: string;
  good: string;
  bad: string;
  label: string;
}

/** Texts for the verification of a connection. */
export const connectionWords = (type: DestinationType): VerifyWords => ({
  trying: `Testing everything that exports need: ${WORK[kindOf(type)]}…`,
  good: "The connection works",
  bad: "The connection doesn’t work yet",
  label: "Connection test",
});
