/** The request header that gives a page its policy's nonce. */
export const NONCE_HEADER = "x-nonce";

/**
 * Hashes of the style sheet that sonner injects by script without a nonce: first empty, then with its text. A test
 * checks these against the package.
 */
const SONNER_STYLES = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='",
];

/**
 * A page's Content-Security-Policy. Scripts run only with the nonce, or if such a script loads them. Style attributes
 * are unrestricted: components need them for positioning, and an attribute can neither load nor select anything.
 */
export function pagePolicy(nonce: string, isDev: boolean): string {
  const own = `'self' 'nonce-${nonce}'`;
  const directives = {
    "default-src": "'none'",
    // React's development build creates stack traces with eval.
    "script-src": `${own} 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    // The development server updates styles in the page; a nonce would disable 'unsafe-inline'.
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
