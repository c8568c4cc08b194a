"""Reads the table of sweep_table_test.ts with pandas, pyarrow and DuckDB."""

import sys

import duckdb
import pandas
import pyarrow.parquet

csv, parquet = sys.argv[1:]
points = ['a "quoted", one', "b", "c"]
numbers = [0.1 + 0.2, None, -1e-300]


def without_nan(values):
    return [None if value is None or value != value else value for value in values]


frame = pandas.read_parquet(parquet)
assert list(frame["point"]) == points, frame
assert without_nan(frame["number"]) == numbers, frame
assert without_nan(frame["switch"]) == [True, None, False], frame
assert without_nan(frame["mixed"]) == ["3", "x", None], frame
assert frame["empty"].isna().all(), frame

text = pandas.read_csv(csv, float_precision="round_trip")
assert list(text["point"]) == points, text
assert without_nan(text["number"]) == numbers, text

schema = pyarrow.parquet.read_schema(parquet)
types = [str(schema.field(name).type) for name in ["point", "number", "switch", "mixed"]]
assert types == ["string", "double", "bool", "string"], schema

for path in [csv, parquet]:
    rows = duckdb.sql(f"select point, number, switch from '{path}'").fetchall()
    assert rows == list(zip(points, numbers, [True, None, False])), rows
