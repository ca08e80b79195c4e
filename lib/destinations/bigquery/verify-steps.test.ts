import { afterEach, describe, expect, it } from "vitest";
import { type FakeApi, jobOf, refused, startFakeApi } from "@/testing/stand-ins/bigquery-api";
import { warehouseTable } from "../warehouse/tables";
import { bigquerySettingsSchema } from "./schema";
import { connectSteps, tableStep } from "./verify-steps";

let api: FakeApi;
afterEach(() => api.close());

const settings = bigquerySettingsSchema.parse({ type: "bigquery", table: "raw" });

describe("the step for the dataset", () => {
  const step = async (dataset: object) => {
    api = await startFakeApi(() => ({ json: { location: "EU", ...dataset } }));
    return connectSteps(api.client)
      .find(({ name }) => name === "Dataset")!
      .run();
  };

  it("says where it is", async () => {
    expect(await step({})).toBe("The dataset analytics exists in EU.");
  });

  /** Source: the REST reference of datasets: new partitioned tables take their `expirationMs` from the default. */
  it("warns of a default by which older events vanish, with the statement that ends it", async () => {
    const said = await step({ defaultPartitionExpirationMs: "5184000000" });
    expect(said).toContain("Warning: in tables that Penstock creates there, events older than 60 days are dropped");
    expect(said).toContain(
      "ALTER SCHEMA `my-project`.`analytics` SET OPTIONS (default_partition_expiration_days = NULL)",
    );
  });
});

describe("the step for a table", () => {
  const like = (table: string) => ({
    schema: { fields: warehouseTable(table).columns.map(({ name }) => ({ name: name.toUpperCase(), type: "STRING" })) },
  });
  const step = async (table: object | null) => {
    api = await startFakeApi(({ method }) => {
      if (method === "POST") return { json: jobOf("dry") };
      return table ? { json: table } : refused(404, "notFound");
    });
    return tableStep(api.client, settings).run();
  };
  const tried = () => JSON.parse(api.asked.find(({ method }) => method === "POST")!.body.toString()).configuration;

  it("says nothing of a table that is not there", async () => {
    expect(await step(null)).toBe("Existing tables can be read and changed.");
    expect(api.asked).toHaveLength(1);
  });

  it("says what commits read, and tries the statement of a commit", async () => {
    const clustering = { fields: ["_EXPORT_ID", "_interval_start"] };
    expect(await step({ clustering, ...like("events") })).toBe(
      "Existing tables can be read and changed. Each run reads only its own window of raw.",
    );
    expect(tried()).toMatchObject({ dryRun: true, query: { query: expect.stringMatching(/^DELETE FROM .*@export/) } });
    expect(tried().query.queryParameters).toHaveLength(3);
  });

  it("takes a table of any name for what its columns are", async () => {
    expect(await step(like("persons"))).toContain("Each run with persons reads up to all of raw");
    api.close();
    expect(await step({})).toBe("Existing tables can be read and changed.");
  });

  it("filters by partition where the table requires it", async () => {
    await step({ requirePartitionFilter: true, timePartitioning: { field: "timestamp" } });
    expect(tried().query.query).toMatch(/ AND \(`timestamp` >= '0001-01-01' OR `timestamp` IS NULL\)$/);
  });

  it("warns of partitions that expire, with the statement that ends it", async () => {
    const said = await step({ timePartitioning: { field: "timestamp", expirationMs: "86400000" } });
    expect(said).toContain("Warning: rows of raw are dropped after 1 day, and runs that export older rows fail.");
    expect(said).toContain("ALTER TABLE `my-project`.`analytics`.`raw` SET OPTIONS (partition_expiration_days = NULL)");
  });
});
