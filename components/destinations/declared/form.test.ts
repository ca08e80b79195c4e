import { describe, expect, it } from "vitest";
import { DESTINATION_TYPES, destinations } from "@/lib/destinations/catalog";
import { cleanedForm, emptyForm, openPart, storedForm } from "./form";

const snowflake = { ...emptyForm("snowflake"), account: "acme-prod1", username: "PENSTOCK" };
const secretsOf = (values: Record<string, unknown>) => {
  const { privateKey, passphrase, password } = cleanedForm("snowflake", values);
  return { privateKey, passphrase, password };
};

describe("what of a warehouse's form counts", () => {
  it("begins with what the schema fills in", () => {
    expect(snowflake).toMatchObject({ auth: "key_pair", schema: "PUBLIC", role: "", warehouse: "", privateKey: "" });
    expect(emptyForm("postgres")).toMatchObject({ port: 5432, schema: "public", tls: "verify-full" });
  });

  it.each(DESTINATION_TYPES)("begins with the schema's defaults, and knows the secrets of the type %s", (type) => {
    const { full, secret, secrets, form } = destinations[type];
    const shape: Record<string, { safeParse(value: undefined): { data?: unknown } }> = full.shape;
    const defaults = form.connection.map(({ name }) => [name, shape[name]?.safeParse(undefined).data ?? ""]);
    expect(emptyForm(type)).toEqual(Object.fromEntries(defaults));
    expect([...secrets].sort()).toEqual(Object.keys(secret.shape).sort());
  });

  it("leaves optional fields without a value out", () => {
    expect(cleanedForm("snowflake", snowflake)).toMatchObject({ role: null, accessUrl: null, warehouse: "" });
  });

  it("sends nothing of a secret that wasn't typed", () => {
    expect(secretsOf(snowflake)).toEqual({});
  });

  it("replaces a secret whole", () => {
    expect(secretsOf({ ...snowflake, privateKey: "a key", password: "of before" })).toEqual({
      privateKey: "a key",
      passphrase: null,
      password: null,
    });
    expect(secretsOf({ ...snowflake, auth: "password", privateKey: "of before", password: "new" })).toEqual({
      privateKey: null,
      passphrase: null,
      password: "new",
    });
  });

  it("takes a certificate only where it is looked at", () => {
    const values = { ...emptyForm("postgres"), tlsCa: "a certificate" };
    expect(cleanedForm("postgres", values)).toMatchObject({ tlsCa: "a certificate" });
    expect(cleanedForm("postgres", { ...values, tls: "require" })).toMatchObject({ tlsCa: null });
  });

  it("holds no secret of what is stored, and leaves it out of what a script is made from", () => {
    const config = { projectId: "acme-data", dataset: "product", location: "EU", apiEndpoint: null };
    const form = storedForm("bigquery", config);
    expect(form).toEqual({ ...config, apiEndpoint: "", serviceAccountKey: "" });
    expect(openPart("bigquery", { ...config, serviceAccountKey: "{}" })).toEqual(config);
  });
});
