/** What every task has in common: its options, its help, and how it ends when something is wrong. */
import { parseArgs } from "@std/cli";
import { PinfieldError, UsageError } from "../../models/errors.ts";
import { type Advice, withAdvice } from "./flag_advice.ts";

/** An option of a command line. */
export interface Option {
  /** What its value stands for in the help; a switch has none. */
  readonly value?: string;
  /** Whether it may be given more than once. @default false */
  readonly repeat?: boolean;
  /** One line of help. */
  readonly help: string;
}

/** What a command line said. */
export interface Arguments {
  /** Whether a switch is on. */
  on(name: string): boolean;
  /** The value of an option. */
  text(name: string): string | undefined;
  /** The value of an option as a whole number of at least `least`. */
  whole(name: string, least: number): number | undefined;
  /** All values of an option that may be repeated. */
  all(name: string): string[];
  /** What stands beside the options. */
  readonly operands: readonly string[];
}

/** A task. */
export interface Command {
  readonly name: string;
  /** What stands beside the options, in the usage line. @default nothing */
  readonly operands?: string;
  /** What it does, in a sentence or a few. */
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  /** What to do, with the options of this task, about errors that name none. @default what helps in every task */
  readonly advice?: Advice;
  run(given: Arguments): Promise<void>;
}

const common: Record<string, Option> = {
  verbose: { help: "print a stack trace when something goes wrong" },
  help: { help: "print this text" },
};

/**
 * Runs a task on the process's command line and exits: 0 when done, 2 for a request that cannot be, 1 for a failure,
 * 130 after an interruption.
 */
export async function runCommand(command: Command): Promise<never> {
  const verbose = Deno.args.includes("--verbose");
  try {
    const given = parse(command, Deno.args);
    if (given.on("help")) console.log(helpText(command));
    else await command.run(given);
    Deno.exit(0);
  } catch (error) {
    if (verbose) console.error(error);
    else console.error(error instanceof Error ? `${command.name}: ${sentence(error, command)}` : error);
    if (!verbose && !(error instanceof PinfieldError || error instanceof Interrupted)) {
      console.error("This was not expected; --verbose prints where it happened.");
    }
    Deno.exit(error instanceof UsageError ? 2 : error instanceof Interrupted ? 130 : 1);
  }
}

function sentence(error: Error, { advice }: Command): string {
  return error instanceof PinfieldError ? withAdvice(error, advice) : error.message;
}

/** Ends a task after Ctrl-C; the message says how to go on. */
export class Interrupted extends Error {
  override name = "Interrupted";
}

function parse(command: Command, words: string[]): Arguments {
  const options = { ...command.options, ...common };
  const names = Object.keys(options);
  const parsed: Record<string, unknown> = parseArgs(words, {
    boolean: names.filter((name) => options[name].value === undefined),
    string: names.filter((name) => options[name].value !== undefined),
    collect: names.filter((name) => options[name].repeat),
    unknown: (word: string, key?: string) => {
      if (key === undefined) return true;
      throw new UsageError(`there is no option ${word.split("=")[0]}; --help lists the options.`);
    },
  });
  const operands = (parsed._ as (string | number)[]).map(String);
  if (operands.length > 0 && command.operands === undefined) {
    throw new UsageError(`"${operands[0]}" is not an option; --help lists the options.`);
  }
  const text = (name: string) => {
    const value = parsed[name];
    if (value === undefined) return undefined;
    if (value === "") throw new UsageError(`--${name} needs a value: ${options[name].value}.`);
    return value as string;
  };
  return {
    operands,
    text,
    on: (name) => parsed[name] === true,
    all: (name) => parsed[name] as string[],
    whole(name, least) {
      const value = text(name);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (Number.isSafeInteger(number) && number >= least) return number;
      throw new UsageError(`--${name} must be a whole number of at least ${least}, got "${value}".`);
    },
  };
}

function helpText({ name, operands, summary, options }: Command): string {
  const entries = Object.entries({ ...options, ...common }).map(([option, { value, help }]) =>
    [`--${option}${value === undefined ? "" : ` ${value}`}`, help] as const
  );
  const width = Math.max(...entries.map(([option]) => option.length));
  const lines = entries.map(([option, help]) => `  ${option.padEnd(width)}  ${help}`);
  return [`deno task ${name}${operands ? ` ${operands}` : ""} [options]`, "", summary, "", ...lines].join("\n");
}
