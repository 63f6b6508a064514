"""A push service on this machine, over HTTPS, and a phone that reads what it gets: by the RFCs, not by the libraries
that send."""

import base64
import json
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from metricgain.push.models import PushSubscription


def text_of(found: bytes) -> str:
    return base64.urlsafe_b64encode(found).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


class Phone:
    """A browser that has subscribed."""

    def __init__(self, endpoint: str):
        self.endpoint, self.key, self.auth = endpoint, ec.generate_private_key(ec.SECP256R1()), os.urandom(16)

    @property
    def form(self) -> dict[str, str]:
        return {"endpoint": self.endpoint, "p256dh": text_of(point_of(self.key)), "auth": text_of(self.auth)}

    def subscribe(self, user, device: str = "Phone") -> PushSubscription:
        PushSubscription.objects.subscribe(user, **self.form, device=device)
        return PushSubscription.objects.get(endpoint=self.endpoint)

    def read(self, body: bytes) -> dict:
        """Opens a message by RFC 8291 and RFC 8188. Raises InvalidTag for one that is not for this phone."""
        salt, size, named = body[:16], int.from_bytes(body[16:20]), body[20]
        sender, content = body[21 : 21 + named], body[21 + named :]
        assert named == 65
        assert len(content) <= size
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.key.exchange(ec.ECDH(), public)
        keyed = derived(shared, self.auth, b"WebPush: info\0" + point_of(self.key) + sender, 32)
        key = derived(keyed, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(keyed, salt, b"Content-Encoding: nonce\0", 12)
        text = AESGCM(key).decrypt(nonce, content, None).rstrip(b"\0")
        assert text.endswith(b"\2")
        return json.loads(text[:-1])


def claims_of(authorization: str, public: str) -> dict:
    """Checks who signed, by RFC 8292, and returns what was claimed. Raises InvalidSignature."""
    scheme, _, rest = authorization.partition(" ")
    said = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert (scheme, said["k"]) == ("vapid", public)
    signed, _, signature = said["t"].rpartition(".")
    pair = bytes_of(signature)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(public))
    both = encode_dss_signature(int.from_bytes(pair[:32]), int.from_bytes(pair[32:]))
    key.verify(both, signed.encode(), ec.ECDSA(hashes.SHA256()))
    head, claims = (json.loads(bytes_of(part)) for part in signed.split("."))
    assert head["alg"] == "ES256"
    return claims


@dataclass
class Got:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """What it got, and what it answers to which path; 201 to others."""

    port: int
    got: list[Got] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)
    where_to: str = ""  # of a redirect

    def phone(self, name: str = "one", host: str = "localhost") -> Phone:
        return Phone(f"https://{host}:{self.port}/push/{name}")


@contextmanager
def serving(tls: ssl.SSLContext) -> Iterator[PushService]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.got.append(Got(self.path, dict(self.headers), body))
            self.send_response(service.answers.get(self.path, 201))
            if service.where_to:
                self.send_header("Location", service.where_to)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    service = PushService(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def behaving(tls: ssl.SSLContext, act: Callable[[ssl.SSLSocket], None]) -> Iterator[int]:
    """A server that does as `act` says with a connection after the handshake. Yields its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                plain, _ = listening.accept()
                with suppress(OSError), tls.wrap_socket(plain, server_side=True) as secure:
                    act(secure)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


def certificate(folder: Path, *names: str) -> tuple[ssl.SSLContext, str]:
    """Makes an authority, and a certificate for the names. Returns the server's side, and the authority's file."""
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "An authority of the tests")])
    root = made(authority, authority, authority_key, authority_key, x509.BasicConstraints(ca=True, path_length=0))
    named = x509.SubjectAlternativeName(
        [x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name) for name in names]
    )
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
    leaf = made(subject, authority, key, authority_key, x509.BasicConstraints(ca=False, path_length=None), named)
    trusted, pem = folder / "authority.pem", folder / "server.pem"
    trusted.write_bytes(root.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(private + leaf.public_bytes(Encoding.PEM))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(pem)
    return tls, str(trusted)


def made(subject, issuer, key, signing, *extensions) -> x509.Certificate:
    now = datetime.now(UTC)
    is_authority = extensions[0].ca
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    uses = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only"), False
    )
    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=is_authority, crl_sign=is_authority, decipher_only=False, **uses
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
    builder = builder.add_extension(usage, critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    return builder.add_extension(authority, critical=False).sign(signing, hashes.SHA256())
