import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { Armed, type Fault } from "./armed";
import { type Answer, errorAnswer, passedOn, write, writeHalf } from "./s3-answers";
import { type Asked, askedOf, stepName } from "./s3-operation";

/** A request that came through. */
export interface Recorded extends Asked {
  /** Its step, and its ordinal among these since recording began. */
  name: string;
  nth: number;
  bytes: number;
  /** The storage's status; null before it arrives, or if the request was not forwarded. */
  status: number | null;
}

/**
 * A proxy between Penstock and its storage that names each request, records it, and applies armed faults to the n-th of
 * a name. Forwards requests as they came, including the Host header, which the signature covers.
 */
export class S3Proxy {
  recorded: Recorded[] = [];
  /** Returns an answer to send in the storage's place; null forwards the request. */
  refuse: (asked: Asked & { headers: IncomingMessage["headers"]; body: Buffer }) => Answer | null = () => null;
  #armed: Armed[] = [];
  #server: Server;

  private constructor(
    private readonly target: URL,
    readonly port: number,
    server: Server,
  ) {
    this.#server = server;
  }

  static async open(target: string): Promise<S3Proxy> {
    const server = createServer({ requestTimeout: 0 });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const proxy = new S3Proxy(new URL(target), (server.address() as AddressInfo).port, server);
    server.on("request", (came, answer) => {
      proxy.#take(came, answer).catch(() => answer.destroy());
    });
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Restarts counting and recording. */
  restart(): void {
    this.recorded = [];
  }

  /** Applies a fault to the `nth` request of a name, counted from 1 since recording began. */
  arm(name: string, nth: number, fault: Fault): Armed {
    const armed = new Armed(name, nth, fault);
    this.#armed.push(armed);
    return armed;
  }

  async close(): Promise<void> {
    for (const armed of this.#armed) armed.release("drop");
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #take(came: IncomingMessage, client: ServerResponse): Promise<void> {
    const body = await buffer(came);
    const asked = askedOf(came.method ?? "", came.url ?? "", came.headers);
    const name = stepName(asked);
    const nth = this.recorded.filter((it) => it.name === name).length + 1;
    const entry: Recorded = { ...asked, name, nth, bytes: body.length, status: null };
    this.recorded.push(entry);
    const refusal = this.refuse({ ...asked, headers: came.headers, body });
    if (refusal) {
      entry.status = refusal.status;
      return write(client, refusal);
    }
    const armed = this.#armed.find((it) => it.name === name && it.nth === nth && !it.hit.isOpen);
    const forward = async () => {
      const answer = await this.#forward(came, body);
      entry.status = answer.status;
      return answer;
    };
    if (!armed) return write(client, await forward());
    try {
      await this.#fault(armed, { came, client, body, forward });
    } finally {
      armed.hit.open();
      armed.done.open();
    }
  }

  async #fault(armed: Armed, { came, client, body, forward }: Faulted): Promise<void> {
    const { fault } = armed;
    const break_ = () => client.destroy();
    if (fault.do === "answer") return write(client, errorAnswer(fault.status, fault.code));
    if (fault.do === "reset") return void break_();
    if (fault.do === "lose answer") return void (await forward().finally(break_));
    if (fault.do === "cut request") return void (await this.#cutRequest(came, body).finally(break_));
    if (fault.do === "cut answer") return writeHalf(client, await forward());
    if (fault.do === "run") {
      armed.hit.open();
      await fault.before();
      return write(client, await forward());
    }
    if (fault.do === "hold") {
      armed.hit.open();
      if ((await armed.released) === "drop") return void break_();
      return write(client, await forward());
    }
    const answer = await forward();
    armed.hit.open();
    if ((await armed.released) === "drop") return void break_();
    return write(client, answer);
  }

  #options({ method, url, rawHeaders }: IncomingMessage) {
    const { hostname, port } = this.target;
    const headers = passedOn(rawHeaders);
    return { hostname, port, method, path: url, headers, setHost: false, agent: false as const };
  }

  #forward(came: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const passed = request(this.#options(came), async (answer) => {
        try {
          const whole = await buffer(answer);
          resolve({ status: answer.statusCode ?? 0, headers: passedOn(answer.rawHeaders), body: whole });
        } catch (error) {
          reject(error);
        }
      });
      passed.on("error", reject);
      passed.end(body);
    });
  }

  /** Half of the announced body arrives; a request without one arrives without the end of its head. */
  async #cutRequest(came: IncomingMessage, body: Buffer): Promise<void> {
    if (body.length === 0) return;
    const passed = request(this.#options(came));
    passed.on("error", () => {});
    const closed = once(passed, "close");
    passed.write(body.subarray(0, body.length >> 1), () => passed.destroy());
    await closed;
  }
}

interface Faulted {
  came: IncomingMessage;
  client: ServerResponse;
  body: Buffer;
  forward: () => Promise<Answer>;
}
