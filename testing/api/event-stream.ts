import { expect } from "vitest";
import { type Progress, progressSchema } from "@/lib/schemas/progress";

interface Waiting {
  isIt: (progress: Progress) => boolean;
  found: (progress: Progress) => void;
  failed: (error: Error) => void;
}

/** A client of an export's stream of progress. Validates every event. */
export class EventStream {
  /** Everything that came, comments too. */
  text = "";
  /** The data of the event that ended the stream; null if it broke off. */
  readonly ended: Promise<{ reason: string } | null>;
  #waiting: Waiting | undefined;

  private constructor(
    readonly response: Response,
    private readonly abort: AbortController,
  ) {
    this.ended = this.#read();
  }

  /** Opens a stream; fails if it isn't one. */
  static async open(url: string, headers: Record<string, string>): Promise<EventStream> {
    const abort = new AbortController();
    const response = await fetch(url, { headers, signal: abort.signal });
    expect(response.status, "status of the stream").toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    return new EventStream(response, abort);
  }

  /** The next progress of a kind. Fails after some seconds, or if the stream ends before. */
  until(isIt: Waiting["isIt"], seconds: number): Promise<Progress> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`Not within ${seconds} s. Last: ${this.text.slice(-2000)}`)),
        seconds * 1000,
      );
      const done = () => {
        clearTimeout(timer);
        this.#waiting = undefined;
      };
      this.#waiting = {
        isIt,
        found: (progress) => {
          done();
          resolve(progress);
        },
        failed: (error) => {
          done();
          reject(error);
        },
      };
    });
  }

  close(): void {
    this.abort.abort();
  }

  async #read(): Promise<{ reason: string } | null> {
    let end: { reason: string } | null = null;
    let rest = "";
    try {
      for await (const chunk of this.response.body!.pipeThrough(new TextDecoderStream())) {
        this.text += chunk;
        const events = (rest + chunk).split("\n\n");
        rest = events.pop() ?? "";
        for (const event of events) end = this.#take(event) ?? end;
      }
    } catch (error) {
      if (!this.abort.signal.aborted) this.#waiting?.failed(error as Error);
    }
    this.#waiting?.failed(new Error("The stream ended."));
    return end;
  }

  #take(event: string): { reason: string } | null {
    const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
    if (name === "end") return JSON.parse(data!) as { reason: string };
    if (name !== "progress") return null;
    const progress = progressSchema.parse(JSON.parse(data!));
    if (this.#waiting?.isIt(progress)) this.#waiting.found(progress);
    return null;
  }
}
