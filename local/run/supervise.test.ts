import { describe, expect, it } from "vitest";
import { until } from "@/testing/runs/until";
import { NotReady } from "../parts/until";
import { pauseAfter } from "./restart-policy";
import { type Supervised, supervise, superviseAll } from "./supervise";

/** Something to supervise that ends on request. */
class Fake implements Supervised {
  restarts = 0;
  private end: (why: string) => void = () => {};
  private now = new Promise<string>((resolve) => {
    this.end = resolve;
  });

  /** `start` runs at each restart; what it throws is why there was none. */
  constructor(
    readonly name: string,
    private readonly start: () => Promise<void> | void = () => {},
  ) {}

  ended = () => this.now;

  fail(why = `${this.name} was killed (SIGKILL).`): void {
    this.end(why);
  }

  async restart(): Promise<void> {
    this.restarts++;
    await this.start();
    this.now = new Promise((resolve) => {
      this.end = resolve;
    });
  }
}

function reports() {
  const said: string[] = [];
  const failures: string[] = [];
  const progress = { say: (part: string, text: string) => void said.push(`${part}: ${text}`), wait: () => () => {} };
  const pauseMs = (times: number[]) => pauseAfter(times) && 1;
  return { said, failures, progress, pauseMs, failed: (why: string) => void failures.push(why) };
}

describe("something that ends by itself", () => {
  it("is started again, and both are said", async () => {
    const [it, to] = [new Fake("PostgreSQL"), reports()];
    supervise(it, to);
    it.fail();
    await until("it ran again", async () => to.said.includes("PostgreSQL: running again"));
    expect(to.said[0]).toBe("Penstock: PostgreSQL was killed (SIGKILL).");
  });

  it("ends everything after it failed too often, starts that fail included", async () => {
    const to = reports();
    const it = new Fake("Temporal", () => {
      throw new NotReady("with its log", "Temporal ended with code 1 because the disk is full.");
    });
    supervise(it, to);
    it.fail();
    const [why] = await until("it was given up", async () => to.failures.length > 0 && to.failures);
    expect(it.restarts).toBe(5);
    expect(why).toMatch(/^Temporal didn't start again\. Temporal ended with code 1 because the disk is full\.\n/);
    expect(why).toContain("That was more than 5 failures within 10 minutes, so Penstock stopped.");
  });

  it("stays ended once it is left to itself", async () => {
    const [it, to] = [new Fake("The worker"), reports()];
    supervise(it, to).stop();
    it.fail();
    await new Promise((resolve) => setImmediate(resolve));
    expect([it.restarts, to.said]).toEqual([0, []]);
  });
});

it("a process that ends with its server waits until the server is back", async () => {
  const order: string[] = [];
  let ready = () => {};
  const server = new Fake("PostgreSQL", async () => {
    await new Promise<void>((resolve) => {
      ready = resolve;
    });
    order.push("server");
  });
  const [user, to] = [new Fake("The worker", () => void order.push("user")), reports()];
  superviseAll([server], [user], to);
  server.fail();
  await until("the server was starting", async () => server.restarts === 1);
  user.fail();
  await until("the worker's end was noticed", async () => to.said.some((line) => line.startsWith("The worker:")));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(order).toEqual([]);
  ready();
  await until("both ran", async () => order.length === 2);
  expect(order).toEqual(["server", "user"]);
});
