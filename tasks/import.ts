/** `deno task import`: makes a run of weights that were trained elsewhere, measures it, draws the figures. */
import { promptSections } from "../analysis/report/sections.ts";
import { analyseRun } from "../analysis/report/analyse_run.ts";
import { drawRun } from "../figures/page/gallery.ts";
import { writeRunsIndex } from "../figures/page/runs_index.ts";
import { UsageError } from "../models/errors.ts";
import { importRun } from "../models/run/import/import_run.ts";
import { runCommand } from "./command/command.ts";
import { chosenDevice, deviceAdvice, deviceOption } from "./command/device.ts";
import { findings } from "./command/printed_findings.ts";
import { runPath, runsFolder } from "./command/named_runs.ts";
import { parseSettings } from "./command/setting_flags.ts";

await runCommand({
  name: "import",
  operands: "FILE",
  summary:
    "Makes a run of a safetensors file with two weight matrices that were trained elsewhere, such as the state dict\n" +
    "of two PyTorch Linear layers without biases, measures it and draws it. deno task analyse RUN measures the rest.",
  options: {
    name: { value: "NAME", help: `name of the run directory in ${runsFolder}/` },
    config: {
      value: "FILE",
      help: "activation, task and loss of the weights, in YAML (default as in the preset laptop)",
    },
    set: { value: "KEY=VALUE", repeat: true, help: "change a key, such as model.activation=relu" },
    encoder: { value: "NAME", help: "what the encoder is called in FILE (default encoder.weight, fc1.weight, …)" },
    decoder: { value: "NAME", help: "what the decoder is called in FILE (default decoder.weight, fc2.weight, …)" },
    transposed: { help: "the encoder is stored as [features, neurons], where the shapes and sizes do not tell" },
    device: deviceOption,
    overwrite: { help: "replace a run directory that exists" },
  },
  advice: {
    ...deviceAdvice,
    "run-exists": "choose another --name, or replace it by --overwrite",
    "weights-unnamed": "say which two it is made of by --encoder NAME --decoder NAME",
  },
  async run(given) {
    const [file, ...more] = given.operands;
    if (file === undefined || more.length > 0) throw new UsageError("name one file of weights; --help shows how.");
    const name = given.text("name");
    if (name === undefined) throw new UsageError("choose a name for the run by --name.");
    const device = chosenDevice(given);
    const run = await importRun(runPath(name), file, {
      config: given.text("config"),
      settings: parseSettings(given.all("set")),
      encoder: given.text("encoder"),
      decoder: given.text("decoder"),
      transposed: given.on("transposed"),
      overwrite: given.on("overwrite"),
    });
    await analyseRun(run, { only: promptSections, device, report: (title) => console.error(`${name}: ${title} …`) });
    await drawRun(run);
    console.log(await findings(run));
    await writeRunsIndex(runsFolder, console.error);
  },
});
