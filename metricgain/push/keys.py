"""The key by which push services recognise this server (VAPID, RFC 8292): a private number, and a public point that
phones hand to their service. Both are written in base64url without padding."""

import base64
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PRIVATE_BYTES, POINT_BYTES, SECRET_BYTES = 32, 65, 16  # the last is the `auth` of a subscription


@dataclass(frozen=True, slots=True)
class KeyPair:
    private: str
    public: str

    @classmethod
    def new(cls) -> "KeyPair":
        return cls.of(generate_private_key(SECP256R1()))

    @classmethod
    def of(cls, key: EllipticCurvePrivateKey) -> "KeyPair":
        number = key.private_numbers().private_value.to_bytes(PRIVATE_BYTES)
        return cls(encoded(number), encoded(point_of(key.public_key())))

    @classmethod
    def from_private(cls, private: str) -> "KeyPair":
        """Raises ValueError for what is no private key."""
        return cls.of(key_of(private))


@cache  # one or two in a process
def key_of(private: str) -> EllipticCurvePrivateKey:
    """Raises ValueError for what is no private key."""
    number = decoded(private)
    if len(number) != PRIVATE_BYTES:
        raise ValueError(f"A private key has {PRIVATE_BYTES} bytes.")
    return derive_private_key(int.from_bytes(number), SECP256R1())


def point_of(key: EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def is_point(text: str) -> bool:
    """Tells whether it is the public key of a phone: a point of the curve."""
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), found := decoded(text))
    except ValueError:
        return False
    return len(found) == POINT_BYTES


def is_secret(text: str) -> bool:
    """Tells whether it is the secret that a phone shares with us."""
    try:
        return len(decoded(text)) == SECRET_BYTES
    except ValueError:
        return False


def encoded(found: bytes) -> str:
    return base64.urlsafe_b64encode(found).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Raises ValueError for what is no base64url."""
    bare = text.rstrip("=")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
