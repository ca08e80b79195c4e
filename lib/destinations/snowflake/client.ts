import type { Bind, Connection } from "snowflake-sdk";
import { guardedAgents } from "../../net/agents";
import { clearTextRefused, mayGoInClearText } from "../../net/clear-text";
import { resolveGuarded } from "../../net/resolve";
import type { Connected } from "../types";
import { accountUrl, hostOf } from "./address";
import { type DriverOptions, snowflakeDriver } from "./driver";
import { openKey } from "./key";
import { QUOTED } from "./names";
import type { SnowflakeConfig, SnowflakeSecret } from "./schema";

export type SnowflakeConnection = Connected<SnowflakeConfig, SnowflakeSecret>;

/** A row as the driver returns it, by column name. */
export type Row = Record<string, string | null>;

export interface Answer {
  rows: Row[];
  queryId: string;
}

export interface Session {
  /** Cancels the statement with the signal. */
  query(sql: string, binds?: Bind[], signal?: AbortSignal): Promise<Answer>;
  /** Authorizes Penstock's own requests within this session. */
  token(): string;
}

/** Sign-in timeout, in ms: the driver would try a missing account for five minutes. */
const SIGN_IN_MS = 45_000;
const SIGN_OUT_MS = 5_000;
/** How long a canceled statement's end is waited for, in ms. */
const CANCEL_MS = 5_000;

function signInWith(auth: SnowflakeConfig["auth"], secret: SnowflakeSecret): Partial<DriverOptions> {
  if (auth === "key_pair") return { authenticator: "SNOWFLAKE_JWT", privateKey: openKey(secret) };
  if (auth === "token") return { authenticator: "PROGRAMMATIC_ACCESS_TOKEN", token: secret.token ?? "" };
  return { password: secret.password ?? "" };
}

/** Names are read like identifiers in SQL there: a quoted one as it is. */
const inSignIn = (name: string) => (QUOTED.test(name) ? name : name.toUpperCase());

function optionsOf({ config, secret }: SnowflakeConnection, agents: ReturnType<typeof guardedAgents>): DriverOptions {
  const { account, username, auth, warehouse, database, schema, role } = config;
  return {
    account,
    username,
    accessUrl: accountUrl(config).replace(/\/+$/, ""),
    ...signInWith(auth, secret),
    warehouse: inSignIn(warehouse),
    database: inSignIn(database),
    schema: inSignIn(schema),
    ...(role !== null && { role: inSignIn(role) }),
    application: "Penstock",
    // 38-digit numbers don't fit into JavaScript's, and nothing here computes with them.
    fetchAsString: ["Number", "JSON"],
    representNullAsStringNull: false,
    agentClass: ({ protocol }) => (protocol === "https:" ? agents.httpsAgent : agents.httpAgent),
    sfRetryMaxLoginRetries: 2,
  };
}

/**
 * Runs work in its own session. The driver sends everything through agents that connect only to addresses that the
 * guard allows. They turn off its certificate revocation checks, which would follow addresses in certificates.
 */
export async function withSnowflake<T>(
  connection: SnowflakeConnection,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const { config, organizationId } = connection;
  const guarding = { purpose: "snowflake", organizationId } as const;
  const { host, port } = hostOf(config);
  // The driver would take a refusal for a network error and retry.
  const address = await resolveGuarded(host, port, guarding);
  // The key of a pair is never sent.
  const sent = { key_pair: null, token: "access token", password: "password" } as const;
  const secret = accountUrl(config).startsWith("http:") ? sent[config.auth] : null;
  if (secret && !mayGoInClearText({ host, address, port })) throw clearTextRefused(host, secret);
  const agents = guardedAgents({ keepAlive: true }, guarding);
  try {
    const driver = await snowflakeDriver();
    const opened = driver.createConnection(optionsOf(connection, agents));
    await signIn(opened);
    try {
      return await work({
        query: (sql, binds, signal) => query(opened, { sqlText: sql, binds, signal }),
        token: () => tokenOf(opened),
      });
    } finally {
      await signOut(opened);
    }
  } finally {
    agents.httpAgent.destroy();
    agents.httpsAgent.destroy();
  }
}

async function signIn(opened: Connection): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(Object.assign(new Error("timed out"), { code: "ETIMEDOUT" })), SIGN_IN_MS);
      opened.connect((error) => (error ? reject(error) : resolve()));
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Best effort: an open session expires by itself. */
async function signOut(opened: Connection): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((done) => {
    timer = setTimeout(done, SIGN_OUT_MS);
    opened.destroy(() => done());
  });
  clearTimeout(timer);
}

interface Asked {
  sqlText: string;
  binds?: Bind[] | undefined;
  signal?: AbortSignal | undefined;
}

function query(opened: Connection, { sqlText, binds = [], signal }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const statement = opened.execute({
      sqlText,
      binds,
      // Neither how a text is read as a time nor what a time without a zone means may depend on the account's settings.
      parameters: { TIMEZONE: "UTC", TIMESTAMP_INPUT_FORMAT: "AUTO" },
      complete: (error, statement, rows) => {
        signal?.removeEventListener("abort", cancel);
        if (error) reject(error);
        else resolve({ rows: (rows ?? []) as Row[], queryId: statement.getQueryId() });
      },
    });
    const cancel = () => {
      statement.cancel(() => reject(signal?.reason));
      setTimeout(() => reject(signal?.reason), CANCEL_MS).unref();
    };
    signal?.addEventListener("abort", cancel, { once: true });
  });
}

function tokenOf(opened: Connection): string {
  const { services } = JSON.parse(opened.serialize()) as {
    services: { sf: { tokenInfo: { sessionToken?: string } } };
  };
  return services.sf.tokenInfo.sessionToken ?? "";
}
