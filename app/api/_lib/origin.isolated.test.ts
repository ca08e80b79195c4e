import { describe, expect, it, vi } from "vitest";
import { requireSameOrigin } from "./origin";

vi.mock("@/lib/env", () => ({ getWebEnv: () => ({ APP_URL: "https://penstock.example" }) }));
vi.mock("@/lib/services/auth/auth", () => ({ appOrigins: (url: string) => [url] }));

const passes = (headers: Record<string, string>) => {
  try {
    requireSameOrigin(new Headers(headers));
    return true;
  } catch (error) {
    expect(error).toMatchObject({ status: 403, message: expect.stringContaining("https://penstock.example") });
    return false;
  }
};

describe("a write with a person's cookie", () => {
  it.each([
    ["the app's own page", { origin: "https://penstock.example", host: "penstock.example" }, true],
    ["what is no browser", {}, true],
    ["a page of the same host without TLS", { origin: "http://penstock.example", host: "penstock.example" }, false],
    ["a page of any name that leads here", { origin: "https://rebound.example", host: "rebound.example" }, false],
    ["another port", { origin: "https://penstock.example:8443", host: "penstock.example:8443" }, false],
    ["a neighbor without an origin", { "sec-fetch-site": "same-site" }, false],
  ])("from %s: %s", (_, headers, may) => expect(passes(headers)).toBe(may));
});
