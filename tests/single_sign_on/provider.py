"""A small OpenID Connect provider over HTTP: discovery, keys, code flow with PKCE, signed tokens.

    python provider.py PORT

Whoever asks is logged in as the person of the last PUT to /person, a JSON object: the claims of the
token, and under "fault" what is to be wrong with it: signature, audience, issuer, expired, refused.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "record-book", "a secret of the test"
KEY = RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig", "alg": "RS256"})
FORGED = RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig", "alg": "RS256"})
person: dict[str, Any] = {}
codes: dict[str, tuple[dict[str, str], dict[str, Any]]] = {}


class Provider(BaseHTTPRequestHandler):
    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/.well-known/openid-configuration":
            self.answer(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "userinfo_endpoint": f"{self.issuer}/userinfo",
                    "jwks_uri": f"{self.issuer}/keys",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif asked.path == "/keys":
            self.answer({"keys": [KEY.as_dict(private=False)]})
        elif asked.path == "/authorize":
            self.authorize(query)
        else:
            self.answer({}, status=404)

    def authorize(self, query: dict[str, str]) -> None:
        is_good = query["client_id"] == CLIENT and query["response_type"] == "code"
        if not is_good or query["code_challenge_method"] != "S256":
            self.answer({"error": "invalid_request"}, status=400)
            return
        back = {"state": query["state"]}
        if person.get("fault") == "refused":
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_urlsafe(16)
            codes[back["code"]] = (query, dict(person))
        self.send_response(302)
        self.send_header("Location", f"{query['redirect_uri']}?{urlencode(back)}")
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        query, claims = codes.pop(given.get("code", ""), ({}, {}))
        challenge = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if (
            not query
            or (given.get("client_id"), given.get("client_secret")) != (CLIENT, SECRET)
            or given.get("redirect_uri") != query["redirect_uri"]
            or base64.urlsafe_b64encode(challenge).decode().rstrip("=") != query["code_challenge"]
        ):
            self.answer({"error": "invalid_grant"}, status=400)
            return
        fault, now = claims.pop("fault", ""), int(time.time())
        token = {
            "iss": "http://elsewhere.example" if fault == "issuer" else self.issuer,
            "aud": "another-client" if fault == "audience" else CLIENT,
            "iat": now - 7200,
            "exp": now - 3600 if fault == "expired" else now + 3600,
        }
        signed = jwt.encode(
            {"alg": "RS256", "kid": "one"}, token | claims, FORGED if fault == "signature" else KEY
        )
        self.answer({"access_token": "x", "token_type": "Bearer", "id_token": signed})

    def do_PUT(self) -> None:
        person.clear()
        person.update(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.answer({})

    def answer(self, value: dict[str, Any], *, status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: Any) -> None:
        """Quiet."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider).serve_forever()
