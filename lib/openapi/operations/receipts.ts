import { listOf } from "@/lib/fields/common";
import {
  certificateQuerySchema,
  certificateSchema,
  chainHeadSchema,
  chainItemSchema,
  chainQuerySchema,
  publicKeysSchema,
} from "@/lib/schemas/receipt";
import { operation } from "../operation";
import { byId } from "../params";

const ofExport = { tag: "Receipts", params: byId, permission: "view" } as const;

export const listChain = operation({
  ...ofExport,
  id: "listChain",
  summary: "An export's receipts in order, each with the hash of the one before it",
  query: chainQuerySchema,
  answer: listOf(chainItemSchema),
});

export const getChainHead = operation({
  ...ofExport,
  id: "getChainHead",
  summary: "The last link of an export's chain, signed",
  description:
    "Keep it elsewhere: it shows if the end of the chain is cut off later. Answers 404 with the code `no_chain` until the first signed receipt.",
  answer: chainHeadSchema,
});

export const getCertificate = operation({
  ...ofExport,
  id: "getCertificate",
  summary: "Which windows of a range are committed, signed",
  description: "Windows that have not ended yet are left out. Answers 422 for more than 10,000 windows.",
  query: certificateQuerySchema,
  answer: certificateSchema,
});

export const getPublicKeys = operation({
  id: "getPublicKeys",
  tag: "Receipts",
  permission: null,
  summary: "The public keys that verify receipts, with the times of their validity",
  answer: publicKeysSchema,
});
