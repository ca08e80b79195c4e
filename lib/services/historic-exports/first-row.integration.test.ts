import { expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { micros } from "@/lib/source/time";
import { call, errorOf } from "@/testing/api/call";
import { makeConnection, makeExport } from "@/testing/api/make";
import { bringToRest } from "@/testing/api/rest";
import { makeTenant } from "@/testing/api/tenant";
import { eventRow, insertEvents } from "@/testing/runs/events";

it("a historic export begins with the source's first row, however early it is asked for", async () => {
  const other = await makeTenant();
  const asked = {
    key: other.key,
    params: { id: (await makeExport(other, (await makeConnection(other)).id)).id },
    body: { start: "1970-01-01T00:00:00Z", end: "2026-01-01T00:00:00Z" },
  };
  for (const operation of [operations.createHistoricExport, operations.estimateHistoricExport]) {
    const answer = await call(operation, asked);
    expect(answer.status).toBe(422);
    expect(errorOf(answer).message).toContain("490,896 windows, and the source has no rows before 2026");
  }
  await insertEvents(other.sourceProjectId, [
    eventRow(micros(new Date("2025-12-31T21:59:59.999Z"))),
    eventRow(micros(new Date("2025-12-31T23:30:00Z"))),
  ]);
  const clipped = { start: "2025-12-31T21:00:00.000Z", end: "2026-01-01T00:00:00.000Z", windows: 3 };
  expect((await call(operations.estimateHistoricExport, asked)).body).toEqual({ ...clipped, rows: 2 });
  expect((await call(operations.createHistoricExport, asked)).body).toMatchObject(clipped);
  await bringToRest(other);
});
