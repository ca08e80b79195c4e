/** The request header by which a page learns the nonce of its policy. */
export const NONCE_HEADER = "x-nonce";

/**
 * The style sheet that sonner puts into the page by a script, which can't have a nonce: first empty, then its text. A test
 * holds these against the package.
 */
const SONNER_STYLES = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='",
];

/**
 * The Content-Security-Policy of a page. Scripts run only with the nonce, or when such a script loads them. Style attributes
 * are free, because components are placed by them and an attribute can neither load nor choose anything.
 */
export function pagePolicy(nonce: string, isDev: boolean): string {
  const own = `'self' 'nonce-${nonce}'`;
  const directives = {
    "default-src": "'none'",
    // React's development build makes stack traces by eval.
    "script-src": `${own} 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    // The development server puts styles into the page as they change; a nonce beside this would switch it off.
    "style-src-elem": isDev ? "'self' 'unsafe-inline'" : `${own} ${SONNER_STYLES.join(" ")}`,
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": isDev ? "'self' ws: wss:" : "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
