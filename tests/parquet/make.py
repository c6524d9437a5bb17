"""Writes the Parquet files of this folder with Apache Arrow's own writer: `pip install pyarrow`, then `python3 make.py`.

Every case in them is made up.
"""

from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).parent

tickets = pa.table(
    {
        "ticket": pa.array(["T-1", "T-2", "T-3", "T-4", "T-5", "T-6", "T-7"], pa.string()),
        # By the clocks of an office, to the nanosecond, as a data frame has it.
        "opened": pa.array(
            [datetime(2026, 3, day, 10, 30) for day in (2, 3, 4, 5, 6, 9, 29)], pa.timestamp("ns")
        ),
        "noted": pa.array(
            [datetime(2026, 3, day, 23, 30, tzinfo=timezone.utc) for day in (2, 3, 4, 5, 6, 9)] + [None],
            pa.timestamp("ms", tz="UTC"),
        ),
        "closed": pa.array([date(2026, 3, 20), None, date(2026, 3, 21), None, None, None, None], pa.date32()),
        "customer": pa.array([1001, 1002, 1003, 1004, 1005, 1006, 1007], pa.int64()),
        "kind": pa.array(["double", "double", "price", "weather", None, "price", "double"]).dictionary_encode(),
        # More digits than a binary fraction keeps.
        "amount": pa.array(
            [Decimal("64.20"), Decimal("0.10"), Decimal("12345678901234.57"), Decimal("5.00"), Decimal("5.00"), None, Decimal("7.35")],
            pa.decimal128(20, 2),
        ),
        "refunded": pa.array([64.2, 0.1, None, 5.0, 5.0, 0.1 + 0.2, float("nan")], pa.float64()),
        "ours": pa.array([True, True, False, True, True, None, True], pa.bool_()),
        "place": pa.array(
            [{"region": "north", "desk": 4}, {"region": "south", "desk": None}, None, None, None, None, None],
            pa.struct([("region", pa.string()), ("desk", pa.uint8())]),
        ),
        "tags": pa.array([["late", "loud"], [], None, None, None, None, None], pa.list_(pa.string())),
    }
)
# Groups of three rows, so that a piece of the file ends inside of one.
pq.write_table(tickets, HERE / "tickets.parquet", compression="snappy", row_group_size=3)
pq.write_table(tickets.select(["ticket"]), HERE / "packed-otherwise.parquet", compression="lz4")

MONEY = pa.struct([("amount", pa.decimal128(12, 2)), ("currency", pa.string())])


def case(number, day, liability, amount, charges, attributes):
    return {
        "complaint": {
            "case_id": f"N-{number}",
            "received_at": datetime(2026, 3, day, 10, tzinfo=timezone.utc),
            "language": "en",
            "jurisdiction": "GB",
        },
        "customer": {"customer_id": f"C-{number}", "segment": "consumer" if number % 2 else None},
        "dispute": {
            "reason_code": "DUPLICATE",
            "disputed_amount": None if amount is None else {"amount": Decimal(amount), "currency": "GBP"},
            "related_charges": charges,
        },
        "finding.liability": liability,
        "finding.severity": "minor",
        "attributes": attributes,
    }


fee = {"kind": "late_fee", "amount": {"amount": Decimal("12.00"), "currency": "GBP"}}
cases = [
    case(1, 2, "our_error", "64.20", [fee], {"region": "north"}),
    case(2, 3, "no_error", "8.05", [], None),
    case(3, 4, "nobody", "8.05", None, {}),
    case(4, 5, "our_error", None, None, None),
]
schema = pa.schema(
    [
        (
            "complaint",
            pa.struct(
                [
                    ("case_id", pa.string()),
                    ("received_at", pa.timestamp("us", tz="UTC")),
                    ("language", pa.string()),
                    ("jurisdiction", pa.string()),
                ]
            ),
        ),
        ("customer", pa.struct([("customer_id", pa.string()), ("segment", pa.string())])),
        (
            "dispute",
            pa.struct(
                [
                    ("reason_code", pa.string()),
                    ("disputed_amount", MONEY),
                    ("related_charges", pa.list_(pa.struct([("kind", pa.string()), ("amount", MONEY)]))),
                ]
            ),
        ),
        ("finding.liability", pa.string()),
        ("finding.severity", pa.string()),
        ("attributes", pa.map_(pa.string(), pa.string())),
    ]
)
pq.write_table(pa.Table.from_pylist(cases, schema), HERE / "cases.parquet", compression="zstd")
