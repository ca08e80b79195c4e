import { listOf } from "@/lib/fields/common";
import {
  checkRequestSchema,
  checkSchema,
  listChecksQuerySchema,
  startChecksSchema,
  startedChecksSchema,
} from "@/lib/schemas/check";
import { operation } from "../operation";
import { byId } from "../params";

export const startChecks = operation({
  id: "startChecks",
  tag: "Checks",
  permission: "checks.start",
  summary: "Start checks of the committed windows in a range",
  description:
    "`source` counts and fingerprints the source's rows, `destination` compares the stored files, and `deep` reads them back and hashes them. Windows that start in the range are checked. Responds with 409 and the code `nothing_committed` if the range has no receipt, and with 422 for more than 10,000 windows.",
  params: byId,
  body: startChecksSchema,
  answer: startedChecksSchema,
  status: 202,
  errors: [409, 503],
});

export const getChecks = operation({
  id: "getChecks",
  tag: "Checks",
  permission: "view",
  summary: "Get the progress of requested checks",
  params: byId,
  answer: checkRequestSchema,
});

export const listChecks = operation({
  id: "listChecks",
  tag: "Checks",
  permission: "view",
  summary: "List the results of an export's checks, the newest first",
  description:
    "`from` and `to` limit the start of the window. A scheduled check with the same result as the one before isn't listed again.",
  params: byId,
  query: listChecksQuerySchema,
  answer: listOf(checkSchema),
});
