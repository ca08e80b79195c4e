import { Readable } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { parseAllowed } from "@/lib/ip/allowed";
import { askedOf } from "@/testing/runs/faults/s3-operation";
import { strictParts } from "@/testing/runs/faults/strict-parts";
import { type Answered, type Asked, startServer } from "@/testing/stand-ins/snowflake-server";
import { guardedAgents } from "../../net/agents";
import { BLOCK, blocksOf } from "./blocks";
import { snowflakeConfigSchema } from "./schema";
import { upload } from "./upload";
import { googleHost } from "./upload-gcs";
import { amazonHost } from "./upload-s3";
import { uploadTargetOf } from "./upload-target";

let server: Awaited<ReturnType<typeof startServer>>;
afterEach(() => server?.close());

const agents = guardedAgents({}, { purpose: "snowflake", own: [], allowed: parseAllowed("127.0.0.1") });
const signal = AbortSignal.timeout(20_000);
const body = (...pieces: (Buffer | string)[]) =>
  Readable.from(
    pieces.map((piece) => Buffer.from(piece)),
    { objectMode: false },
  );
const large = Buffer.alloc(BLOCK + 5, 7);

type Info = Parameters<typeof upload>[0]["place"]["info"];
const send = (info: Info, content: Readable, plain = true) =>
  upload({ place: { info, name: "events-0.parquet" }, body: content, agents, signal, plain });

describe("uploading to Google's storage", () => {
  it("sends the file in one piece, with a token or to an address that is signed", async () => {
    server = await startServer(() => ({ headers: { etag: '"e"' } }));
    const info = { locationType: "GCS" as const, location: "bucket/stages/1/run/", creds: { GCS_ACCESS_TOKEN: "t" } };
    expect(await send({ ...info, endPoint: server.url }, body("ab", "c"))).toBe("e");
    await send({ ...info, creds: {}, presignedUrl: `${server.url}/signed?x=1` }, body("d"));
    expect(server.asked.map(({ method, url, body: sent }) => [method, url, sent.toString()])).toEqual([
      ["PUT", "/bucket/stages/1/run/events-0.parquet", "abc"],
      ["PUT", "/signed?x=1", "d"],
    ]);
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(["Bearer t", undefined]);
  });

  // https://github.com/snowflakedb/snowflake-connector-nodejs/pull/975, gcs_util.js: getGCSCustomEndPoint.
  it.each([
    [{}, "storage.googleapis.com"],
    [{ region: "US-CENTRAL1" }, "storage.googleapis.com"],
    [{ region: "US-CENTRAL1", useRegionalUrl: true }, "storage.us-central1.rep.googleapis.com"],
    [{ region: "ME-CENTRAL2" }, "storage.me-central2.rep.googleapis.com"],
    [{ useRegionalUrl: true }, "storage.googleapis.com"],
    [{ region: "ME-CENTRAL2", useVirtualUrl: true }, "bucket.storage.googleapis.com"],
    [{ region: "ME-CENTRAL2", endPoint: "storage.p.googleapis.com" }, "storage.p.googleapis.com"],
    [{ region: "us-central1", useRegionalUrl: true, endPoint: "" }, "storage.us-central1.rep.googleapis.com"],
  ])("%o is at %s", (more, host) => {
    expect(googleHost({ locationType: "GCS", location: "bucket/", ...more }, "bucket")).toBe(host);
  });

  it("sends nothing without TLS, unless Snowflake itself has none", async () => {
    server = await startServer(() => ({}));
    const info = { locationType: "GCS" as const, location: "b/", presignedUrl: `${server.url}/signed` };
    await expect(send(info, body("a"), false)).rejects.toMatchObject({ failure: { code: "warehouse_refused" } });
    expect(server.asked).toEqual([]);
  });

  it("sends nothing to an address that the guard refuses, whatever the answer named", async () => {
    const info = { locationType: "GCS" as const, location: "b/", presignedUrl: "http://169.254.169.254/latest" };
    await expect(send(info, body("a"))).rejects.toMatchObject({ failure: { code: "address_refused" } });
  });

  it.each([
    [503, true],
    [403, true],
    [400, false],
    [302, false],
  ])("a %i may pass: %s", async (status, retryable) => {
    server = await startServer(() => ({ status }));
    const info = { locationType: "GCS" as const, location: "b/", presignedUrl: `${server.url}/signed?secret=1` };
    const failed = await send(info, body("a")).catch((error) => error.failure);
    expect(failed).toMatchObject({ retryable });
    expect(failed.message).not.toContain("secret");
  });
});

describe("uploading to Azure's storage", () => {
  it("sends blocks, and then their list", async () => {
    server = await startServer(() => ({ status: 201, headers: { etag: '"0x1"' } }));
    const info = { locationType: "AZURE" as const, location: "container/run/", endPoint: server.url };
    expect(await send({ ...info, creds: { AZURE_SAS_TOKEN: "?sv=1&sig=a%2Fb" } }, body(large))).toBe("0x1");
    const path = "/container/run/events-0.parquet";
    expect(
      server.asked.map(({ url, body: sent }) => [url, sent.length > 100 ? sent.length : sent.length < 10 ? 5 : 0]),
    ).toMatchObject([
      [`${path}?comp=block&blockid=MDAwMDAw&sv=1&sig=a%2Fb`, BLOCK],
      [`${path}?comp=block&blockid=MDAwMDAx&sv=1&sig=a%2Fb`, 5],
      [`${path}?comp=blocklist&sv=1&sig=a%2Fb`, expect.any(Number)],
    ]);
    expect(server.asked.at(-1)?.body.toString()).toContain("<Latest>MDAwMDAw</Latest><Latest>MDAwMDAx</Latest>");
  });
});

describe("uploading to Amazon's storage", () => {
  const s3 = ({ method, url, headers }: Asked): Answered => {
    if (url.includes("uploads"))
      return { text: "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>" };
    if (method === "POST")
      return { text: '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>' };
    return { headers: { etag: '"part"', ...answeredSum(headers) }, text: "" };
  };
  /** Amazon repeats a part's checksum in its answer. */
  const answeredSum = (headers: Asked["headers"]) => {
    const sum = headers["x-amz-checksum-crc32"];
    return typeof sum === "string" ? { "x-amz-checksum-crc32": sum } : {};
  };
  const info = () => ({
    locationType: "S3" as const,
    location: "bucket/stages/run/",
    region: "eu-central-1",
    endPoint: server.url,
    creds: { AWS_KEY_ID: "AK", AWS_SECRET_KEY: "secret", AWS_TOKEN: "session" },
  });
  const calls = () => server.asked.map(({ method, url }) => `${method} ${url.replace(/[?&]x-id=\w+/, "")}`);
  const path = "/bucket/stages/run/events-0.parquet";

  // https://github.com/snowflakedb/gosnowflake, s3_storage_client.go: getS3CustomEndpoint; the same as in
  // https://github.com/snowflakedb/snowflake-connector-nodejs, s3_util.js: createClient.
  it.each([
    [{ region: "us-west-2" }, null],
    [{ region: "us-west-2", useRegionalUrl: true }, "s3.us-west-2.amazonaws.com"],
    [{ region: "us-west-2", useS3RegionalUrl: true }, "s3.us-west-2.amazonaws.com"],
    [{ region: "cn-northwest-1", useRegionalUrl: true }, "s3.cn-northwest-1.amazonaws.com.cn"],
    [{ useRegionalUrl: true }, null],
    [{ region: "us-west-2", useRegionalUrl: true, endPoint: "s3-fips.example.com" }, "s3-fips.example.com"],
    [{ region: "us-west-2", useRegionalUrl: true, endPoint: "" }, "s3.us-west-2.amazonaws.com"],
  ])("%o is at %s", (more, host) => {
    expect(amazonHost({ locationType: "S3", location: "bucket/", ...more })).toBe(host);
  });

  it("sends a small file as it is, signed with the stage's credentials", async () => {
    server = await startServer(s3);
    expect(await send(info(), body("abc"))).toBe("part");
    expect(calls()).toEqual([`PUT ${path}`]);
    expect(server.asked[0]?.headers).toMatchObject({ "x-amz-security-token": "session" });
    expect(server.asked[0]?.headers.authorization).toContain("Credential=AK/");
  });

  it("sends a large one in parts", async () => {
    server = await startServer(s3);
    expect(await send(info(), body(large))).toBe("whole");
    expect(calls().map((call) => call.split(" ")[0])).toEqual(["POST", "PUT", "PUT", "POST"]);
  });

  it("fits an upload's checksums together, which Amazon requires", async () => {
    const strict = strictParts();
    server = await startServer((asked) => {
      const { method, url, headers, body: sent } = asked;
      const refused = strict({ ...askedOf(method, url, headers), headers, body: sent });
      if (!refused) return s3(asked);
      return { status: refused.status, text: `<Error><Code>${refused.code}</Code></Error>` };
    });
    expect(await send(info(), body(large))).toBe("whole");
    const [begun, part] = server.asked;
    expect(begun?.headers["x-amz-checksum-algorithm"]).toBe("CRC32");
    expect(part?.headers["x-amz-checksum-crc32"]).toBeTruthy();
  });

  it("aborts the upload when the file breaks off", async () => {
    server = await startServer(s3);
    async function* broken() {
      yield large;
      yield large;
      throw new Error("broken off");
    }
    await expect(send(info(), Readable.from(broken(), { objectMode: false }))).rejects.toThrow("broken off");
    expect(calls().at(-1)).toMatch(/^DELETE /);
  });
});

it("cuts a stream into blocks", async () => {
  const cut = async (...pieces: string[]) => {
    const found: string[] = [];
    for await (const block of blocksOf(body(...pieces), 3)) found.push(block.toString());
    return found;
  };
  expect(await cut("ab", "cdefg", "h")).toEqual(["abc", "def", "gh"]);
  expect(await cut("abc")).toEqual(["abc"]);
  expect(await cut()).toEqual([""]);
});

describe("asking where a file goes", () => {
  const ask = async (data: object | (() => object)) => {
    server = await startServer(() => ({ json: typeof data === "function" ? data() : data }));
    const config = snowflakeConfigSchema.parse({
      account: "a",
      username: "u",
      warehouse: "w",
      database: "d",
      accessUrl: server.url,
    });
    const session = { query: () => Promise.reject(new Error("not asked")), token: () => "T" };
    return uploadTargetOf({ config, session, agents, signal }, "e/w/r", "events-0.parquet");
  };

  it("takes the answer for one file, within the session", async () => {
    const regional = { region: "ME-CENTRAL2", useRegionalUrl: true, useS3RegionalUrl: true };
    const info = { locationType: "GCS", location: "b/", presignedUrl: "https://x/", ...regional };
    expect(await ask({ success: true, data: { stageInfo: info, encryptionMaterial: null } })).toMatchObject({ info });
    expect(server.asked[0]?.headers.authorization).toBe('Snowflake Token="T"');
    expect(server.asked[0]?.body.toString()).toContain(
      "PUT 'file:///penstock/events-0.parquet' @PENSTOCK_STAGE/e/w/r ",
    );
  });

  // A warehouse that resumes makes even a PUT take long: the answer 333333 names where to ask again, like in
  // https://github.com/snowflakedb/gosnowflake/blob/master/restful.go (queryInProgressCode).
  it("asks again while the statement is in progress, and only there", async () => {
    const info = { locationType: "GCS", location: "b/", presignedUrl: "https://x/" };
    const waiting = (getResultUrl: string) => ({ success: true, code: "333333", data: { queryId: "q", getResultUrl } });
    const answers = [waiting("/queries/q/result"), { ...waiting("/queries/q/result?n=2"), code: 333334 }];
    expect(await ask(() => answers.shift() ?? { success: true, data: { stageInfo: info } })).toMatchObject({ info });
    expect(server.asked.map(({ method, url }) => `${method} ${url.replace(/requestId=.*/, "")}`)).toEqual([
      "POST /queries/v1/query-request?",
      "GET /queries/q/result",
      "GET /queries/q/result?n=2",
    ]);
    server.close();
    await expect(ask(() => waiting("@attacker.example/queries/"))).rejects.toMatchObject({
      failure: { code: "warehouse_refused" },
    });
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ["a place on this machine", { success: true, data: { stageInfo: { locationType: "LOCAL_FS", location: "/etc" } } }],
    ["no place", { success: true, data: {} }],
    ["something else", []],
  ])("refuses %s", async (_, answer) => {
    await expect(ask(answer)).rejects.toMatchObject({ failure: { code: "warehouse_refused", retryable: false } });
  });

  it("refuses a stage that wants files encrypted before they are sent", async () => {
    const data = {
      stageInfo: { locationType: "S3", location: "b/" },
      encryptionMaterial: { queryStageMasterKey: "k" },
    };
    await expect(ask({ success: true, data })).rejects.toMatchObject({ failure: { code: "wrong_stage" } });
  });
});
