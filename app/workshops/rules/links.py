"""The token of a private link: made anew from a key, so that only its hash need be kept."""

import base64
import hashlib
import hmac

TOKEN_BYTES = 24


def private_token(key: bytes, enrolment_id: int) -> str:
    """32 characters, 192 bits: nobody without the key can make it from the number."""
    proof = hmac.new(key, str(enrolment_id).encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(proof[:TOKEN_BYTES]).decode()
