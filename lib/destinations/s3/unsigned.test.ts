import { expect, it } from "vitest";
import { isPrivateLine } from "./unsigned";

it.each([
  [null, true],
  ["https://s3.example.com", true],
  ["http://127.0.0.1:7071", true],
  ["http://localhost:9000", true],
  ["http://[::1]:9000", true],
  ["http://10.0.0.5:9000", false],
  ["http://minio.internal:9000", false],
  ["http://localhost.example.com", false],
  ["http://127.0.0.1.example.com", false],
])("knows whether others could change what is sent to %s", (endpoint, expected) => {
  expect(isPrivateLine(endpoint)).toBe(expected);
});
