import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { bucketOf } from "../node/s3/config";
import { bucketPlace } from "../node/s3/place";
import { signedHeaders } from "../node/s3/sign";

const credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  sessionToken: null,
};

describe("a request is signed as in Amazon's documentation", () => {
  it.each([
    ["lifecycle=", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"],
    ["max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"],
  ])("%s", (query, signature) => {
    const target = { host: "examplebucket.s3.amazonaws.com", path: "/", query };
    const headers = signedHeaders(target, credentials, "us-east-1", new Date("2013-05-24T00:00:00Z"));
    expect(headers.authorization).toContain(`Signature=${signature}`);
  });
});

describe("an address", () => {
  it("is read with the variables of AWS", () => {
    const env = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_SESSION_TOKEN: "c", AWS_REGION: "eu-west-1" };
    expect(bucketOf("s3://bucket/a/b", env, {})).toEqual({
      name: "bucket",
      prefix: "a/b/",
      endpoint: "https://s3.eu-west-1.amazonaws.com",
      region: "eu-west-1",
      pathStyle: false,
      credentials: { accessKeyId: "a", secretAccessKey: "b", sessionToken: "c" },
    });
  });

  it("of another storage has the bucket in its path", () => {
    const bucket = bucketOf("s3://bucket", { AWS_ENDPOINT_URL: "http://localhost:9000" }, {});
    expect(bucket).toMatchObject({ prefix: "", pathStyle: true, credentials: null });
    expect(() => bucketOf("s3://", {}, {})).toThrow("isn't an address");
  });
});

let server: Server | undefined;
afterEach(() => server?.close());

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server?.once("listening", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return bucketPlace(bucketOf("s3://bucket/p", {}, { endpoint, pathStyle: true }));
}

const page = (keys: string[], next: string | null, more = "<EncodingType>url</EncodingType>") =>
  `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${more}${keys
    .map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`)
    .join(
      "",
    )}<IsTruncated>${next !== null}</IsTruncated>${next === null ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`}</ListBucketResult>`;

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe("a bucket", () => {
  it("is listed page by page, with any keys", async () => {
    const asked: string[] = [];
    const place = await serve((request, response) => {
      asked.push(request.url ?? "");
      response.end(asked.length === 1 ? page(["p/a+b%2B%0A"], "t&amp;/") : page(["p/%C3%A9/x"], null));
    });
    expect((await all(place.list())).map(({ name }) => name)).toEqual(["a b+\n", "é/x"]);
    expect(asked[1]).toContain("continuation-token=t%26%2F");
  });

  it("is listed by a storage that doesn't encode keys", async () => {
    const place = await serve((_, response) => response.end(page(["p/event=%24a&amp;b+c"], null, "")));
    expect(await all(place.list())).toEqual([{ name: "event=%24a&b+c", size: 1 }]);
  });

  it("gives objects whose keys have dots, slashes, and other characters", async () => {
    const place = await serve((request, response) => response.end(request.url));
    const [bytes] = await all(place.read("../a//.'é"));
    expect(Buffer.from(bytes!).toString()).toBe("/bucket/p/../a//.%27%C3%A9");
  });

  it("gives an object as it is stored, even if it says how it is encoded", async () => {
    const place = await serve((_, response) => response.setHeader("content-encoding", "gzip").end("plain"));
    expect(Buffer.concat(await all(place.read("a"))).toString()).toBe("plain");
  });

  it("is asked again when it is busy", async () => {
    let asked = 0;
    const place = await serve((_, response) => {
      asked += 1;
      response.writeHead(asked === 1 ? 503 : 200).end("here");
    });
    expect(Buffer.concat(await all(place.read("a"))).toString()).toBe("here");
  });

  it.each<[string, (response: ServerResponse) => void, RegExp]>([
    ["what it refuses", (it) => it.writeHead(403).end("<Error><Code>AccessDenied</Code></Error>"), /403 AccessDenied/],
    ["a redirect", (it) => it.writeHead(307, { location: "http://127.0.0.1:1/" }).end(), /307/],
    [
      "an answer that breaks off",
      (it) => it.writeHead(200, { "content-length": "9" }).write("x", () => it.destroy()),
      /./,
    ],
  ])("reports %s", async (_, answer, problem) => {
    const place = await serve((_request, response) => answer(response));
    await expect(all(place.read("a"))).rejects.toThrow(problem);
  });

  it("is not taken for empty if the answer is no list", async () => {
    const place = await serve((_, response) => response.end("<html></html>"));
    await expect(all(place.list())).rejects.toThrow("something other than a list");
  });
});
