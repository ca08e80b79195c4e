/** `unknown`: it could not be checked. */
export type Status = "ok" | "false" | "unknown";

/** One thing that was checked. */
export interface Finding {
  /** Which check: see docs/verify.md. */
  what: string;
  /** The object, link, or receipt that it is about. */
  subject: string;
  status: Status;
  expected: string;
  found: string;
}

/** Takes findings as they come, so that memory does not grow with them. */
export interface Sink {
  finding(finding: Finding): void;
  /** What is neither true nor false, but a reader should know. */
  note(text: string): void;
}

/** Reports what is known about one subject. */
export class Reporter {
  constructor(
    private readonly sink: Sink,
    readonly subject: string,
  ) {}

  ok(what: string, found: string | number): true {
    this.#send(what, "ok", String(found), String(found));
    return true;
  }

  wrong(what: string, expected: string | number, found: string | number): false {
    this.#send(what, "false", String(expected), String(found));
    return false;
  }

  unknown(what: string, expected: string | number, why: string): void {
    this.#send(what, "unknown", String(expected), why);
  }

  same(what: string, expected: string | number, found: string | number): boolean {
    return expected === found ? this.ok(what, found) : this.wrong(what, expected, found);
  }

  about(subject: string): Reporter {
    return new Reporter(this.sink, subject);
  }

  note(text: string): void {
    this.sink.note(text);
  }

  #send(what: string, status: Status, expected: string, found: string): void {
    this.sink.finding({ what, subject: this.subject, status, expected, found });
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
