/** Whether a query violated the named unique index, or any if none is named. */
export function isUniqueViolation(error: unknown, index?: string): boolean {
  const { code, constraint } = ((error as Error | null)?.cause ?? error ?? {}) as {
    code?: string;
    constraint?: string;
  };
  return code === "23505" && (index === undefined || constraint === index);
}
