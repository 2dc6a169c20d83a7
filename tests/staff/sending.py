"""How the upload page's forms arrive: all files at once, or one by the page's script."""

import io

PDF = b"%PDF-1.7 one"


def upload(browser, *files, **fields):
    """Send files as the plain form does: pairs of name and content."""
    data = {"files": [(io.BytesIO(content), name) for name, content in files], **fields}
    headers = {"Accept": "text/html"}
    return browser.post(
        "/staff/certificates", data, content_type="multipart/form-data", headers=headers
    )


def send(browser, content=PDF, name="a.pdf", **fields):
    """Send one file as the script does, which wants a plain line for an answer."""
    return browser.post(
        "/staff/certificates",
        {"files": (io.BytesIO(content), name), **fields},
        content_type="multipart/form-data",
        headers={"Accept": "text/plain"},
    )
