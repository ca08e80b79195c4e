import { list, nullable, object, oneOf, type TypeOf, text } from "./shape";
import { time } from "./values";

export const keySet = object({
  keys: list(
    object({
      kty: oneOf("OKP"),
      crv: oneOf("Ed25519"),
      x: text,
      kid: text,
      notBefore: time,
      notAfter: nullable(time),
    }),
  ),
});

export type Jwk = TypeOf<typeof keySet>["keys"][number];
