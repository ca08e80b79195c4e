/** Says what is wrong with a value, by its path; null if nothing is. */
export type Shape<T> = ((value: unknown, path: string) => string | null) & { readonly type?: T };
export type TypeOf<S> = S extends Shape<infer T> ? T : never;

/** Marks a member that may be absent. */
interface Optional<T> {
  optional: Shape<T>;
}
type Members = Record<string, Shape<unknown> | Optional<unknown>>;
type Required<M extends Members> = { [K in keyof M as M[K] extends Optional<unknown> ? never : K]: TypeOf<M[K]> };
type Optionals<M extends Members> = {
  [K in keyof M as M[K] extends Optional<unknown> ? K : never]?: M[K] extends Optional<infer T> ? T : never;
};

const shape = <T>(what: string, test: (value: unknown) => boolean): Shape<T> => {
  return (value, path) => (test(value) ? null : `${path} is not ${what}`);
};

export const text: Shape<string> = shape("text", (value) => typeof value === "string");

/** A count: a whole number that a double holds exactly. */
export const count: Shape<number> = shape(
  "a whole number from 0 to 2^53-1",
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
);

export const matching = (what: string, pattern: RegExp): Shape<string> =>
  shape(what, (value) => typeof value === "string" && pattern.test(value));

export const oneOf = <const T>(...values: T[]): Shape<T> =>
  shape(values.map((value) => JSON.stringify(value)).join(" or "), (value) => values.includes(value as T));

export const anything: Shape<unknown> = () => null;

export const nullable = <T>(of: Shape<T>): Shape<T | null> => {
  return (value, path) => (value === null ? null : of(value, path));
};

export const optional = <T>(of: Shape<T>): Optional<T> => ({ optional: of });

export const list = <T>(of: Shape<T>): Shape<T[]> => {
  return (value, path) => {
    if (!Array.isArray(value)) return `${path} is not a list`;
    for (const [index, item] of value.entries()) {
      const problem = of(item, `${path}[${index}]`);
      if (problem) return problem;
    }
    return null;
  };
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const record: Shape<Record<string, unknown>> = shape("an object", isRecord);

/** Members that are not named here are allowed: hash and signature cover them, and a later version may add some. */
export const object = <M extends Members>(members: M): Shape<Required<M> & Optionals<M>> => {
  return (value, path) => {
    if (!isRecord(value)) return `${path} is not an object`;
    for (const [name, member] of Object.entries(members)) {
      const at = path === "" ? name : `${path}.${name}`;
      if (!Object.hasOwn(value, name)) {
        if (typeof member === "function") return `${at} is missing`;
        continue;
      }
      const problem = (typeof member === "function" ? member : member.optional)(value[name], at);
      if (problem) return problem;
    }
    return null;
  };
};

/** For what no hash or signature covers: no other members are allowed. */
export const exactly = <M extends Members>(members: M): Shape<Required<M> & Optionals<M>> => {
  const named = object(members);
  return (value, path) => {
    const other = isRecord(value) ? Object.keys(value).find((name) => !Object.hasOwn(members, name)) : undefined;
    return other === undefined ? named(value, path) : `${path} has the unknown member ${JSON.stringify(other)}`;
  };
};
