"""Web addresses: `canonical` is the form to fetch and to show, `identity` the key of the article behind it.

The two differ on purpose. A canonical address keeps scheme, ``www.``, query order and trailing slash as the
site wrote them, since a server may answer only to that; it loses what no server needs: fragment, tracking,
session. An identity folds everything under which one article is listed twice, and is never fetched.
"""

from crawler.urls.address import canonical, host_of, origin_of
from crawler.urls.identity import identity
from crawler.urls.site import same_site

__all__ = ["canonical", "host_of", "identity", "origin_of", "same_site"]
