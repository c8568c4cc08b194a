/** From symbolic tensors to the bytes of an ONNX model. */
import { create, toBinary } from "@bufbuild/protobuf";
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  type GraphProto,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "onnx-buf";
import {
  type AttributeValue,
  type ConstantData,
  elementTypeCodes,
  type Node,
  type Scope,
  type Tensor,
} from "./tensor.ts";
import type { TensorRecord } from "./loop.ts";
import { formatShape } from "./tensor_shape.ts";

/** The operator set that the models are written in, and the file version that goes with it. */
const OPERATOR_SET = 21n;
const IR_VERSION = 10n;

/** A model: the named values that go in and come out. */
export interface Model {
  /** Of the graph. */
  readonly name: string;
  /** By the names that a caller gives them values by. */
  readonly inputs: TensorRecord;
  /** By the names that a caller finds them by. */
  readonly outputs: TensorRecord;
}

/**
 * Writes a model in the format of ONNX.
 *
 * Equal operations on equal inputs are written once; an operation inside a Loop body that depends on nothing of the
 * body is written outside it; a constant is written in the graph that uses it.
 *
 * @throws {TypeError} if the outputs depend on an input that is not listed, or on a value of a Loop body, or if an
 * input and an output have the same name
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { runOnce } from "../runtime/session.ts";
 * import { add, constant, input, labelled, multiply, scalar, serialize } from "./mod.ts";
 * const x = input("x", "float32", ["batch", 2]); // as many rows as come
 * const y = labelled("line", () => add(multiply(x, constant(Float32Array.of(2, 3), [2])), scalar(1, "float32")));
 * const model = serialize({ name: "example", inputs: { x }, outputs: { y } }); // Netron shows line/Mul and line/Add
 * const outputs = await runOnce(model, { x: { data: Float32Array.of(1, 1, 10, 10), shape: [2, 2] } });
 * assertEquals([...outputs.y.data], [3, 4, 21, 31]);
 * ```
 */
export function serialize({ name, inputs, outputs }: Model): Uint8Array {
  const names = new NameSequence();
  // Taken before anything is written, so that no node inside gets a name that was asked for.
  for (const key of [...Object.keys(inputs), ...Object.keys(outputs)]) {
    if (names.next(key) !== key) throw new TypeError(`serialize: an input and an output are both called ${key}.`);
  }
  const writer = new GraphWriter(names);
  const inputInfo = Object.entries(inputs).map(([key, tensor]) => writer.declare(tensor, key));
  const outputInfo = writer.outputs(Object.values(outputs), Object.keys(outputs));
  const graph = writer.finish(name, inputInfo, outputInfo);
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      producerName: "pinfield",
      opsetImport: [create(OperatorSetIdProtoSchema, { domain: "", version: OPERATOR_SET })],
      graph,
    }),
  );
}

/** Names that are unique in the whole model, as ONNX asks, and say where a value comes from. */
class NameSequence {
  #taken = new Map<string, number>();

  next(wanted: string): string {
    const count = this.#taken.get(wanted) ?? 0;
    this.#taken.set(wanted, count + 1);
    return count === 0 ? wanted : this.next(`${wanted}_${count}`);
  }
}

/** Writes the nodes of one graph; a Loop body gets a writer of its own that asks this one for what lies outside. */
class GraphWriter {
  #names: NameSequence;
  #outer: GraphWriter | undefined;
  #scope: Scope | undefined;
  #nodes: GraphProto["node"] = [];
  #initializers: TensorProto[] = [];
  #nameOf = new Map<Tensor, string>();
  #wanted = new Map<Tensor, string>();
  #written = new Map<string, string[]>();

  constructor(names: NameSequence, outer?: GraphWriter, scope?: Scope) {
    this.#names = names;
    this.#outer = outer;
    this.#scope = scope;
  }

  /** Makes a tensor known as an input of this graph. */
  declare(tensor: Tensor, name: string): ValueInfoProto {
    this.#nameOf.set(tensor, name);
    return valueInfo(name, tensor);
  }

  /** Writes what the tensors need; they leave this graph as outputs of the given names. */
  outputs(tensors: readonly Tensor[], names: readonly string[]): ValueInfoProto[] {
    // All names are known before the first node is written, so that a value is born with its name.
    tensors.forEach((tensor, place) => {
      const source = expanded(tensor);
      if (!this.#nameOf.has(source) && !this.#wanted.has(source)) this.#wanted.set(source, names[place]);
    });
    return tensors.map((tensor, place) => {
      const name = names[place];
      const found = this.#resolve(expanded(tensor));
      // An input, a value from outside or a value that is an output already: only a copy can have the name.
      if (found !== name) {
        this.#nodes.push(create(NodeProtoSchema, { opType: "Identity", name, input: [found], output: [name] }));
      }
      return valueInfo(name, tensor);
    });
  }

  finish(name: string, input: ValueInfoProto[], output: ValueInfoProto[]): GraphProto {
    return create(GraphProtoSchema, { name, input, output, node: this.#nodes, initializer: this.#initializers });
  }

  #resolve(tensor: Tensor): string {
    const known = this.#nameOf.get(tensor);
    if (known !== undefined) return known;
    const { node } = tensor;
    if (node.body !== undefined) return this.#resolve(expanded(tensor));
    // A constant is written where it is used: shapes and axes then stay on the host when the body runs on a GPU.
    if (node.scope !== this.#scope && node.op !== "Constant") {
      if (this.#outer === undefined) throw new TypeError(`serialize: ${node.label} is used outside its Loop.`);
      return this.#outer.#resolve(tensor);
    }
    if (node.op === "Input") {
      throw new TypeError(`serialize: the input ${node.attributes.name} ${formatShape(tensor.shape)} is not listed.`);
    }
    this.#write(node);
    return this.#nameOf.get(tensor)!;
  }

  #write(node: Node): void {
    const inputs = node.inputs.map((input) => this.#resolve(input));
    const key = identity(node, inputs);
    let names = key === undefined ? undefined : this.#written.get(key);
    if (names === undefined) {
      names = node.outputs.map((output) => this.#wanted.get(output) ?? this.#names.next(node.label));
      if (node.op === "Constant") this.#initializers.push(tensorProto(names[0], node));
      else this.#nodes.push(this.#nodeProto(node, inputs, names));
      if (key !== undefined) this.#written.set(key, names);
    }
    node.outputs.forEach((output, place) => this.#nameOf.set(output, names[place]));
  }

  #nodeProto(node: Node, inputs: string[], outputs: string[]) {
    const attributes = Object.entries(node.attributes).map(([name, value]) => attributeProto(name, value));
    if (node.subgraph === undefined) {
      return create(NodeProtoSchema, {
        opType: node.op,
        name: outputs[0],
        input: inputs,
        output: outputs,
        attribute: attributes,
      });
    }
    const { inputs: bodyInputs, outputs: bodyOutputs } = node.subgraph;
    const body = new GraphWriter(this.#names, this, bodyInputs[0].node.scope);
    const inputInfo = bodyInputs.map((tensor) =>
      body.declare(tensor, this.#names.next(`step/${tensor.node.attributes.name}`))
    );
    const outputNames = bodyOutputs.map((_, place) => this.#names.next(`step/out_${place}`));
    const outputInfo = body.outputs(bodyOutputs, outputNames);
    attributes.push(create(AttributeProtoSchema, {
      name: "body",
      type: AttributeProto_AttributeType.GRAPH,
      g: body.finish("body", inputInfo, outputInfo),
    }));
    // The empty name leaves out Loop's condition: the trip count alone decides.
    const [iterations, ...state] = inputs;
    return create(NodeProtoSchema, {
      opType: node.op,
      name: outputs[0],
      input: [iterations, "", ...state],
      output: outputs,
      attribute: attributes,
    });
  }
}

/** The tensor that a composite stands for, or the tensor itself. */
function expanded(tensor: Tensor): Tensor {
  return tensor.node.body === undefined ? tensor : expanded(tensor.node.body);
}

/** What makes two nodes the same computation; undefined for one that is never the same twice. */
function identity(node: Node, inputs: readonly string[]): string | undefined {
  if (node.op.startsWith("Random") || node.subgraph !== undefined) return undefined;
  if (node.data !== undefined && node.data.length > 16) return undefined;
  const { type, shape } = node.outputs[0];
  return [
    node.op,
    inputs.join(),
    JSON.stringify(node.attributes),
    type,
    formatShape(shape),
    node.data && bytesOf(node.data),
  ].join("|");
}

function valueInfo(name: string, { type, shape }: Tensor): ValueInfoProto {
  const dim = shape.map((dimension) => ({
    value: typeof dimension === "number"
      ? { case: "dimValue" as const, value: BigInt(dimension) }
      : { case: "dimParam" as const, value: dimension },
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: "tensorType", value: { elemType: elementTypeCodes[type], shape: { dim } } } },
  });
}

function tensorProto(name: string, node: Node): TensorProto {
  const { type, shape } = node.outputs[0];
  return create(TensorProtoSchema, {
    name,
    dataType: elementTypeCodes[type],
    dims: shape.map((dimension) => BigInt(dimension)),
    rawData: bytesOf(node.data!),
  });
}

function bytesOf({ buffer, byteOffset, byteLength }: ConstantData): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

function attributeProto(name: string, value: AttributeValue): AttributeProto {
  const { INT, INTS, FLOAT, STRING } = AttributeProto_AttributeType;
  if (typeof value === "number") return create(AttributeProtoSchema, { name, type: INT, i: BigInt(value) });
  if (typeof value === "string") {
    return create(AttributeProtoSchema, { name, type: STRING, s: new TextEncoder().encode(value) });
  }
  if ("float" in value) return create(AttributeProtoSchema, { name, type: FLOAT, f: value.float });
  return create(AttributeProtoSchema, { name, type: INTS, ints: value.map(BigInt) });
}
