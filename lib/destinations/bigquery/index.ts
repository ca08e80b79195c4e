import type { DestinationKind } from "../types";
import { expectedCost } from "./expected-cost";
import { openBigquery } from "./open";
import type { BigqueryConfig, BigquerySecret, BigquerySettings } from "./schema";
import { bigqueryScript } from "./script";
import { verifyBigquery } from "./verify";

export const bigquery: DestinationKind<BigqueryConfig, BigquerySecret, BigquerySettings> = {
  verify: (connection, asked) =>
    verifyBigquery(
      connection,
      asked.map(({ destination }) => destination),
    ),
  open: openBigquery,
  addresses: ({ apiEndpoint }) => (apiEndpoint === null ? [] : [{ field: "apiEndpoint", url: apiEndpoint }]),
  cost: expectedCost,
  setupScript: bigqueryScript,
};
