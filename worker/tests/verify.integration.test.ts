import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getEnv } from "@/lib/env";
import { formats } from "@/lib/rows/formats/registry";
import { storage } from "@/testing/runs/bucket";
import { makeExport, pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { windowSteps } from "@/testing/runs/window-steps";
import { clickhouse } from "@/verifier/node/clickhouse";
import { bucketOf } from "@/verifier/node/s3/config";
import { bucketPlace } from "@/verifier/node/s3/place";
import { inspectPlace } from "@/verifier/tests/inspect";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const { fill, complete } = windowSteps(() => project);

type Destination = NonNullable<Parameters<typeof makeExport>[1]>["destination"];

/** Every format with every compression, and every layout with its chain in the bucket. */
const DESTINATIONS: Destination[] = [
  ...Object.entries(formats).flatMap(([name, { compressions }]) =>
    compressions.map((compression) => ({ format: name as keyof typeof formats, compression })),
  ),
  { layout: "hive", partitionByEvent: true },
  { layout: "amplitude", receiptChain: true },
  ...Object.keys(formats).map((name) => ({
    layout: "clevertap" as const,
    format: name as keyof typeof formats,
    receiptChain: true,
  })),
];

function place() {
  const { endpoint, region, accessKeyId, secretAccessKey } = storage();
  const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  return bucketPlace(bucketOf(`s3://${project.bucket.name}`, env, { endpoint, region, pathStyle: true }));
}

function source() {
  const { CLICKHOUSE_URL, CLICKHOUSE_USERNAME, CLICKHOUSE_PASSWORD, CLICKHOUSE_DATABASE } = getEnv();
  const url = new URL(CLICKHOUSE_URL);
  url.username = encodeURIComponent(CLICKHOUSE_USERNAME);
  url.password = encodeURIComponent(CLICKHOUSE_PASSWORD);
  url.pathname = `/${CLICKHOUSE_DATABASE}`;
  return clickhouse(url.href);
}

it("the verifier finds everything true that Penstock wrote, and what was deleted", { timeout: 600_000 }, async () => {
  const [first, second] = [pastHour(60), pastHour(61)];
  for (const window of [first, second]) await fill(window, 5);
  for (const [index, destination] of DESTINATIONS.entries()) {
    const exported = await makeExport(project, { destination: { prefix: `verify/${index}/`, ...destination } });
    for (const window of [second, first]) await complete(exported, window);
    // A window whose rows have changed is written again.
    if (index === 0) {
      await fill(second, 2);
      await complete(exported, second);
    }
  }
  const askSource = source();
  const { exit, findings } = await inspectPlace(place(), { root: "", askSource });
  expect(findings).toEqual([]);
  expect(exit).toBe(0);

  await fill(second, 1);
  const asked = await inspectPlace(place(), { root: "", askSource });
  expect(asked.what).toEqual(["source"]);
  expect(asked.findings).toHaveLength(DESTINATIONS.length);

  const [key = ""] = (await project.bucket.keys("verify/0/")).filter((name) => name.endsWith(".gz"));
  await project.bucket.client.send(new DeleteObjectCommand({ Bucket: project.bucket.name, Key: key }));
  expect(await inspectPlace(place(), { root: "" })).toMatchObject({ exit: 1, what: ["file"] });
});
