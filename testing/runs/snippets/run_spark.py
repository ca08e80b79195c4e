"""Runs programs for Spark one after another in one session. Takes a JSON list of texts, and prints what each printed."""

import contextlib, io, json, sys, traceback

printed = []
for text in json.load(sys.stdin):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(text, {})
        printed.append(out.getvalue().strip())
    except Exception:
        printed.append(traceback.format_exc()[-600:])
print(json.dumps(printed))
