"""A small OpenID provider on the loopback address, which lets in whoever it is told to."""

import json
import secrets
from base64 import b64decode
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import time
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "citewell-test", "only-for-this-test"


class Provider(ThreadingHTTPServer):
    """The provider: its key, who logs in next, and the codes it has given out."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.key = RSAKey.generate_key(2048, {"kid": "1"}, private=True)
        self.signing_key = self.key
        self.email = "reader@hospital.example"
        self.nonces: dict[str, str] = {}

    def id_token(self, nonce: str) -> str:
        """The signed word of the provider on who has logged in."""
        claims = {
            "iss": self.address,
            "sub": "1",
            "aud": CLIENT,
            "iat": int(time()),
            "exp": int(time()) + 300,
            "nonce": nonce,
            "email": self.email,
            "email_verified": True,
        }
        return jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.signing_key)


class _Answer(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        """Discovery, keys, and the page where a person would log in: here at once."""
        at = urlsplit(self.path)
        if at.path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "authorize", "token_endpoint": "token"}
            self._json(
                {name: f"{self.server.address}/{end}" for name, end in ends.items()}
                | {
                    "issuer": self.server.address,
                    "jwks_uri": f"{self.server.address}/keys",
                    "id_token_signing_alg_values_supported": ["RS256"],
                    "code_challenge_methods_supported": ["S256"],
                }
            )
        elif at.path == "/keys":
            self._json({"keys": [self.server.key.as_dict(private=False)]})
        elif at.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(at.query).items()}
            assert query["client_id"] == CLIENT
            assert query["code_challenge_method"] == "S256"
            code = secrets.token_urlsafe()
            self.server.nonces[code] = query["nonce"]
            answer = urlencode({"code": code, "state": query["state"]})
            self.send_response(302)
            self.send_header("location", f"{query['redirect_uri']}?{answer}")
            self.end_headers()

    def do_POST(self) -> None:
        """A code for a token, once, and only for the client with the secret."""
        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        _, _, basic = self.headers["authorization"].partition(" ")
        assert unquote(b64decode(basic).decode()) == f"{CLIENT}:{SECRET}"
        nonce = self.server.nonces.pop(form["code"][0])
        self._json(
            {
                "access_token": "none",
                "token_type": "Bearer",
                "id_token": self.server.id_token(nonce),
            }
        )

    def _json(self, content: dict[str, object]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def provider() -> Generator[Provider]:
    """A provider that runs for as long as it is needed."""
    with Provider() as running:
        thread = Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()
