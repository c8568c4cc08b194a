"""Runs a notebook in Deno's kernel and prints what came out of each cell as JSON.

usage: run_notebook.py NOTEBOOK DENO [OUT]

DENO is the binary, named to Jupyter in a folder of its own, so that nothing is installed. OUT gets the notebook with
its outputs.
"""
import json
import os
import pathlib
import queue
import sys
import tempfile

source, deno, *out = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    kernel = pathlib.Path(folder, "kernels", "deno")
    kernel.mkdir(parents=True)
    command = [deno, "jupyter", "--quiet", "--kernel", "--conn", "{connection_file}"]
    kernel.joinpath("kernel.json").write_text(
        json.dumps({"argv": command, "display_name": "Deno", "language": "typescript"})
    )
    os.environ.update(JUPYTER_PATH=folder, ORT_DISABLE_TELEMETRY="1", NO_COLOR="1")
    import nbclient
    import nbformat

    class PatientClient(nbclient.NotebookClient):
        """Deno's kernel may say that it is idle before it sends the last of a cell's output: wait for a quiet second."""

        async def async_execute_cell(self, cell, cell_index, **options):
            cell = await super().async_execute_cell(cell, cell_index, **options)
            while cell.cell_type == "code":
                try:
                    message = await self.kc.get_iopub_msg(timeout=1)
                except queue.Empty:
                    break
                self.process_message(message, cell, cell_index)
            return cell

    notebook = nbformat.read(source, as_version=4)
    # A cell that fails ends the run with its error.
    PatientClient(
        notebook,
        kernel_name="deno",
        timeout=300,
        resources={"metadata": {"path": str(pathlib.Path(source).resolve().parent)}},
    ).execute()

if out:
    # When a cell ran is no result: without it the same results make the same file.
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    nbformat.write(notebook, out[0])
cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
print(json.dumps([
    [output.get("text", "") or {kind: "".join(data) for kind, data in output.get("data", {}).items()}
     for output in cell.outputs]
    for cell in cells
]))
