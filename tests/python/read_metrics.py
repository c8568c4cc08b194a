"""Reads the metrics of a run as a table, and says what is in it as JSON.

Usage: read_metrics.py METRICS.jsonl
"""

import json
import sys

import pandas

table = pandas.read_json(sys.argv[1], lines=True)
print(
    json.dumps(
        {
            "types": {name: str(kind) for name, kind in table.dtypes.items()},
            "steps": table["step"].tolist(),
            "lowest": table["objective"].min(),
            "missing": int(table["objective"].isna().sum()),
        }
    )
)
