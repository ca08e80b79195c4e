/**
 * Kubernetes' validators, as npm carries them, accept fields that don't exist. They read each field they know by its
 * name, so a field that they never read is unknown: wraps `value` and notes what is read.
 */
export function watched<T extends object>(value: T): { value: T; unread: () => string[] } {
  const read = new Set<string>();
  const wrap = <V>(target: V, path: string): V => {
    if (typeof target !== "object" || target === null) return target;
    return new Proxy(target, {
      get(object, name) {
        const child = Reflect.get(object, name);
        if (typeof name !== "string" || !Object.hasOwn(object, name)) return child;
        read.add(`${path}/${name}`);
        return wrap(child, `${path}/${name}`);
      },
    });
  };
  return { value: wrap(value, ""), unread: () => pathsOf(value).filter((path) => !read.has(path)) };
}

function pathsOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => [`${path}/${name}`, ...pathsOf(child, `${path}/${name}`)]);
}
