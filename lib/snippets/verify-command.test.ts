import { expect, it } from "vitest";
import { verifyCommand } from "./verify-command";

const keys = "https://penstock.example.com/.well-known/penstock-keys.json";
const bucket = { type: "s3", endpoint: "https://s3.eu-west-1.amazonaws.com", bucket: "lake", prefix: "prod/" };

it("checks a bucket from the connection's prefix on", () => {
  expect(verifyCommand(bucket, "receipt-1.json", keys)).toBe(
    `node verify.mjs s3://lake/prod/ --endpoint https://s3.eu-west-1.amazonaws.com --keys ${keys}`,
  );
});

it("quotes what a shell would read otherwise", () => {
  expect(verifyCommand({ ...bucket, prefix: "Käufe & it's/" }, "receipt-1.json", keys)).toContain(
    `'s3://lake/Käufe & it'\\''s/' --endpoint`,
  );
});

it("checks the receipt of a warehouse by itself", () => {
  const location = { type: "postgres", account: "db:5432", database: "a", schema: "b", table: "c" };
  expect(verifyCommand(location, "receipt-7.json", keys)).toBe(`node verify.mjs receipt-7.json --keys ${keys}`);
});
