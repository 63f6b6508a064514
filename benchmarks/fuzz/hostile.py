"""What nobody types by accident: values, content types and bodies that a form has to refuse in a sentence."""

from random import Random

VALUES = [
    *("", " ", "0", "-1", "1", "7", "٨٢٫٥", "1e309", "NaN", "Infinity", "1_000", "0x10", "9" * 400, "1.0000000001"),
    *("2147483648", "-2147483649", "9223372036854775808", "99999999999999999999", "0.004", "9999.995", "--5", "5,5,5"),
    *(
        "\x00",
        "a\x00b",
        "\u200b",
        "\u202egnp.exe",
        "\ufeff",
        "e\u0301" * 300,
        "İ",
        "ß",
        "\U0001f3cb" * 50,
        "\n\r\n",
        "\t",
    ),
    *(
        "<script>alert(1)</script>",
        "'; DROP TABLE sets; --",
        '"><svg onload=x>',
        "{{ 7*7 }}",
        "%00",
        "%s%n",
        "../../etc/passwd",
    ),
    *(
        "2026-13-45",
        "0000-00-00",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "2026-11-29T25:61",
        "25:61",
        "-0001-11-30",
    ),
    *("null", "true", "[]", "{}", '{"a": ' * 60, "on", "off", "kg", "lb", "stone", "chest", "Mars/Phobos", "UTC"),
    *("//evil.example", "javascript:alert(1)", "/\\evil.example", "x" * 10_000, "x" * 256, "=1+1", "@SUM(A1)"),
]
TYPES = [
    ("application/x-www-form-urlencoded; charset=latin-1", b"name=%FC&weight=8"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"name=+ADw-"),
    ("application/x-www-form-urlencoded", b"name=%ff%fe&reps=%00&" + b"&".join(b"f%d=1" % n for n in range(500))),
    ("application/x-www-form-urlencoded", b"=&=&&&&;;;"),
    ("multipart/form-data", b"no boundary"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="\x00"\r\n\r\n\xff\r\n--x--',
    ),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
    ("application/json", b'{"weight": '),
    ("text/plain", b"\xff" * 1000),
    ("", b"weight=80"),
]


def value(rng: Random) -> str:
    return rng.choice(VALUES)


def spoiled(rng: Random, fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Returns the fields of a form with one to three faults: a hostile value, a field twice, missing or unknown."""
    fields = list(fields)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        place = rng.randrange(len(fields)) if fields else None
        fault = rng.random()
        if place is None or fault < 0.05:
            fields.append((rng.choice(("id", "user", "user_id", "next", "edited_at", "exercise", "week")), value(rng)))
        elif fault < 0.75:
            fields[place] = fields[place][0], value(rng)
        elif fault < 0.9:
            fields.append((fields[place][0], value(rng)))
        else:
            del fields[place]
    return fields
