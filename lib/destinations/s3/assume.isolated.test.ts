import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { assumeRole } from "./assume";

const env = vi.hoisted(() => ({
  STS_ENDPOINT: "",
  PENSTOCK_AWS_PRINCIPAL_ARN: "arn:aws:iam::111111111111:user/penstock",
  PENSTOCK_AWS_ACCESS_KEY_ID: "AK",
  PENSTOCK_AWS_SECRET_ACCESS_KEY: "secret",
}));
vi.mock("../../env", () => ({ getEnv: () => env }));

const CREDENTIALS =
  "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>given</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken></Credentials></AssumeRoleResult></AssumeRoleResponse>";

const error = (code: string, text = "Made by a test.") =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${text}</Message></Error></ErrorResponse>`;

/** What STS answers by region, which the signature names; other regions give credentials. */
let answers: Record<string, string> = {};
const asked: string[] = [];
const sts = createServer((request, response) => {
  const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
  asked.push(region);
  request.resume();
  const refusal = answers[region];
  response.writeHead(refusal ? 403 : 200).end(refusal ?? CREDENTIALS);
});
beforeAll(async () => {
  await once(sts.listen(0, "127.0.0.1"), "listening");
  env.STS_ENDPOINT = `http://127.0.0.1:${(sts.address() as AddressInfo).port}`;
});
afterAll(() => sts.close());
beforeEach(() => {
  answers = {};
  asked.length = 0;
});

const assume = (region: string, partition = "aws") =>
  assumeRole({ roleArn: `arn:${partition}:iam::222222222222:role/p`, region, externalId: "e", session: "s" });

const failureOf = (region: string) =>
  assume(region).then(
    () => null,
    (failed: { failure: object }) => failed.failure,
  );

describe("a role assumed at STS", () => {
  it.each([
    ["RegionDisabledException", "ap-east-1", "aws", "us-east-1"],
    ["InvalidClientTokenId", "me-south-1", "aws", "us-east-1"],
    ["RegionDisabledException", "cn-northwest-1", "aws-cn", "cn-north-1"],
    ["RegionDisabledException", "us-gov-east-1", "aws-us-gov", "us-gov-west-1"],
  ])("after %s in %s (%s) comes from %s", async (code, region, partition, general) => {
    answers = { [region]: error(code) };
    expect(await assume(region, partition)).toMatchObject({ accessKeyId: "given", sessionToken: "t" });
    expect(asked).toEqual([region, general]);
  });

  it("comes from the connection's own region where that is open", async () => {
    await assume("ap-east-1");
    expect(asked).toEqual(["ap-east-1"]);
  });

  it("is not sought in another partition", async () => {
    answers = { "eusc-de-east-1": error("InvalidClientTokenId") };
    expect(await assume("eusc-de-east-1", "aws-eusc").catch(() => null)).toBeNull();
    expect(asked).toEqual(["eusc-de-east-1"]);
  });

  it("is not sought elsewhere when the role refuses", async () => {
    answers = { "ap-east-1": error("AccessDenied") };
    expect(await failureOf("ap-east-1")).toMatchObject({ code: "role_refused", retryable: false });
    expect(asked).toEqual(["ap-east-1"]);
  });

  it.each([
    ["RegionDisabledException", "sts_region", "Activate STS in us-east-1"],
    ["InvalidClientTokenId", "bad_principal", "PENSTOCK_AWS_ACCESS_KEY_ID"],
    ["AccessDenied", "role_refused", "trust policy"],
  ])("is refused with %s by both regions: %s", async (code, expected, fix) => {
    answers = { "ap-east-1": error("RegionDisabledException"), "us-east-1": error(code) };
    expect(await failureOf("ap-east-1")).toMatchObject({ code: expected, fix: expect.stringContaining(fix) });
  });

  it.each([
    ["SignatureDoesNotMatch", "Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z"],
    ["SignatureDoesNotMatch", "Signature not yet current: 20260101T020000Z is still later than 20260101T010000Z"],
    ["RequestExpired", "Request has expired."],
  ])("names a wrong clock: %s, %s", async (code, text) => {
    answers = { "us-east-1": error(code, text) };
    expect(await failureOf("us-east-1")).toMatchObject({ code: "clock_skew", fix: expect.stringContaining("clock") });
  });

  it("takes a wrong secret for what it is", async () => {
    answers = { "us-east-1": error("SignatureDoesNotMatch", "The request signature does not match.") };
    expect(await failureOf("us-east-1")).toMatchObject({ code: "bad_principal" });
  });
});
