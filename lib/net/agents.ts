import { type AgentOptions, type ClientRequestArgs, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Duplex } from "node:stream";
import { addressRefused, type Guard, type Guarding, guardOf, refusal } from "./guard";

/** Resolves a name once, checks all its addresses, and returns exactly those, so that DNS rebinding gains nothing. */
const guardedLookup =
  (guard: Guard, port: number): LookupFunction =>
  (name, { all, family }, done) => {
    guard.resolve(name).then(
      (found) => {
        const problem = refusal(
          guard,
          name,
          port,
          found.map(({ address }) => address),
        );
        const fitting = found.filter((it) => !family || it.family === Number(`${family}`.replace("IPv", "")));
        const [first] = fitting;
        if (problem) done(addressRefused(problem), "", 0);
        else if (!first) done(Object.assign(new Error(`${name} has no address`), { code: "ENOTFOUND" }), "", 0);
        else if (all) done(null, fitting);
        else done(null, first.address, first.family);
      },
      (error) => done(error, "", 0),
    );
  };

type Connect = (error: Error | null, socket: Duplex) => void;

/** Makes the guard resolve names, and checks bare addresses, which are never looked up. */
function guarded(guard: Guard, options: ClientRequestArgs): ClientRequestArgs {
  const host = options.host ?? "localhost";
  const port = Number(options.port);
  const problem = isIP(host) ? refusal(guard, host, port, [host]) : null;
  if (problem) throw addressRefused(problem);
  return { ...options, host, socketPath: undefined, lookup: guardedLookup(guard, port) };
}

class GuardedHttpAgent extends HttpAgent {
  constructor(
    private readonly guard: Guard,
    options: AgentOptions,
  ) {
    super(options);
  }

  override createConnection(options: ClientRequestArgs, done?: Connect): Duplex | null | undefined {
    return connectGuarded(this.guard, options, done, (checked) => super.createConnection(checked, done));
  }
}

class GuardedHttpsAgent extends HttpsAgent {
  constructor(
    private readonly guard: Guard,
    options: AgentOptions,
  ) {
    super(options);
  }

  override createConnection(options: ClientRequestArgs, done?: Connect): Duplex | null | undefined {
    return connectGuarded(this.guard, options, done, (checked) => super.createConnection(checked, done));
  }
}

function connectGuarded<T>(
  guard: Guard,
  options: ClientRequestArgs,
  done: Connect | undefined,
  connect: (checked: ClientRequestArgs) => T,
): T | undefined {
  let checked: ClientRequestArgs;
  try {
    checked = guarded(guard, options);
  } catch (error) {
    done?.(error as Error, undefined as never);
    return undefined;
  }
  return connect(checked);
}

/** Agents for everything sent to addresses that users set. They connect only where `checkAddress` finds no problem. */
export function guardedAgents(options: AgentOptions, guarding: Guarding) {
  const guard = guardOf(guarding);
  return { httpAgent: new GuardedHttpAgent(guard, options), httpsAgent: new GuardedHttpsAgent(guard, options) };
}
