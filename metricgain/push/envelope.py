"""What a push service gets: the message, which only the phone can read (RFC 8291), and who sends it (RFC 8292)."""

import base64
import hashlib
import json
import re
import time
from dataclasses import asdict, dataclass

import http_ece
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from py_vapid import Vapid02

from metricgain.push.keys import decoded, key_of

SIGNED_FOR = 12 * 3600  # seconds; push services allow a day
TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True, slots=True)
class Message:
    """What a phone shows. `tag`: a later one with the same tag takes its place. `url`: what a tap opens."""

    title: str
    body: str
    url: str
    tag: str
    silent: bool = False

    @property
    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()


def sealed(
    text: bytes,
    *,
    p256dh: str,
    auth: str,
    salt: bytes | None = None,
    sender: EllipticCurvePrivateKey | None = None,
) -> bytes:
    """Returns a text in the form aes128gcm. Salt and sender are new for each message; a test names them."""
    key = sender or generate_private_key(SECP256R1())
    sealed: bytes = http_ece.encrypt(
        text, salt=salt, private_key=key, dh=decoded(p256dh), auth_secret=decoded(auth), version="aes128gcm"
    )
    return sealed


def headers(message: Message, *, origin: str, private: str, sender: str, ttl: int) -> dict[str, str]:
    """Returns the headers of a push. `origin`: of the push service. `sender`: whom its owners can write to. `ttl`:
    seconds for which it waits for a phone that is off; there, too, a later one with the same tag takes its place."""
    claims = {"aud": origin, "exp": int(time.time()) + SIGNED_FOR, "sub": sender}
    # By its own rule `py_vapid` refuses a sender with a port, such as https://gym.example.org:8443
    signature: dict[str, str] = Vapid02(key_of(private), conf={"no-strict": True}).sign(claims)
    return signature | {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(ttl),
        "Urgency": "normal" if message.silent else "high",
        "Topic": topic_of(message.tag),
    }


def topic_of(tag: str) -> str:
    """Returns the tag in the letters that a topic may have: 32 of base64url."""
    if TOPIC.fullmatch(tag):
        return tag
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()[:24]).decode()
