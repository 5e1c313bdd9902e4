"""Who vouches for what arrived? Keys, signatures, the chain of root documents, and whom this machine trusts.

`decide` says whether a release is taken and why, and has what the person is told; `check_release` is the check by
a root alone. `TrustStore` is what the machine remembers, `folder` what lies in a publication.
"""

from galactica.spread.trust.chain import TrustedRoot, first_root, follow_roots, next_root
from galactica.spread.trust.deciding import TrustedRelease, decide
from galactica.spread.trust.releases import ReleaseHead, SignedRelease, check_release, read_head, sign_release
from galactica.spread.trust.secret import SecretKey, secret_from_text
from galactica.spread.trust.store import TrustStore

__all__ = [
    "ReleaseHead",
    "SecretKey",
    "SignedRelease",
    "TrustStore",
    "TrustedRelease",
    "TrustedRoot",
    "check_release",
    "decide",
    "first_root",
    "follow_roots",
    "next_root",
    "read_head",
    "secret_from_text",
    "sign_release",
]
