"""Title and description as XMP, where picture programs look for them."""

from html import escape


def xmp(title: str, description: str) -> bytes:
    """A packet of XMP metadata; of what is empty nothing is said.

    >>> b"Fold" in xmp("Fold", ""), b"dc:description" in xmp("Fold", "")
    (True, False)
    """
    parts = "".join(
        f'<dc:{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text, False)}</rdf:li></rdf:Alt>'
        f"</dc:{name}>"
        for name, text in (("title", title), ("description", description))
        if text
    )
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{parts}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()
