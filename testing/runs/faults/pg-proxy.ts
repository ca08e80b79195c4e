import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Armed, type Fault } from "./armed";
import { Gate } from "./gate";
import { endsAnswer, type Unit, unitReader } from "./pg-messages";

interface RecordedStatement {
  name: string;
  /** The statement with its values; for COMMIT, those of its whole transaction. */
  text: string;
}

interface Pair {
  client: Socket;
  server: Socket;
  /** What the open transaction has sent. */
  open: string;
  /** Set while the server's answer is held back; collects it. */
  kept: { bytes: Buffer[]; whole: Gate } | null;
}

/**
 * A proxy between Penstock and a PostgreSQL server that names each statement, records it, and applies armed faults to
 * the n-th of a name. Statements for which `nameOf` returns an empty name are forwarded unchanged.
 */
export class PgProxy {
  recorded: RecordedStatement[] = [];
  #armed: Armed[] = [];
  readonly #pairs = new Set<Pair>();

  private constructor(
    private readonly target: URL,
    private readonly nameOf: (sql: string) => string,
    private readonly server: Server,
  ) {}

  static async open(target: URL, nameOf: (sql: string) => string): Promise<PgProxy> {
    const server = createServer();
    const proxy = new PgProxy(target, nameOf, server);
    server.on("connection", (client) => proxy.#pair(client));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Restarts counting and recording. */
  restart(): void {
    this.recorded = [];
  }

  /** Applies a fault to the `nth` statement of a name that contains a text. */
  arm(name: string, nth: number, fault: Fault, about = ""): Armed {
    const armed = new Armed(name, nth, fault, about);
    this.#armed.push(armed);
    return armed;
  }

  /** Breaks every connection, like a server restart. New ones are accepted at once. */
  cut(): void {
    for (const pair of this.#pairs) destroy(pair);
  }

  async close(): Promise<void> {
    for (const armed of this.#armed) armed.release("drop");
    this.server.close();
    this.cut();
  }

  #pair(client: Socket): void {
    const server = connect(Number(this.target.port), this.target.hostname);
    const pair: Pair = { client, server, open: "", kept: null };
    this.#pairs.add(pair);
    const read = unitReader();
    let turn = Promise.resolve();
    client.on("data", (chunk) => {
      for (const unit of read(chunk)) turn = turn.then(() => this.#take(pair, unit)).catch(() => destroy(pair));
    });
    client.on("close", () => {
      turn.finally(() => server.end());
    });
    client.on("error", () => {});
    server.on("data", (chunk) => {
      if (!pair.kept) {
        client.write(chunk);
        return;
      }
      pair.kept.bytes.push(chunk);
      if (endsAnswer(Buffer.concat(pair.kept.bytes))) pair.kept.whole.open();
    });
    server.on("error", () => {});
    server.on("close", () => {
      this.#pairs.delete(pair);
      pair.kept?.whole.open();
      client.destroy();
    });
  }

  async #take(pair: Pair, unit: Unit): Promise<void> {
    const name = this.nameOf(unit.sql);
    const isCommit = name === "COMMIT";
    const text = isCommit ? pair.open : unit.text;
    pair.open = name === "BEGIN" || isCommit ? "" : pair.open + unit.text;
    if (name === "") return send(pair, unit.bytes);
    this.recorded.push({ name, text });
    const armed = this.#armed.find((it) => !it.hit.isOpen && it.name === name && this.#isTurnOf(it, text));
    if (!armed) return send(pair, unit.bytes);
    try {
      await fault(armed, pair, unit.bytes);
    } finally {
      armed.hit.open();
      armed.done.open();
    }
  }

  #isTurnOf({ name, nth, about }: Armed, text: string): boolean {
    if (!text.includes(about)) return false;
    return this.recorded.filter((it) => it.name === name && it.text.includes(about)).length === nth;
  }
}

function destroy({ client, server }: Pair): void {
  client.destroy();
  server.destroy();
}

async function send({ server }: Pair, bytes: Buffer): Promise<void> {
  // The server ends a session whose work another try has taken over; then what is sent has no effect.
  if (server.destroyed) return;
  if (!server.write(bytes)) await Promise.race([once(server, "drain"), once(server, "close")]);
}

/** Sends a statement and holds its answer, which is complete when this resolves. */
async function ask(pair: Pair, bytes: Buffer): Promise<Buffer> {
  const kept = { bytes: [] as Buffer[], whole: new Gate() };
  pair.kept = kept;
  await send(pair, bytes);
  if (pair.server.destroyed) kept.whole.open();
  await kept.whole.opened;
  pair.kept = null;
  return Buffer.concat(kept.bytes);
}

async function fault(armed: Armed, pair: Pair, bytes: Buffer): Promise<void> {
  const what = armed.fault;
  if (what.do === "reset" || what.do === "answer") return destroy(pair);
  if (what.do === "cut request") {
    await send(pair, bytes.subarray(0, bytes.length >> 1));
    return destroy(pair);
  }
  if (what.do === "lose answer" || what.do === "cut answer") {
    const answer = await ask(pair, bytes);
    if (what.do === "cut answer") pair.client.write(answer.subarray(0, answer.length >> 1));
    return destroy(pair);
  }
  if (what.do === "run") {
    armed.hit.open();
    await what.before();
    return send(pair, bytes);
  }
  if (what.do === "hold") {
    armed.hit.open();
    if ((await armed.released) === "drop") return destroy(pair);
    pair.client.write(await ask(pair, bytes));
    return;
  }
  const answer = await ask(pair, bytes);
  armed.hit.open();
  if ((await armed.released) === "drop") return destroy(pair);
  pair.client.write(answer);
}
