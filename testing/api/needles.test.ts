import { describe, expect, it } from "vitest";
import { secretsIn } from "./needles";

const SECRET = 'p4ss/"word"+ünd=more';
const secrets = { ours: SECRET, other: "another secret of the same kind" };

describe("a secret is found", () => {
  it.each([
    ["in clear", SECRET],
    ["in JSON", JSON.stringify({ password: SECRET })],
    ["in an address", `https://host/?p=${encodeURIComponent(SECRET)}`],
    ["in hex", Buffer.from(SECRET).toString("hex")],
    ["in large hex", Buffer.from(SECRET).toString("hex").toUpperCase()],
    ["in base64", Buffer.from(SECRET).toString("base64")],
    ["in base64, one byte further", Buffer.from(`:${SECRET}:`).toString("base64")],
    ["in base64, two bytes further", Buffer.from(`a:${SECRET}@host`).toString("base64")],
    [
      "in base64 of JSON",
      Buffer.from(JSON.stringify({ a: "bc" })).toString("base64") + Buffer.from(SECRET).toString("base64url"),
    ],
  ])("%s", (_, text) => {
    expect(secretsIn(`before ${text} after`, secrets)).toEqual(["ours"]);
  });

  it("only where it is", () => {
    expect(secretsIn(SECRET.slice(1), secrets)).toEqual([]);
    expect(secretsIn("", secrets)).toEqual([]);
  });
});
