"""CSV files for tests, in the columns of the real catalog."""

COLUMNS = (
    "id,source,source_id,brand,brand_basis,brand_domain,name,category,source_category,company,"
    "price,currency,size,reg_scheme,reg_number,ingredients,reported_chemicals,damaged_text,licence"
)


def make_row(source_id="1", **fields):
    given = {
        "id": f"P{source_id}",
        "source": "TEST",
        "source_id": source_id,
        "brand": "Tolva",
        "brand_basis": "source",
        "name": f"Oat Wash {source_id}",
        "category": "shampoo",
        "damaged_text": "0",
        **fields,
    }
    return ",".join(given.get(name, "") for name in COLUMNS.split(","))


def make_file(folder, *rows, header=COLUMNS, name="goods.csv", newline="\r\n"):
    path = folder / name
    text = newline.join([header, *rows]) + newline
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path
