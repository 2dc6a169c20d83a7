"""What happens to documents on their way: scanned, turned, faxed, fonts without their maps."""

import io
import random

import pikepdf
import pypdfium2
from PIL import Image, ImageChops, ImageFilter


def scan(content, *, dpi=150, skew=0.0, turn=0, noise=0, quality=55, is_fax=False, seed=1):
    """Pictures of the pages: skewed by degrees, turned by quarters, noisy, compressed."""
    opened = pypdfium2.PdfDocument(content)
    pictures = [
        _worn(opened[place].render(scale=dpi / 72, grayscale=True).to_pil(), skew, noise, seed)
        for place in range(len(opened))
    ]
    opened.close()
    pictures = [picture.rotate(-90 * turn, expand=True) for picture in pictures]
    buffer = io.BytesIO()
    if is_fax:
        pictures = [picture.point(lambda v: 255 if v > 150 else 0, "1") for picture in pictures]
    first, *rest = pictures
    options = {} if is_fax else {"quality": quality}
    first.save(buffer, "PDF", resolution=dpi, save_all=True, append_images=rest, **options)
    return _fixed(buffer.getvalue())


def turned(content, degrees):
    """Shown turned by /Rotate; the content itself stays."""

    def turn(pdf):
        for page in pdf.pages:
            page.obj["/Rotate"] = degrees

    return changed(content, turn)


def lying(content):
    """The content lies on its side on a page that is not turned."""

    def lay(pdf):
        for page in pdf.pages:
            _, _, width, height = (float(x) for x in page.mediabox)
            page.contents_add(f"q 0 1 -1 0 {height:.2f} 0 cm".encode(), prepend=True)
            page.contents_add(b"Q")
            page.mediabox = [0, 0, height, width]
            if "/CropBox" in page.obj:
                del page.obj["/CropBox"]

    return changed(content, lay)


def without_maps(content):
    """Fonts no longer say which character each shape is."""

    def strip(pdf):
        for found in pdf.objects:
            if isinstance(found, pikepdf.Dictionary) and "/ToUnicode" in found:
                del found["/ToUnicode"]

    return changed(content, strip)


def restricted(content):
    """Opens with no password and bears an owner's."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        buffer = io.BytesIO()
        pdf.save(
            buffer,
            encryption=pikepdf.Encryption(user="", owner="owner"),
            compress_streams=True,
        )
    return buffer.getvalue()


def changed(content, change):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        return _saved(pdf)


def _fixed(content):
    """Without the time at which it was made, so that building again gives the same bytes."""
    return changed(content, lambda pdf: None)


def _saved(pdf):
    for key in ("/CreationDate", "/ModDate"):
        if "/Info" in pdf.trailer and key in pdf.docinfo:
            del pdf.docinfo[key]
    buffer = io.BytesIO()
    pdf.save(
        buffer,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return buffer.getvalue()


def _worn(picture, skew, noise, seed):
    if skew:
        picture = picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
    if noise:
        grain = random.Random(seed).randbytes(picture.width * picture.height)  # noqa: S311
        specks = Image.frombytes("L", picture.size, grain).point(
            lambda value: 120 if value < noise else 0
        )
        picture = ImageChops.subtract(picture, specks).filter(ImageFilter.GaussianBlur(0.6))
    return picture
