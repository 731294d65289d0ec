"""Values of the header `authorization`, and the reason why they are refused ("" if they are not).

The edge and the services read the header each by itself, and must agree.
"""

from __future__ import annotations

# "{token}" stands for a valid token.
AUTHORIZATIONS = {
    "Bearer {token}": "",
    "bearer {token}": "",
    "BEARER {token}": "",
    "bEARER   {token}": "",
    "": "TOKEN_MISSING",
    "Bearer": "TOKEN_MISSING",
    "Bearer{token}": "TOKEN_MISSING",
    "Bearer\t{token}": "TOKEN_MISSING",
    "{token}": "TOKEN_MISSING",
    "Basic {token}": "TOKEN_MISSING",
    "Basic Bearer {token}": "TOKEN_MISSING",
    "xBearer {token}": "TOKEN_MISSING",
    "Bearer nonsense": "TOKEN_INVALID",
    "Bearer {token} x": "TOKEN_INVALID",
    "Bearer x {token}": "TOKEN_INVALID",
    "Bearer Bearer {token}": "TOKEN_INVALID",
    "Bearer {token},Bearer {token}": "TOKEN_INVALID",
    "bearer {token}=": "TOKEN_INVALID",
    "Bearer {token}~": "TOKEN_INVALID",
}
