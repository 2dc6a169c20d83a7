"""Pieces of HTML that layouts are put together from."""

from html import escape

BASE = """
@page { size: %(size)s; margin: %(margin)s }
body { font: %(font)s; margin: 0; color: #111 }
table { border-collapse: collapse; width: 100%% }
td, th { text-align: left; padding: 2px 6px; vertical-align: top }
.ruled td, .ruled th { border: 1px solid #444 }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 14px }
.three { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 10px }
.right { text-align: right } .center { text-align: center }
.small { font-size: 75%% } .large { font-size: 170%%; font-weight: bold }
.box { border: 1px solid #555; padding: 6px }
.bar { background: #234; color: #fff; padding: 3px 6px; font-weight: bold }
.page { page-break-after: always }
"""
SANS = "10px Liberation Sans"
SERIF = "11px Liberation Serif"
NARROW = "10px Liberation Sans Narrow"
MONO = "9px Liberation Mono"
DEJAVU = "9px DejaVu Sans"
CJK = "10px WenQuanYi Micro Hei"


def page(*parts, font=SANS, size="Letter", margin="12mm", css=""):
    style = BASE % {"font": font, "size": size, "margin": margin}
    return f"<!doctype html><meta charset=utf-8><style>{style}{css}</style>" + "".join(parts)


def div(*parts, of=""):
    return f"<div class='{of}'>" + "".join(parts) + "</div>"


def say(text):
    return escape(text)


def table(rows, head=(), of="", *, heads=()):
    """A table of texts; `heads` are several lines of heading."""
    html = f"<table class='{of}'>"
    for line in heads or ([head] if head else []):
        html += "<tr>" + "".join(f"<th>{say(cell)}</th>" for cell in line) + "</tr>"
    for row in rows:
        if isinstance(row, str):
            html += f"<tr><td colspan=9><b>{say(row)}</b></td></tr>"
        else:
            html += "<tr>" + "".join(f"<td>{say(cell)}</td>" for cell in row) + "</tr>"
    return html + "</table>"


def columns(lines, *names):
    """Rows of the named attributes of result lines; a name may join several with `+`."""
    return [
        [" ".join(getattr(line, part) for part in name.split("+")).strip() for name in names]
        for line in lines
    ]


def pairs(*items, colon=":", of=""):
    """Label left of value, one pair a line."""
    return table([[f"{label}{colon}", value] for label, value in items], of=of)


def stacked(*items):
    """Label above value."""
    return "".join(
        f"<div><div class=small>{say(label)}</div><div>{say(value)}</div></div>"
        for label, value in items
    )


def running(*items, colon=": ", between="<br>"):
    """Label and value in one run of text."""
    return between.join(f"{say(label)}{colon}{say(value)}" for label, value in items)
