import { expect, it } from "vitest";
import { curlOf } from "./curl";

const access = "Needs an API key or a signed-in person.";

it("calls with the key, the method, and the body, quoted for a shell", () => {
  const asked = { method: "PATCH", path: "/api/exports/{id}", access, bodyExample: `{\n "name": "Ada's"\n}` };
  expect(curlOf(asked, "https://penstock.example")).toBe(
    `curl --request PATCH "https://penstock.example/api/exports/{id}" \\
  --header "Authorization: Bearer $PENSTOCK_API_KEY" \\
  --json '{"name":"Ada'\\''s"}'`,
  );
});

it("needs no key where anyone can call", () => {
  const asked = { method: "GET", path: "/api/health", access: "Anyone can call this.", bodyExample: null };
  expect(curlOf(asked, "https://penstock.example")).toBe('curl "https://penstock.example/api/health"');
});
