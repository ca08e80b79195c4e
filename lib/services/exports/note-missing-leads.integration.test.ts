import { expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { createExportSchema } from "@/lib/schemas/export";
import { ownerOf } from "@/testing/api/actor";
import { ORGANIZATION, PROJECT, withOwnInstallation } from "@/testing/api/own-installation";
import { createExport } from "./create";
import { noteMissingLeads } from "./note-missing-leads";

const installation = withOwnInstallation();

const ask = <T extends object>(sql: string) => installation().query<T>(sql);

it("an installation of before this version has its exports counted, and not yet noted with what their keys begin", async () => {
  const [counted] = await ask("SELECT used FROM export_counts");
  const [live] = await ask("SELECT count(*)::int AS used FROM exports WHERE deleted_at IS NULL");
  expect(counted).toEqual(live);
  expect(await ask("SELECT DISTINCT leads_noted FROM exports")).toEqual([{ leads_noted: false }]);
});

it("what one of its exports writes is refused to others, before that is noted and after", async () => {
  const connectionId = "0c000000-0000-4000-8000-000000000001";
  const destination = { type: "s3", prefix: "live/" };
  const same = createExportSchema.parse({ name: "Same", connectionId, destination, schedule: { every: "hour" } });
  const make = () => createExport(ownerOf(ORGANIZATION, [PROJECT]), { projectId: PROJECT, ...same });
  const refused = { code: "prefix_taken", message: expect.stringContaining("“Live, hourly”") };
  const noted = () => ask("SELECT address FROM export_leads WHERE lead = 'live/'");

  await expect(make()).rejects.toMatchObject(refused);
  expect(await noted()).toEqual([]);
  await noteMissingLeads(getDb());
  await noteMissingLeads(getDb());
  expect(await noted()).toEqual([{ address: "https://minio.fixture.test/fixture-bucket" }]);
  expect(await ask("SELECT id FROM exports WHERE NOT leads_noted AND deleted_at IS NULL")).toEqual([]);
  await expect(make()).rejects.toMatchObject(refused);
});
