/** `T` without undefined as a value: a field is there with a value, or missing. */
type Defined<T> = { [Name in keyof T]?: T[Name] & (NonNullable<unknown> | null) };

/** An object's fields that have a value. Spread, a field that is undefined would replace one that has a value. */
export function defined<T extends object>(value: T): Defined<T> {
  const found: Defined<T> = {};
  for (const name in value) {
    const field = value[name];
    if (field !== undefined) found[name] = field;
  }
  return found;
}
