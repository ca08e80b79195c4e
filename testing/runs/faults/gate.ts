/** A one-time event that any side can await. */
export class Gate<T = void> {
  #open: (value: T) => void = () => {};
  isOpen = false;
  readonly opened = new Promise<T>((resolve) => {
    this.#open = resolve;
  });

  open(value: T): void {
    this.isOpen = true;
    this.#open(value);
  }
}
