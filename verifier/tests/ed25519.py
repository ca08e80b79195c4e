"""Ed25519 as in the appendix of RFC 8032, so that the tests need no package: slow, and not for secrets."""

import hashlib

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def sha512(data):
    return hashlib.sha512(data).digest()


def add(a, b):
    x, y = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = y - x, d - c, d + c, y + x
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def even_x(y):
    squared = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(squared, (P + 3) // 8, P)
    if (x * x - squared) % P != 0:
        x = x * ROOT % P
    return x if x % 2 == 0 else P - x


_Y = 4 * pow(5, P - 2, P) % P
BASE = (even_x(_Y), _Y, 1, even_x(_Y) * _Y % P)


def compress(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | ((x & 1) << 255)).to_bytes(32, "little")


def expand(secret):
    hashed = sha512(secret)
    scalar = int.from_bytes(hashed[:32], "little") & ((1 << 254) - 8) | (1 << 254)
    return scalar, hashed[32:]


def public_key(secret):
    return compress(multiply(expand(secret)[0], BASE))


def sign(secret, message):
    scalar, prefix = expand(secret)
    public = compress(multiply(scalar, BASE))
    r = int.from_bytes(sha512(prefix + message), "little") % Q
    point = compress(multiply(r, BASE))
    h = int.from_bytes(sha512(point + public + message), "little") % Q
    return point + ((r + h * scalar) % Q).to_bytes(32, "little")
