"""The token of a private link: made anew from a key, so that only its hash need be kept."""

import base64
import hashlib
import hmac

TOKEN_BYTES = 24


def private_token(key: bytes, enrolment_id: int, link_number: int = 0) -> str:
    """32 characters, 192 bits: nobody without the key can make it from the number.

    Of a link that was replaced none of the later ones can be told.
    """
    named = f"{enrolment_id}:{link_number}" if link_number else str(enrolment_id)
    proof = hmac.new(key, named.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(proof[:TOKEN_BYTES]).decode()
