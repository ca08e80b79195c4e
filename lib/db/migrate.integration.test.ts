import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OwnPostgres } from "@/testing/runs/own-postgres";
import { migrate } from "./migrate";

let server: OwnPostgres;

beforeAll(async () => {
  server = await OwnPostgres.start();
});
afterAll(() => server.remove());

/** A new database that a new role may connect to, and nothing else. Returns the role's name and address. */
async function stranger() {
  const name = `role_${randomBytes(4).toString("hex")}`;
  await server.ask(`create role ${name} login password 'secret'`);
  await server.ask(`create database ${name}`);
  const address = Object.assign(new URL(server.address), { username: name, password: "secret", pathname: `/${name}` });
  const owner = Object.assign(new URL(server.address), { pathname: `/${name}` });
  return { name, url: address.href, grant: (statement: string) => server.ask(statement, owner.href) };
}

const messageOf = (work: Promise<unknown>) =>
  work.then(
    () => "",
    (error: Error) => error.message,
  );
/** The statements to run that a message ends with. */
const statementsIn = (message: string) => /run once: (.*)$/.exec(message)?.[1] ?? "";

describe("a role without CREATE on the database", () => {
  it("reads which statements it needs, and migrates after them", async () => {
    const { name, url, grant } = await stranger();
    const statements = statementsIn(await messageOf(migrate(url)));
    expect(statements).toBe(
      `CREATE SCHEMA drizzle AUTHORIZATION "${name}"; GRANT USAGE, CREATE ON SCHEMA public TO "${name}";`,
    );
    await grant(statements);
    await migrate(url);
    // Again, with everything in place.
    await migrate(url);
  });

  it("reads what is missing in schemas that are there", async () => {
    const { name, url, grant } = await stranger();
    await grant(`create schema drizzle; grant usage, create on schema public to ${name}`);
    const statements = statementsIn(await messageOf(migrate(url)));
    expect(statements).toBe(`GRANT USAGE, CREATE ON SCHEMA drizzle TO "${name}";`);
    await grant(statements);
    await migrate(url);
  });
});

it("a role that doesn't own the tables reads whose role to use", async () => {
  const { name, url, grant } = await stranger();
  await migrate(Object.assign(new URL(server.address), { pathname: `/${name}` }).href);
  await grant(`grant usage, create on schema public, drizzle to ${name}`);
  await grant("delete from drizzle.__drizzle_migrations where id > 1");
  expect(await messageOf(migrate(url))).toMatch(
    /isn't allowed to migrate: .* Migrate with the role that owns Penstock's tables/,
  );
});
