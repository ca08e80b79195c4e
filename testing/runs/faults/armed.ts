import { Gate } from "./gate";

/** What a proxy does to one request. */
export type Fault =
  /** Answers itself, with an error of the storage's own. */
  | { do: "answer"; status: number; code: string }
  /** Breaks the connection; the request goes nowhere. */
  | { do: "reset" }
  /** Passes the request on and breaks the connection in place of the answer. */
  | { do: "lose answer" }
  /** Passes on the head and half of the body, then breaks both connections. */
  | { do: "cut request" }
  /** Passes the request on, and the answer only by half. */
  | { do: "cut answer" }
  /** Keeps the request until it is released, then passes it on, whether or not the client is still there. */
  | { do: "hold" }
  /** Passes the request on and keeps its answer until it is released. */
  | { do: "hold answer" }
  /** Runs something before the request is passed on. */
  | { do: "run"; before: () => Promise<unknown> };

/** A fault that waits for the `nth` request of a name. */
export class Armed {
  /** Opens when the request has come; of `hold answer`, when the answer has. */
  readonly hit = new Gate();
  /** Opens when nothing more is done about the request. */
  readonly done = new Gate();
  readonly #released = new Gate<"forward" | "drop">();

  constructor(
    readonly name: string,
    readonly nth: number,
    readonly fault: Fault,
    /** Text that the request must hold, where requests of several clients come along. */
    readonly about: string = "",
  ) {}

  /** Lets a held request go on, or makes it as if it had never been sent. */
  release(how: "forward" | "drop" = "forward"): void {
    this.#released.open(how);
  }

  get released(): Promise<"forward" | "drop"> {
    return this.#released.opened;
  }
}
