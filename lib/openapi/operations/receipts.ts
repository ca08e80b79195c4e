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
  summary: "List an export's chain of receipts",
  query: chainQuerySchema,
  answer: listOf(chainItemSchema),
});

export const getChainHead = operation({
  ...ofExport,
  id: "getChainHead",
  summary: "Get the signed head of an export's chain",
  description:
    "Keep it elsewhere: it shows whether the end of the chain was cut off later. Responds with 404 and the code `no_chain` until the first signed receipt.",
  answer: chainHeadSchema,
});

export const getCertificate = operation({
  ...ofExport,
  id: "getCertificate",
  summary: "Get a signed certificate of the committed windows in a range",
  description: "Windows that haven't ended yet are left out. Responds with 422 for more than 10,000 windows.",
  query: certificateQuerySchema,
  answer: certificateSchema,
});

export const getPublicKeys = operation({
  id: "getPublicKeys",
  tag: "Receipts",
  permission: null,
  summary: "List the public keys that verify receipts, with their validity",
  answer: publicKeysSchema,
});
