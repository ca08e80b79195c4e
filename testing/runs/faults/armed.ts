import { Gate } from "./gate";

/** What a proxy does to a request. */
export type Fault =
  /** Answers with an error of the storage's own. */
  | { do: "answer"; status: number; code: string }
  /** Breaks the connection; the request goes nowhere. */
  | { do: "reset" }
  /** Forwards the request and breaks the connection instead of answering. */
  | { do: "lose answer" }
  /** Forwards the head and half of the body, then breaks both connections. */
  | { do: "cut request" }
  /** Forwards the request, but only half of the answer. */
  | { do: "cut answer" }
  /** Holds the request until it is released, then forwards it, even if the client is gone. */
  | { do: "hold" }
  /** Forwards the request and holds its answer until released. */
  | { do: "hold answer" }
  /** Runs something before forwarding the request. */
  | { do: "run"; before: () => Promise<unknown> };

/** A fault that waits for the `nth` request of a name. */
export class Armed {
  /** Opens when the request arrives; for `hold answer`, when the answer does. */
  readonly hit = new Gate();
  /** Opens when nothing more is done about the request. */
  readonly done = new Gate();
  readonly #released = new Gate<"forward" | "drop">();

  constructor(
    readonly name: string,
    readonly nth: number,
    readonly fault: Fault,
    /** Text that the request must contain, if several clients send requests. */
    readonly about: string = "",
  ) {}

  /** Forwards a held request, or drops it as if never sent. */
  release(how: "forward" | "drop" = "forward"): void {
    this.#released.open(how);
  }

  get released(): Promise<"forward" | "drop"> {
    return this.#released.opened;
  }
}
