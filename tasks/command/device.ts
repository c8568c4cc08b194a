/** The option that says where models run, the same in every task that has it. */
import { chooseDevice, type Device } from "../../models/runtime/device.ts";
import type { Advice } from "./flag_advice.ts";
import type { Arguments, Option } from "./command.ts";

/** `--device`, among the options of a command. */
export const deviceOption: Option = {
  value: "NAME",
  help: "auto, cpu or cuda (default auto: cuda if it works, else cpu)",
};

/** What to do where CUDA cannot be had. */
export const deviceAdvice: Advice = { "no-cuda": "or take --device cpu" };

/** The device that a command line asks for; what `auto` took goes to standard error. */
export function chosenDevice(given: Arguments): Device {
  return chooseDevice(given.text("device") ?? "auto", (choice) => console.error(choice));
}
